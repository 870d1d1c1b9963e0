import type { Batch, Origin } from '../../stream/batch.ts';
import type { Column, ListColumn } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import { columnBuilder } from '../../stream/column-builder.ts';
import type { DataType } from '../../stream/types.ts';

/** How many rows a row becomes: as many as its longest array has elements. */
export function lengthOf(arrays: readonly ListColumn[], row: number): number {
  let longest = 0;
  for (const array of arrays) {
    if (!isNull(array.nulls, row)) longest = Math.max(longest, array.offsets[row + 1]! - array.offsets[row]!);
  }
  return longest;
}

/** One column of rows that were repeated. */
export function repeated(column: Column, type: DataType, rows: readonly number[]): Column {
  const builder = columnBuilder(type);
  for (const row of rows) builder.appendFrom(column, row);
  return builder.finish();
}

/** The elements at `places`, from 0, of the arrays in `rows`; NULL where an array has none there. */
export function elementsAt(
  array: ListColumn,
  element: DataType,
  rows: readonly number[],
  places: readonly number[],
): Column {
  const builder = columnBuilder(element);
  rows.forEach((row, i) => {
    const at = array.offsets[row]! + places[i]!;
    if (isNull(array.nulls, row) || at >= array.offsets[row + 1]!) builder.appendNull();
    else builder.appendFrom(array.child, at);
  });
  return builder.finish();
}

/** All of a batch but its columns, for rows that were repeated. */
export function repeatedFrame(batch: Batch, rows: readonly number[]): Omit<Batch, 'columns'> {
  return {
    length: rows.length,
    selection: null,
    seq: picked(batch.seq, rows),
    phase: batch.phase === null ? null : picked(batch.phase, rows),
    ts: picked(batch.ts, rows),
    kinds: batch.kinds === null ? null : picked(batch.kinds, rows),
    origin: batch.origin === null ? null : repeatedOrigin(batch.origin, rows),
  };
}

function repeatedOrigin(origin: Origin, rows: readonly number[]): Origin {
  return {
    windowStartMs: picked(origin.windowStartMs, rows),
    windowEndMs: picked(origin.windowEndMs, rows),
    timing: picked(origin.timing, rows),
    paneIndex: picked(origin.paneIndex, rows),
    ...(origin.last === undefined ? {} : { last: picked(origin.last, rows) }),
    keyFields: origin.keyFields,
    keyColumns: origin.keyColumns.map((column, i) => repeated(column, origin.keyFields[i]!.type, rows)),
  };
}

function picked<T extends Float64Array | Uint8Array | Int32Array>(values: T, rows: readonly number[]): T {
  const copy = new (values.constructor as new (length: number) => T)(rows.length);
  rows.forEach((row, i) => (copy[i] = values[row]!));
  return copy;
}
