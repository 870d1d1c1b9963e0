import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  checkedDays,
  civilFromDays,
  daysFromCivil,
  digits,
} from './civil-time.ts';

/**
 * Patterns of Java's `DateTimeFormatter`, as DATE_FORMAT and TO_TIMESTAMP take them: y M d H h m s S a E D with `'quoted'`
 * text; MMM and MMMM, EEE and EEEE are English names. Other letters are refused. Times are UTC.
 */
export interface DatePattern {
  format(timeMs: number): string;
  /** Epoch ms, or null where the text does not fit the pattern or names no day of the calendar. */
  parse(text: string): number | null;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const LETTERS = 'yMdHhmsSaED';

type Item = { readonly letter: string; readonly count: number } | { readonly literal: string };

export class DatePatternError extends Error {}

export function datePattern(pattern: string): DatePattern {
  const items = readItems(pattern);
  return {
    format: (timeMs) =>
      items.map((item) => ('literal' in item ? item.literal : formatField(item.letter, item.count, timeMs))).join(''),
    parse: (text) => parseWith(items, text),
  };
}

function readItems(pattern: string): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === "'") {
      const end = pattern.indexOf("'", at + 1);
      if (end < 0) throw new DatePatternError(`The quote in the pattern ${pattern} has no end.`);
      items.push({ literal: end === at + 1 ? "'" : pattern.slice(at + 1, end) });
      at = end + 1;
      continue;
    }
    if (!/[A-Za-z]/.test(character)) {
      items.push({ literal: character });
      at++;
      continue;
    }
    if (!LETTERS.includes(character))
      throw new DatePatternError(`The letter ${character} of the pattern ${pattern} is not known.`);
    let count = 1;
    while (pattern.charAt(at + count) === character) count++;
    items.push({ letter: character, count });
    at += count;
  }
  return items;
}

function formatField(letter: string, count: number, timeMs: number): string {
  const days = Math.floor(timeMs / DAY_MS);
  const ms = timeMs - days * DAY_MS;
  const { year, month, day } = civilFromDays(days);
  const hour = Math.floor(ms / HOUR_MS);
  switch (letter) {
    case 'y':
      return count === 2
        ? digits(((year % 100) + 100) % 100, 2)
        : digits(Math.abs(year), count).replace(/^/, year < 0 ? '-' : '');
    case 'M':
      if (count >= 3) return (MONTHS[month - 1] ?? '').slice(0, count === 3 ? 3 : undefined);
      return digits(month, count);
    case 'd':
      return digits(day, count);
    case 'D':
      return digits(days - daysFromCivil(year, 1, 1) + 1, count);
    case 'E': {
      const name = DAYS[(((days + 4) % 7) + 7) % 7] ?? '';
      return count >= 4 ? name : name.slice(0, 3);
    }
    case 'H':
      return digits(hour, count);
    case 'h':
      return digits(hour % 12 === 0 ? 12 : hour % 12, count);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'm':
      return digits(Math.floor(ms / MINUTE_MS) % 60, count);
    case 's':
      return digits(Math.floor(ms / SECOND_MS) % 60, count);
    default:
      return digits(ms % SECOND_MS, 3)
        .padEnd(count, '0')
        .slice(0, count);
  }
}

interface Fields {
  y: number;
  M: number;
  d: number;
  D: number;
  H: number;
  h: number;
  a: number;
  m: number;
  s: number;
  S: number;
}

function parseWith(items: readonly Item[], text: string): number | null {
  const fields: Fields = { y: 1970, M: 1, d: 1, D: -1, H: -1, h: -1, a: 0, m: 0, s: 0, S: 0 };
  let at = 0;
  for (const [i, item] of items.entries()) {
    if ('literal' in item) {
      if (!text.startsWith(item.literal, at)) return null;
      at += item.literal.length;
      continue;
    }
    const next = items[i + 1];
    const adjacent = next !== undefined && 'letter' in next;
    const length = parseField(item.letter, item.count, text.slice(at, at + 40), { fields, adjacent });
    if (length === null) return null;
    at += length;
  }
  return at === text.length ? timeOf(fields) : null;
}

/** Reads one field; gives the number of characters it took. Digits next to another field take exactly their count. */
function parseField(
  letter: string,
  count: number,
  text: string,
  into: { fields: Fields; adjacent: boolean },
): number | null {
  const { fields } = into;
  if (letter === 'a' || letter === 'E' || (letter === 'M' && count >= 3)) {
    const names = letter === 'a' ? ['AM', 'PM'] : letter === 'E' ? DAYS : MONTHS;
    const short = letter === 'E' ? count < 4 : letter === 'M' && count === 3;
    const index = names.findIndex((name) =>
      text.toLowerCase().startsWith((short ? name.slice(0, 3) : name).toLowerCase()),
    );
    if (index < 0) return null;
    if (letter === 'a') fields.a = index;
    if (letter === 'M') fields.M = index + 1;
    return short ? 3 : (names[index] ?? '').length;
  }
  const exact = into.adjacent || count > 1;
  const found = new RegExp(exact ? `^\\d{${count}}` : '^\\d{1,9}').exec(text)?.[0];
  if (found === undefined) return null;
  const value = Number(found);
  if (letter === 'S') fields.S = Number(found.padEnd(3, '0').slice(0, 3));
  else if (letter === 'y' && count === 2) fields.y = 2000 + value;
  else fields[letter as keyof Fields] = value;
  return found.length;
}

function timeOf(fields: Fields): number | null {
  const { y, M, d, D, m, s, S } = fields;
  if (fields.h > 12 || fields.h === 0 || fields.H > 23 || m > 59 || s > 59) return null;
  const hour = fields.H >= 0 ? fields.H : fields.h > 0 ? (fields.h % 12) + fields.a * 12 : fields.a * 12;
  const days = D > 0 ? daysFromCivil(y, 1, D) : checkedDays(y, M, d);
  return days === null ? null : days * DAY_MS + hour * HOUR_MS + m * MINUTE_MS + s * SECOND_MS + S;
}
