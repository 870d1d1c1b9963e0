import type { LocalTime } from './calendar.ts';
import { readFraction, readOffset } from './iso-reader.ts';

/** One piece of a pattern: a part of the time, or letters that must stand there. */
export type PatternPart =
  | { readonly kind: 'number'; readonly part: NumberPart; readonly least: number; readonly most: number }
  | { readonly kind: 'fraction'; readonly least: number; readonly most: number }
  | { readonly kind: 'month-name' | 'day-name' | 'half' | 'offset' }
  | { readonly kind: 'literal'; readonly text: string };

export type NumberPart = 'year' | 'shortYear' | 'month' | 'day' | 'hour' | 'hour12' | 'minute' | 'second';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const LETTERS: ReadonlyMap<string, NumberPart> = new Map([
  ['y', 'year'],
  ['u', 'year'],
  ['M', 'month'],
  ['d', 'day'],
  ['H', 'hour'],
  ['h', 'hour12'],
  ['m', 'minute'],
  ['s', 'second'],
]);

function number(part: NumberPart, least: number, most: number): PatternPart {
  return { kind: 'number', part, least, most };
}

const PERCENT: ReadonlyMap<string, PatternPart> = new Map<string, PatternPart>([
  ['Y', number('year', 4, 4)],
  ['y', number('shortYear', 2, 2)],
  ['m', number('month', 1, 2)],
  ['d', number('day', 1, 2)],
  ['e', number('day', 1, 2)],
  ['H', number('hour', 1, 2)],
  ['I', number('hour12', 1, 2)],
  ['M', number('minute', 1, 2)],
  ['S', number('second', 1, 2)],
  ['f', { kind: 'fraction', least: 1, most: 9 }],
  ['L', { kind: 'fraction', least: 3, most: 3 }],
  ['b', { kind: 'month-name' }],
  ['B', { kind: 'month-name' }],
  ['a', { kind: 'day-name' }],
  ['A', { kind: 'day-name' }],
  ['p', { kind: 'half' }],
  ['z', { kind: 'offset' }],
  ['%', { kind: 'literal', text: '%' }],
]);
const PERCENT_GROUPS: ReadonlyMap<string, string> = new Map([
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
]);

/** The parts of a pattern such as `yyyy/MM/dd HH:mm` or `%Y/%m/%d %H:%M`, or what is wrong with it. */
export function parsePattern(pattern: string): readonly PatternPart[] | string {
  const parts = pattern.includes('%') ? parsePercent(pattern) : parseLetters(pattern);
  if (typeof parts === 'string') return parts;
  const has = (...names: NumberPart[]): boolean => parts.some((p) => p.kind === 'number' && names.includes(p.part));
  if (!has('year', 'shortYear')) return 'It names no year (yyyy or %Y).';
  if (!has('month') && !parts.some((part) => part.kind === 'month-name')) return 'It names no month (MM or %m).';
  if (!has('day')) return 'It names no day (dd or %d).';
  if (has('hour12') && !parts.some((part) => part.kind === 'half')) return 'Hours of 12 need a or %p beside them.';
  return parts;
}

function parsePercent(pattern: string): readonly PatternPart[] | string {
  const text = pattern.replace(/%([FTR])/g, (_, letter: string) => PERCENT_GROUPS.get(letter) ?? '');
  const parts: PatternPart[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '%') {
      parts.push({ kind: 'literal', text: text[i] ?? '' });
      continue;
    }
    const part = PERCENT.get(text[++i] ?? '');
    if (part === undefined) return `It holds %${text[i] ?? ''}, which is not known.`;
    parts.push(part);
  }
  return parts;
}

function parseLetters(pattern: string): readonly PatternPart[] | string {
  const parts: PatternPart[] = [];
  for (const [run] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']|'/g)) {
    if (run.startsWith("'")) {
      if (run === "'") return 'A quote is opened and not closed.';
      parts.push({ kind: 'literal', text: run === "''" ? "'" : run.slice(1, -1).replaceAll("''", "'") });
      continue;
    }
    const letter = run[0] ?? '';
    const part = LETTERS.get(letter);
    const count = run.length;
    if (part === 'year') parts.push(count === 2 ? number('shortYear', 2, 2) : number('year', 4, 4));
    else if (part === 'month' && count > 2) parts.push({ kind: 'month-name' });
    else if (part !== undefined) parts.push(count === 1 ? number(part, 1, 2) : number(part, 2, 2));
    else if (letter === 'S') parts.push({ kind: 'fraction', least: count, most: count });
    else if (letter === 'a') parts.push({ kind: 'half' });
    else if (letter === 'E') parts.push({ kind: 'day-name' });
    else if (letter === 'X' || letter === 'x' || letter === 'Z') parts.push({ kind: 'offset' });
    else if (/[A-Za-z]/.test(letter) && letter !== 'T') return `It holds ${run}, which is not known.`;
    else parts.push({ kind: 'literal', text: run });
  }
  return parts;
}

/** Reads exactly the bytes [start, end) by a pattern. False when they do not follow it. */
export function readPattern(
  bytes: Uint8Array,
  range: { readonly start: number; readonly end: number },
  parts: readonly PatternPart[],
  into: LocalTime,
): boolean {
  into.reset();
  const { end } = range;
  let at = range.start;
  let afternoon: boolean | null = null;
  for (const part of parts) {
    if (part.kind === 'number') {
      let value = 0;
      let digits = 0;
      while (digits < part.most && at < end && bytes[at]! >= 48 && bytes[at]! <= 57) {
        value = value * 10 + bytes[at]! - 48;
        digits++;
        at++;
      }
      if (digits < part.least) return false;
      if (!setPart(into, part.part, value)) return false;
    } else if (part.kind === 'literal') {
      for (let i = 0; i < part.text.length; i++) {
        if (at >= end || bytes[at] !== part.text.charCodeAt(i)) return false;
        at++;
      }
    } else if (part.kind === 'fraction') {
      const digits = readFraction(bytes, at, Math.min(end, at + part.most), into);
      if (digits < part.least) return false;
      at += digits;
    } else if (part.kind === 'offset') {
      at = readOffset(bytes, at, end, into);
      if (at < 0) return false;
    } else {
      const word = readWord(bytes, at, end);
      at += word.length;
      if (part.kind === 'half') {
        if (word !== 'am' && word !== 'pm') return false;
        afternoon = word === 'pm';
      } else if (part.kind === 'month-name') {
        into.month = Math.max(listIndex(MONTHS, word), listIndex(LONG_MONTHS, word)) + 1;
        if (into.month === 0) return false;
      } else if (!DAYS.some((day) => word === day || word === day.slice(0, 3))) return false;
    }
  }
  if (afternoon !== null) into.hour = (into.hour % 12) + (afternoon ? 12 : 0);
  return at === end;
}

function listIndex(list: readonly string[], word: string): number {
  return list.indexOf(word);
}

function setPart(into: LocalTime, part: NumberPart, value: number): boolean {
  if (part === 'shortYear') into.year = value < 69 ? 2000 + value : 1900 + value;
  else if (part === 'hour12') {
    if (value < 1 || value > 12) return false;
    into.hour = value;
  } else into[part] = value;
  return true;
}

function readWord(bytes: Uint8Array, start: number, end: number): string {
  let word = '';
  for (let at = start; at < end && word.length < 10; at++) {
    const letter = bytes[at]! | 0x20;
    if (letter < 0x61 || letter > 0x7a) break;
    word += String.fromCharCode(letter);
  }
  return word;
}
