import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';
import { typeName } from '../../stream/types.ts';
import styles from './fields.module.css';
import type { FieldIds } from './field.tsx';

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

const OPTIONS_MAX = 8;

interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Field[];
}

/** The columns whose names go on from the word before the caret. */
function completionAt(text: string, caret: number, columns: readonly Field[]): Completion | null {
  const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(text.slice(0, caret))?.[0] ?? '';
  if (word === '') return null;
  const wanted = word.toLowerCase();
  const options = columns.filter(({ name }) => name.toLowerCase().startsWith(wanted) && name !== word);
  return options.length === 0 ? null : { from: caret - word.length, to: caret, options: options.slice(0, OPTIONS_MAX) };
}

/** As SQL writes it: a name that is not a plain word stands in backticks. */
function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
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
  const take = (column: Field): void => {
    if (completion === null) return;
    const name = quoted(column.name);
    onChange(text.slice(0, completion.from) + name + text.slice(completion.to));
    setCompletion(null);
    const caret = completion.from + name.length;
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret));
  };
  const key = (event: KeyboardEvent): void => {
    if (completion === null) {
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    const count = completion.options.length;
    if (event.key === 'ArrowDown') setActive((active + 1) % count);
    else if (event.key === 'ArrowUp') setActive((active + count - 1) % count);
    else if (event.key === 'Escape') setCompletion(null);
    else if (event.key === 'Enter' || event.key === 'Tab') {
      const chosen = completion.options[active];
      if (chosen !== undefined) take(chosen);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles['expression']}>
      <div className={styles['code']} data-invalid={problems.length > 0 ? '' : undefined}>
        <Underlined text={text} problems={problems} />
        <textarea
          {...ids}
          ref={area}
          rows={1}
          role="combobox"
          aria-label={label}
          aria-expanded={completion !== null}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={completion === null ? undefined : `${listId}-${active}`}
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
      {completion !== null && (
        <ul id={listId} role="listbox" aria-label="Columns" className={styles['options']}>
          {completion.options.map((column, index) => (
            <li
              key={column.name}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles['option']}
              onPointerDown={(event) => {
                event.preventDefault();
                take(column);
              }}
            >
              {column.name}
              <small>{typeName(column.type)}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The same text behind the field, seen only by its wavy lines. */
function Underlined({ text, problems }: { text: string; problems: readonly Problem[] }): ReactElement | null {
  const spans = problems.flatMap(({ span }) => (span === undefined ? [] : [span])).toSorted((a, b) => a.from - b.from);
  if (spans.length === 0) return null;
  let end = 0;
  return (
    <pre aria-hidden>
      {spans.map(({ from, to }, index) => {
        const start = Math.max(end, Math.min(from, Math.max(0, text.length - 1)));
        const stop = Math.max(start + 1, to);
        const before = text.slice(end, start);
        end = stop;
        return (
          <span key={index}>
            {before}
            <mark>{text.slice(start, stop) || ' '}</mark>
          </span>
        );
      })}
      {text.slice(end)}
    </pre>
  );
}
