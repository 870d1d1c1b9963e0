import type { BoolColumn, Column } from '../stream/column.ts';
import { isNull } from '../stream/column.ts';
import type { Kernel } from './arithmetic-kernels.ts';
import { asked, askedRow, outputFor, readValue } from './column-kernels.ts';
import type { Compiled } from './compiled.ts';
import type { Frame } from './frame.ts';
import type { ExprType } from './expr-type.ts';
import type { Value } from '../stream/value.ts';

interface Piece {
  readonly column: Column;
  readonly rows: Int32Array;
}

/** CASE: each condition is run for the rows that none before it took, each result for the rows that it is the result of. */
export function caseKernel(branches: readonly { when: Compiled; then: Compiled }[], otherwise: Compiled): Kernel {
  return (frame) => {
    const pieces: Piece[] = [];
    let rows = allRows(frame);
    for (const { when, then } of branches) {
      if (rows.length === 0) break;
      const condition = when.run({ ...frame, rows }) as BoolColumn;
      const [taken, left] = split(rows, (row) => condition.values[row] === 1 && !isNull(condition.nulls, row));
      if (taken.length > 0) pieces.push({ column: then.run({ ...frame, rows: taken }), rows: taken });
      rows = left;
    }
    if (rows.length > 0) pieces.push({ column: otherwise.run({ ...frame, rows }), rows });
    return merge(pieces, otherwise.type, frame);
  };
}

/** COALESCE: each argument is run for the rows that are still NULL. */
export function coalesceKernel(args: readonly Compiled[], type: ExprType): Kernel {
  return (frame) => {
    const pieces: Piece[] = [];
    let rows = allRows(frame);
    for (const [i, arg] of args.entries()) {
      if (rows.length === 0) break;
      const column = arg.run({ ...frame, rows });
      const last = i === args.length - 1;
      const [taken, left] =
        last || column.nulls === null ? [rows, new Int32Array(0)] : split(rows, (row) => !isNull(column.nulls, row));
      if (taken.length === frame.length) return column;
      if (taken.length > 0) pieces.push({ column, rows: taken });
      rows = left;
    }
    return merge(pieces, type, frame);
  };
}

function allRows(frame: Frame): Int32Array {
  const rows = new Int32Array(asked(frame));
  for (let i = 0; i < rows.length; i++) rows[i] = askedRow(frame, i);
  return rows;
}

function split(rows: Int32Array, holds: (row: number) => boolean): readonly [Int32Array, Int32Array] {
  const taken = new Int32Array(rows.length);
  const left = new Int32Array(rows.length);
  let takenCount = 0;
  let leftCount = 0;
  for (const row of rows) {
    if (holds(row)) taken[takenCount++] = row;
    else left[leftCount++] = row;
  }
  return [taken.subarray(0, takenCount), left.subarray(0, leftCount)];
}

/** One column of several that each hold some of the rows. */
function merge(pieces: readonly Piece[], type: ExprType, frame: Frame): Column {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only.column;
  const ordered = needsOrder(type) ? inOrder(pieces, type, frame) : null;
  if (ordered !== null) return ordered;
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
