import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';
import type { Completion } from './completion.ts';
import { completionAt, markedParts } from './completion.ts';
import type { FieldIds } from './field.tsx';
import styles from './fields.module.css';

type Option = Completion['options'][number];

interface ExpressionInputProps {
  readonly label: string;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly columns: readonly Field[];
  readonly placeholder?: string;
  readonly ids?: FieldIds;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}

/** SQL in one field: mistakes are underlined where they stand, columns complete as they are typed. */
export function ExpressionInput(props: ExpressionInputProps): ReactElement {
  const { label, text, problems, columns, placeholder, ids, onChange, onLeave } = props;
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [completion, setCompletion] = useState<Completion | null>(null);
  const [active, setActive] = useState(0);

  const type = (value: string, caret: number): void => {
    onChange(value);
    setCompletion(completionAt(value, caret, columns));
    setActive(0);
  };
  const take = ({ insert }: Option): void => {
    if (completion === null) return;
    onChange(text.slice(0, completion.from) + insert + text.slice(completion.to));
    setCompletion(null);
    const caret = completion.from + insert.length;
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret));
  };
  const key = (event: KeyboardEvent): void => {
    const action = completionKey(event.key, completion, active);
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'move') setActive(action.to);
    else if (action.kind === 'close') setCompletion(null);
    else if (action.kind === 'take') take(action.column);
  };

  return (
    <div className={styles['expression']}>
      <div className={styles['code']} data-invalid={problems.length > 0 ? '' : undefined}>
        <Underlined text={text} problems={problems} />
        <textarea
          {...ids}
          ref={area}
          rows={1}
          aria-label={label}
          aria-controls={completion === null ? undefined : listId}
          aria-autocomplete="list"
          aria-activedescendant={completion === null ? undefined : `${listId}-${active}`}
          aria-invalid={problems.length > 0}
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          onChange={(event) => type(event.target.value.replaceAll('\n', ' '), event.target.selectionStart)}
          onKeyDown={key}
          onBlur={() => {
            setCompletion(null);
            onLeave();
          }}
        />
      </div>
      {completion !== null && <ColumnOptions id={listId} completion={completion} active={active} onTake={take} />}
    </div>
  );
}

type CompletionAction =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'take'; readonly column: Option }
  | { readonly kind: 'close' }
  | { readonly kind: 'none' };

/** What a key does to the list of columns; null leaves it to the field. Expressions are one line: Enter breaks none. */
function completionKey(key: string, completion: Completion | null, active: number): CompletionAction | null {
  if (completion === null) return key === 'Enter' ? { kind: 'none' } : null;
  const { options } = completion;
  if (key === 'ArrowDown') return { kind: 'move', to: (active + 1) % options.length };
  if (key === 'ArrowUp') return { kind: 'move', to: (active + options.length - 1) % options.length };
  if (key === 'Escape') return { kind: 'close' };
  const column = options[active];
  return (key === 'Enter' || key === 'Tab') && column !== undefined ? { kind: 'take', column } : null;
}

interface ColumnOptionsProps {
  readonly id: string;
  readonly completion: Completion;
  readonly active: number;
  readonly onTake: (column: Option) => void;
}

function ColumnOptions({ id, completion, active, onTake }: ColumnOptionsProps): ReactElement {
  return (
    <ul id={id} role="listbox" aria-label="Columns" className={styles['options']}>
      {completion.options.map((column, index) => (
        <li
          key={column.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={styles['option']}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(column);
          }}
        >
          {column.label}
          <small>{column.detail}</small>
        </li>
      ))}
    </ul>
  );
}

/** The same text behind the field, seen only by its wavy lines. */
function Underlined({ text, problems }: { text: string; problems: readonly Problem[] }): ReactElement | null {
  const spans = problems.flatMap(({ span }) => (span === undefined ? [] : [span]));
  if (spans.length === 0) return null;
  return (
    <pre aria-hidden>
      {markedParts(text, spans).map((part, index) =>
        part.isFaulty ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
      )}
    </pre>
  );
}
