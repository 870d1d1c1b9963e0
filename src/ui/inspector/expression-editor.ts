import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { autocompletion } from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import type { ChangeSpec, Extension, Range } from '@codemirror/state';
import { Annotation, Compartment, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import type { Field } from '../../stream/types.ts';
import { completionAt } from './completion.ts';
import { completionInfo } from './completion-info.ts';
import styles from './expression-editor.module.css';
import { expressionTheme } from './expression-theme.ts';
import type { Mark } from './expression-marks.ts';
import { bracketMarks, mistakeMarks, wordMarks } from './expression-marks.ts';

type Span = Pick<Mark, 'from' | 'to'>;

export interface ExpressionEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly placeholder: string;
  /** Asked when something is to be completed. */
  readonly columns: () => readonly Field[];
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}

/** The keyboard, from the field whose place the editor takes. */
export interface Handover {
  /** The text as it was when the keyboard came there. */
  readonly before: string;
  readonly anchor: number;
  readonly head: number;
}

/** An editor of one line of SQL that grows with what is in it. */
export interface ExpressionEditor {
  /** What the document says now; the same text changes nothing. */
  readonly setText: (text: string) => void;
  readonly setMistakes: (spans: readonly Span[]) => void;
  readonly setAttributes: (attributes: Readonly<Record<string, string>>, isEditable: boolean) => void;
  /** Goes on with what has been typed into the text that was opened, as if it had been typed here. */
  readonly takeOver: (text: string, selection: Pick<Handover, 'anchor' | 'head'>) => void;
  readonly destroy: () => void;
}

/** Of a change that did not come from the keyboard. */
const fromOutside = Annotation.define<boolean>();
const setMistakes = StateEffect.define<readonly Span[]>();

export function openExpressionEditor(options: ExpressionEditorOptions): ExpressionEditor {
  const attributes = new Compartment();
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        EditorView.lineWrapping,
        expressionTheme,
        attributes.of([]),
        placeholder(options.placeholder),
        oneLine,
        history(),
        keys(),
        words,
        mistakes,
        tooltips({ parent: document.body }),
        completion(options.columns),
        telling(options),
      ],
    }),
  });
  return {
    setText: (text) => {
      if (view.state.doc.toString() === text) return;
      const changes = { from: 0, to: view.state.doc.length, insert: text };
      view.dispatch({ changes, annotations: fromOutside.of(true) });
    },
    setMistakes: (spans) => view.dispatch({ effects: setMistakes.of(spans) }),
    setAttributes: (all, isEditable) => {
      const parts = [EditorView.contentAttributes.of({ ...all }), EditorView.editable.of(isEditable)];
      view.dispatch({ effects: attributes.reconfigure(parts) });
    },
    takeOver: (text, selection) => {
      view.focus();
      const { doc } = view.state;
      const typed = { changes: { from: 0, to: doc.length, insert: text }, userEvent: 'input.type' };
      const isTyped = doc.toString() !== text;
      view.dispatch({ ...(isTyped ? typed : {}), selection, annotations: fromOutside.of(true) });
    },
    destroy: () => view.destroy(),
  };
}

function telling({ onChange, onLeave }: ExpressionEditorOptions): Extension {
  return [
    EditorView.updateListener.of(({ docChanged, transactions, state }) => {
      const isOwn = transactions.some((each) => each.docChanged && each.annotation(fromOutside) !== true);
      if (docChanged && isOwn) onChange(state.doc.toString());
    }),
    EditorView.domEventHandlers({ blur: () => onLeave() }),
  ];
}

/** What is typed or pasted has no line breaks; those of a document that came in with some stay. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromOutside) === true) return transaction;
  const breaks: ChangeSpec[] = [];
  transaction.changes.iterChanges((...[, , fromB, , inserted]) => {
    let at = fromB;
    for (let line = 1; line < inserted.lines; line++) {
      at += inserted.line(line).length;
      breaks.push({ from: at, to: at + 1, insert: ' ' });
      at++;
    }
  });
  return breaks.length === 0 ? transaction : [transaction, { changes: breaks, sequential: true }];
});

/** Enter breaks no line, Tab leaves the field, Escape puts back what was there when it was entered. */
function keys(): Extension {
  let entered = '';
  const putBack = (view: EditorView): boolean => {
    if (view.state.doc.toString() === entered) return false;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: entered }, userEvent: 'undo' });
    return true;
  };
  return [
    EditorView.domEventHandlers({
      focus: (_event, view) => {
        entered = view.state.doc.toString();
      },
    }),
    Prec.high(
      keymap.of([
        { key: 'Enter', run: () => true },
        { key: 'Escape', run: putBack },
      ]),
    ),
    keymap.of([...historyKeymap, ...standardKeymap]),
  ];
}

function completion(columns: () => readonly Field[]): Extension {
  const source = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const found = completionAt(state.doc.toString(), { at: pos, isAsked: explicit }, columns());
    if (found === null) return null;
    const { from, to, options } = found;
    return {
      from,
      to,
      filter: false,
      // At once: whoever types on and takes the first line takes it of the list as it is then.
      update: (...[, , , context]) => source(context),
      options: options.map((item) => ({
        label: item.label,
        apply: item.insert,
        type: item.kind,
        detail: item.kind === 'function' ? '' : item.detail,
        info: () => completionInfo(item),
      })),
    };
  };
  return autocompletion({
    override: [source],
    icons: false,
    // The list is there because somebody types on: the next Enter is meant for it.
    interactionDelay: 0,
    tooltipClass: () => styles['tooltip'] ?? '',
  });
}

function decorations(marks: readonly Mark[]): DecorationSet {
  const ranges: Range<Decoration>[] = marks
    .filter(({ from, to }) => from < to)
    .map(({ from, to, kind }) => Decoration.mark({ class: styles[kind] ?? '' }).range(from, to));
  return Decoration.set(ranges, true);
}

const words = EditorView.decorations.compute(['doc', 'selection'], ({ doc, selection }) => {
  const text = doc.toString();
  return decorations([...wordMarks(text), ...bracketMarks(text, selection.main.head)]);
});

/** Moved along with the text until it has been judged anew. */
const mistakes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    const told = transaction.effects.find((effect) => effect.is(setMistakes));
    if (told === undefined) return marks.map(transaction.changes);
    return decorations(mistakeMarks(transaction.newDoc.toString(), told.value));
  },
  provide: (field) => EditorView.decorations.from(field),
});
