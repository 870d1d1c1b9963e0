import type { BoolColumn, Nulls } from '../stream/column.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';

/**
 * Writes the rows among those asked for that are TRUE to `into`, ascending, and gives their number. `into` has room for all
 * that are asked for, and may be the very array of the frame's rows: what is written stays behind what is read.
 */
export function selectRows(condition: Compiled, frame: Frame, into: Int32Array): number {
  if (condition.select !== undefined) return condition.select(frame, into);
  return trueRows(condition.run(frame) as BoolColumn, frame, into);
}

/** Rows among those asked for that are TRUE in the column. Written without a branch that the data decides. */
export function trueRows({ values, nulls }: BoolColumn, { rows, length }: Frame, into: Int32Array): number {
  const count = rows === null ? length : rows.length;
  let found = 0;
  if (nulls !== null) {
    for (let i = 0; i < count; i++) {
      const row = rows === null ? i : rows[i]!;
      into[found] = row;
      // What stands under a NULL may be neither 0 nor 1.
      found += +(values[row] === 1) & ~(nulls[row >> 3]! >> (row & 7));
    }
  } else if (rows === null) {
    for (let row = 0; row < count; row++) {
      into[found] = row;
      found += values[row]!;
    }
  } else {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      into[found] = row;
      found += values[row]!;
    }
  }
  return found;
}

/** The first `count` of `rows` without those that are NULL, in place. */
export function withoutNulls(nulls: Nulls, rows: Int32Array, count: number): number {
  if (nulls === null) return count;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    rows[found] = row;
    found += ~(nulls[row >> 3]! >> (row & 7)) & 1;
  }
  return found;
}

/**
 * Writes those of the first `count` of `rows` that are not among the first `takenCount` of `taken`, in place, and gives
 * their number. Both are ascending.
 */
export function withoutTaken(rows: Int32Array, count: number, taken: Int32Array, takenCount: number): number {
  let found = 0;
  let next = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const isTaken = +(next < takenCount && taken[next] === row);
    rows[found] = row;
    found += 1 - isTaken;
    next += isTaken;
  }
  return found;
}

/** The rows that are asked for, in an array of one's own that may be longer. */
export function copyAsked({ rows, length }: Frame, into: Int32Array): number {
  if (rows !== null) {
    into.set(rows);
    return rows.length;
  }
  for (let row = 0; row < length; row++) into[row] = row;
  return length;
}
