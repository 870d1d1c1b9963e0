import type { Parameter } from '../../app/document-parameters.ts';
import { formatDuration as shortDuration, parseDuration } from '../../stream/duration.ts';
import type { ParameterMeaning } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { formatDuration, formatDurationWords } from '../theme/format.ts';
import { textProblem } from './use-draft.ts';

/** How a kind of value is written in a one-line field. */
export interface Notation {
  readonly write: (value: unknown) => string;
  /** The value, or why there is none. */
  readonly read: (text: string) => { readonly value: unknown } | { readonly problems: readonly Problem[] };
  /** What the value means, at the right of the field. */
  readonly explain: (value: unknown) => string;
  /** Whether a text that is only begun reads as another value: `1` and `1m` on the way to `1ms`. */
  readonly hasHalves?: boolean;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  'events/s': 'per second',
  rows: 'rows',
  keys: 'keys',
  partitions: 'partitions',
  '%': '%',
  ms: 'ms',
};

/** A number alone is in the unit of its field, milliseconds, which is then said beside it. */
export function durationNotation(meaning: ParameterMeaning | undefined): Notation {
  return {
    write: (value) => (typeof value === 'number' ? shortDuration(value) : ''),
    read: (text) => {
      const isBare = /^\s*[-\u2212]?\d+\s*$/.test(text);
      const value = parseDuration(isBare ? `${text.trim()}ms` : text);
      return value === null ? { problems: textProblem('Not a time. Write 10s, 5m or 1h.') } : { value };
    },
    explain: (value) => (typeof value === 'number' ? meaningText(value, meaning) : ''),
    hasHalves: true,
  };
}

function meaningText(durationMs: number, meaning: ParameterMeaning | undefined): string {
  if (meaning === undefined) return formatDurationWords(durationMs);
  if (durationMs === 0 && meaning.atZero !== undefined) return meaning.atZero;
  const size = formatDuration(Math.abs(durationMs));
  return meaning.text
    .replace('{±}', `${durationMs < 0 ? '\u2212' : '+'} ${size}`)
    .replace('{}', formatDuration(durationMs));
}

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

export function notationOf({ meta, entry }: Pick<Parameter, 'meta' | 'entry'>): Notation {
  if (meta.control === 'duration') return durationNotation(meta.meaning);
  if (meta.control === 'instant') return INSTANT;
  if (entry.kind === 'texts') return TEXTS;
  return entry.kind === 'number' ? numberNotation(meta.unit, entry.isWhole) : TEXT;
}
