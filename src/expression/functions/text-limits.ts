import { RESULT_LIMIT } from '../expression-problem.ts';
import { RowFailure } from './definition.ts';

/** Null when a text of `length` UTF-16 units may be made, else why not. To be asked before allocating. */
export function tooLong(length: number): RowFailure | null {
  if (length <= RESULT_LIMIT) return null;
  return new RowFailure(`the text would have ${length} characters, the limit is ${RESULT_LIMIT}`);
}

export function joined(parts: readonly string[]): string | RowFailure {
  let length = 0;
  for (const part of parts) length += part.length;
  return tooLong(length) ?? parts.join('');
}
