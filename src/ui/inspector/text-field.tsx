import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { formatDuration as shortDuration, parseDuration } from '../../stream/duration.ts';
import type { Problem } from '../../stream/problem.ts';
import { formatDuration } from '../theme/format.ts';
import { Field, hasError } from './field.tsx';
import styles from './fields.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { currentValue } from './parameter-field-props.ts';
import { textProblem, useDraft } from './use-draft.ts';

/** How a kind of value is written in a one-line field. */
interface Notation {
  readonly write: (value: unknown) => string;
  /** The value, or why there is none. */
  readonly read: (text: string) => { readonly value: unknown } | { readonly problems: readonly Problem[] };
  /** What the value means, at the right of the field. */
  readonly explain: (value: unknown) => string;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  'events/s': 'per second',
  rows: 'rows',
  keys: 'keys',
  partitions: 'partitions',
  '%': '%',
  ms: 'ms',
};

const DURATION: Notation = {
  write: (value) => (typeof value === 'number' ? shortDuration(value) : ''),
  read: (text) => {
    const value = parseDuration(text);
    return value === null ? { problems: textProblem('Not a time. Write 10s, 5m or 1h.') } : { value };
  },
  explain: (value) => (typeof value === 'number' ? formatDuration(value) : ''),
};

/** As short as it can be read back: `2026-03-01 12:00`, seconds and their parts only where there are some. */
function writeInstant(timeMs: number): string {
  const text = new Date(timeMs).toISOString().replace('T', ' ');
  return text.replace(/(:00)?\.000Z$|Z$/, '');
}

const INSTANT: Notation = {
  write: (value) => (typeof value === 'number' ? writeInstant(value) : ''),
  read: (text) => {
    const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?Z?$/.exec(text.trim());
    const value = match === null ? Number.NaN : Date.parse(`${match[1] ?? ''}T${match[2] ?? '00:00'}Z`);
    const problems = textProblem('Not a date and time. Write 2026-03-01 12:00:00; it is UTC.');
    return Number.isNaN(value) ? { problems } : { value };
  },
  explain: () => 'UTC',
};

const TEXT: Notation = {
  write: (value) => (typeof value === 'string' ? value : ''),
  read: (value) => ({ value }),
  explain: () => '',
};

const TEXTS: Notation = {
  write: (value) => (Array.isArray(value) ? value.join(', ') : ''),
  read: (text) => ({
    value: text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  }),
  explain: () => 'with commas between',
};

function numberNotation(unit: string | undefined, isWhole: boolean): Notation {
  return {
    write: (value) => (typeof value === 'number' ? String(value) : ''),
    read: (text) => {
      const value = Number(text.trim().replaceAll(/[_,\s]/g, ''));
      if (text.trim() === '' || !Number.isFinite(value)) return { problems: textProblem('Not a number.') };
      if (isWhole && !Number.isInteger(value)) return { problems: textProblem('Not a whole number.') };
      return { value };
    },
    explain: () => (unit === undefined ? '' : (UNIT_WORDS[unit] ?? unit)),
  };
}

function notationOf({ parameter: { meta, entry } }: ParameterFieldProps): Notation {
  if (meta.control === 'duration') return DURATION;
  if (meta.control === 'instant') return INSTANT;
  if (entry.kind === 'texts') return TEXTS;
  return entry.kind === 'number' ? numberNotation(meta.unit, entry.isWhole) : TEXT;
}

/** Durations, instants, numbers and plain text: one line of text each. */
export function TextField(props: ParameterFieldProps): ReactElement {
  const { nodeId, parameter, value, problems } = props;
  const notation = notationOf(props);
  const field = useDraft({
    key: `${nodeId}:${parameter.path.join('.')}`,
    text: notation.write(value),
    current: () => notation.write(currentValue(nodeId, parameter.path)),
    submit: (text) => {
      if (parameter.isOptional && text.trim() === '') return trySetting(nodeId, parameter.path, undefined);
      const read = notation.read(text);
      return 'value' in read ? trySetting(nodeId, parameter.path, read.value) : read.problems;
    },
  });
  const shown = field.problems.length > 0 ? field.problems : problems;
  const explanation = shown.length > 0 ? '' : notation.explain(value);
  const saysMore = explanation.replaceAll(/\s/g, '') !== field.text.replaceAll(/\s/g, '');
  return (
    <Field
      title={parameter.meta.title}
      description={parameter.meta.description}
      problems={shown}
      note={props.note ?? null}
    >
      {(ids) => (
        <div className={styles['input']} data-invalid={hasError(shown) ? '' : undefined}>
          <input
            {...ids}
            type="text"
            autoComplete="off"
            spellCheck={false}
            value={field.text}
            onChange={(event) => field.change(event.target.value)}
            onBlur={field.leave}
          />
          {explanation !== '' && saysMore && <span className={styles['unit']}>{explanation}</span>}
        </div>
      )}
    </Field>
  );
}
