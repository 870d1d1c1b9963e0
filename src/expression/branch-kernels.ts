import type { Column } from '../stream/column.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { outputFor, readValue } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';
import type { ExprType } from './expr-type.ts';
import type { MergeTarget, Piece } from './merge-kernels.ts';
import { mergeNumbers, mergeTexts } from './merge-kernels.ts';
import { copyAsked, selectRows, withoutTaken } from './selection-kernels.ts';
import type { Space } from './space.ts';
import type { Value } from '../stream/value.ts';

/** CASE: each condition is run for the rows that none before it took, each result for the rows that it is the result of. */
export function caseKernel(
  branches: readonly { when: Compiled; then: Compiled }[],
  otherwise: Compiled,
  space: Space,
): Kernel {
  return (frame) => {
    const pieces: Piece[] = [];
    // The rows that no branch took yet stand at the front of one array, those that were taken one after the other in another.
    const left = new Int32Array(frame.length);
    const taken = new Int32Array(frame.length);
    let open = copyAsked(frame, left);
    let used = 0;
    for (const { when, then } of branches) {
      if (open === 0) break;
      const into = taken.subarray(used);
      const count = selectRows(when, { ...frame, rows: left.subarray(0, open) }, into);
      if (count === 0) continue;
      const rows = into.subarray(0, count);
      pieces.push({ column: then.run({ ...frame, rows }), rows });
      open = withoutTaken(left, open, rows, count);
      used += count;
    }
    if (open > 0) {
      const rows = left.subarray(0, open);
      pieces.push({ column: otherwise.run({ ...frame, rows }), rows });
    }
    return merge(pieces, otherwise.type, { frame, space });
  };
}

/** COALESCE: each argument is run for the rows that are still NULL. */
export function coalesceKernel(args: readonly Compiled[], type: ExprType, space: Space): Kernel {
  return (frame) => {
    const pieces: Piece[] = [];
    let rows = new Int32Array(frame.length);
    rows = rows.subarray(0, copyAsked(frame, rows));
    for (const [i, arg] of args.entries()) {
      if (rows.length === 0) break;
      const column = arg.run({ ...frame, rows });
      const last = i === args.length - 1;
      const [taken, left] = last || column.nulls === null ? [rows, new Int32Array(0)] : split(rows, column.nulls);
      if (taken.length === frame.length) return column;
      if (taken.length > 0) pieces.push({ column, rows: taken });
      rows = left;
    }
    return merge(pieces, type, { frame, space });
  };
}

/** The rows that have a value, and those that are NULL. */
function split(
  rows: Int32Array<ArrayBuffer>,
  nulls: Uint8Array,
): readonly [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>] {
  const taken = new Int32Array(rows.length);
  const left = new Int32Array(rows.length);
  let takenCount = 0;
  let leftCount = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const unknown = (nulls[row >> 3]! >> (row & 7)) & 1;
    taken[takenCount] = row;
    left[leftCount] = row;
    takenCount += 1 - unknown;
    leftCount += unknown;
  }
  return [taken.subarray(0, takenCount), left.subarray(0, leftCount)];
}

/** One column of several that each hold some of the rows. */
function merge(pieces: readonly Piece[], type: ExprType, target: MergeTarget): Column {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only.column;
  const quick = mergeNumbers(pieces, target) ?? mergeTexts(pieces, target.frame.length);
  if (quick !== null) return quick;
  const { frame } = target;
  if (needsOrder(type)) return inOrder(pieces, type, frame);
  const output = outputFor(type, frame);
  for (const { column, rows } of pieces) {
    for (const row of rows) output.set(row, readValue(column, type, row));
  }
  return output.finish();
}

function needsOrder(type: ExprType): boolean {
  return type.kind === 'BYTES' || type.kind === 'ARRAY' || type.kind === 'MAP' || type.kind === 'ROW';
}

/** Nested values are appended, so their rows must come in ascending order. */
function inOrder(pieces: readonly Piece[], type: ExprType, frame: Frame): Column {
  const values = new Map<number, Value>();
  for (const { column, rows } of pieces) for (const row of rows) values.set(row, readValue(column, type, row));
  const output = outputFor(type, frame);
  for (const row of [...values.keys()].sort((a, b) => a - b)) output.set(row, values.get(row) ?? null);
  return output.finish();
}
