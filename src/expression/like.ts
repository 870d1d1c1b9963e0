import { isPlain } from './text.ts';

/** A pattern that cannot be read. The message names it. */
export class PatternError extends Error {}

/**
 * LIKE: `%` any characters, `_` one, all others themselves. An escape must stand before `%`, `_` or itself; without ESCAPE
 * there is none (Flink `SqlLikeUtils`; PostgreSQL would take a backslash). Never slower than text times pattern.
 */
export function likeMatcher(pattern: string, escape: string | null): (text: string) => boolean {
  if (escape !== null && Array.from(escape).length !== 1)
    throw new PatternError(`The escape '${escape}' is not one character.`);
  const segments = readSegments(pattern, escape);
  const literal = segments.map((segment) => (segment.includes(ANY) ? null : segment.join('')));
  const [first, last] = [literal[0], literal.at(-1)];
  if (segments.length === 1 && typeof first === 'string') return (text) => text === first;
  if (segments.length === 2 && typeof first === 'string' && typeof last === 'string') {
    return (text) => text.length >= first.length + last.length && text.startsWith(first) && text.endsWith(last);
  }
  if (segments.length === 3 && first === '' && last === '' && typeof literal[1] === 'string') {
    const inner = literal[1];
    return (text) => text.includes(inner);
  }
  return (text) => matchSegments(isPlain(text) ? text : Array.from(text), segments);
}

/** Stands for `_`. No code point is longer than two units, so it equals none. */
const ANY = 'any';

function readSegments(pattern: string, escape: string | null): string[][] {
  let segment: string[] = [];
  const segments = [segment];
  const points = Array.from(pattern);
  for (let i = 0; i < points.length; i++) {
    const point = points[i] ?? '';
    if (point === escape) {
      const next = points[++i] ?? '';
      if (next !== '%' && next !== '_' && next !== escape)
        throw new PatternError(`In the pattern '${pattern}' the escape ${escape} stands before no %, _ or ${escape}.`);
      segment.push(next);
    } else if (point === '%') segments.push((segment = []));
    else segment.push(point === '_' ? ANY : point);
  }
  return segments;
}

function matchSegments(text: string | readonly string[], segments: readonly (readonly string[])[]): boolean {
  const first = segments[0] ?? [];
  const last = segments.at(-1) ?? [];
  if (!fitsAt(text, first, 0)) return false;
  if (segments.length === 1) return text.length === first.length;
  const end = text.length - last.length;
  let at = first.length;
  if (end < at || !fitsAt(text, last, end)) return false;
  for (const segment of segments.slice(1, -1)) {
    while (at + segment.length <= end && !fitsAt(text, segment, at)) at++;
    if (at + segment.length > end) return false;
    at += segment.length;
  }
  return true;
}

function fitsAt(text: string | readonly string[], segment: readonly string[], at: number): boolean {
  if (at + segment.length > text.length) return false;
  for (let i = 0; i < segment.length; i++) if (segment[i] !== ANY && segment[i] !== text[at + i]) return false;
  return true;
}
