import { StickyNote } from 'lucide-react';
import type { ReactElement } from 'react';
import { NOTE_CHARS, NOTE_SIDE, resizeNote, writeNote } from '../../app/annotating.ts';
import type { DocumentNote } from '../../app/document-store.ts';
import { notesOf, useDocumentStore } from '../../app/document-store.ts';
import { focusNode } from '../canvas/focus-node.ts';
import { CommandButton } from '../shell/command-button.tsx';
import { Field } from './field.tsx';
import { Fields } from './fields.tsx';
import fields from './fields.module.css';
import { FoldButton } from './inspector-head.tsx';
import inspector from './inspector.module.css';
import styles from './selection.module.css';
import { textProblem, useDraft } from './use-draft.ts';

/** The selected note: its text, its size, and what can be done with it. */
export function NotePanel({ note, onFold }: { note: DocumentNote; onFold: () => void }): ReactElement {
  return (
    <div
      className={inspector['inspector']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        focusNode(note.id);
      }}
    >
      <header className={inspector['head']}>
        <span className={inspector['tile']}>
          <StickyNote size={16} aria-hidden />
        </span>
        <h2 className={inspector['title']}>Note</h2>
        <FoldButton onFold={onFold} />
      </header>
      <div className={inspector['body']}>
        <Fields>
          <div className={inspector['form']}>
            <Field
              title="Text"
              description="Plain text beside the graph. To a run it means nothing."
              problems={[]}
              isWide
            >
              {(ids) => (
                <textarea
                  {...ids}
                  className={styles['text']}
                  maxLength={NOTE_CHARS}
                  value={note.text}
                  placeholder="What should a reader of this graph know?"
                  onChange={(event) => writeNote(note.id, event.target.value)}
                />
              )}
            </Field>
            <SideField note={note} side="w" title="Width" />
            <SideField note={note} side="h" title="Height" />
          </div>
        </Fields>
        <section className={inspector['section']} aria-label="With the note">
          <div className={styles['names']}>
            <CommandButton id="edit.duplicate" />
            <CommandButton id="edit.delete" look="danger" />
          </div>
        </section>
      </div>
    </div>
  );
}

interface SideFieldProps {
  readonly note: DocumentNote;
  readonly side: 'w' | 'h';
  readonly title: string;
}

function SideField({ note: { id, ...note }, side, title }: SideFieldProps): ReactElement {
  const { min, max } = NOTE_SIDE;
  const judge = (text: string): ReturnType<typeof textProblem> => {
    const isGood = /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max;
    return isGood ? [] : textProblem(`A whole number from ${String(min)} to ${String(max)}.`);
  };
  const field = useDraft({
    key: `${id}:${side}`,
    text: String(note[side]),
    current: () => String(notesOf(useDocumentStore.getState().document).find((each) => each.id === id)?.[side]),
    judge,
    submit: (text) => {
      const problems = judge(text);
      if (problems.length === 0) resizeNote(id, { w: note.w, h: note.h, [side]: Number(text) });
      return problems;
    },
  });
  return (
    <Field title={title} description="On the canvas, at 100 %." problems={field.problems}>
      {(ids) => (
        <div className={fields['input']} data-invalid={field.problems.length > 0 ? '' : undefined}>
          <input
            {...ids}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={field.text}
            onChange={(event) => field.change(event.target.value)}
            onBlur={field.leave}
            onKeyDown={(event) => {
              if (event.key === 'Enter') field.commit();
              if (event.key === 'Escape' && field.takeBack()) event.preventDefault();
            }}
          />
          <span className={fields['unit']}>px</span>
        </div>
      )}
    </Field>
  );
}
