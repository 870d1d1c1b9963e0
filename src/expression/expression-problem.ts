import type { Span } from './syntax.ts';

/** A mistake in the text of an expression. `code` is stable; `message` says what is wrong, `fix` what to do. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  readonly message: string;
  readonly fix: string;
  readonly span: Span;
}

export type ExpressionProblemCode =
  | 'empty'
  | 'too-long'
  | 'too-deep'
  | 'syntax'
  | 'unterminated'
  | 'bad-character'
  | 'bad-literal'
  | 'unknown-column'
  | 'unknown-function'
  | 'unknown-type'
  | 'argument-count'
  | 'type-mismatch'
  | 'not-boolean'
  | 'not-a-column-type'
  | 'bad-argument'
  | 'not-allowed-here';

/** Longest text of one expression, in UTF-16 units. */
export const TEXT_LIMIT = 4096;
/** Deepest nesting of one expression. A chain of the same operator counts once. */
export const DEPTH_LIMIT = 64;
/** Longest text that a function may make, in UTF-16 units; checked before anything is allocated. */
export const RESULT_LIMIT = 1 << 20;

/** The name in `names` that is closest to `name`, or null when none is close. */
export function closestName(name: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`; `limit` when there are more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
