import type { Batch } from '../../../stream/batch.ts';
import { compareNumbers, compareText } from '../../../stream/compare.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Scalar } from '../state/scalar-table.ts';
import { readScalar, scalarAt, writeScalar } from '../state/scalar-table.ts';
import type { BoundOrder } from './order-by.ts';

/** What a row is ordered by: the values of the order's columns. */
export type SortKey = readonly Scalar[];

export type CompareSortKeys = (a: SortKey, b: SortKey) => number;

export function sortKeyAt(order: readonly BoundOrder[], batch: Batch, row: number): SortKey {
  return order.map(({ column }) => {
    const values = batch.columns[column];
    return values === undefined ? null : scalarAt(values, row);
  });
}

/** Below 0 where the first comes before the second. Flink: NULL is the smallest value (`NullCollation.LOW`). */
export function comparing(order: readonly Pick<BoundOrder, 'descending'>[]): CompareSortKeys {
  const signs = order.map(({ descending }) => (descending ? -1 : 1));
  return (a, b) => {
    for (const [i, sign] of signs.entries()) {
      const compared = compareScalars(a[i] ?? null, b[i] ?? null);
      if (compared !== 0) return sign * compared;
    }
    return 0;
  };
}

function compareScalars(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  // Also a BIGINT that a double holds with one that it does not.
  return a < b ? -1 : a > b ? 1 : 0;
}

export function writeSortKey(writer: StateWriter, key: SortKey): void {
  for (const value of key) writeScalar(writer, value);
}

export function readSortKey(reader: StateReader, columns: number): SortKey {
  return Array.from({ length: columns }, () => readScalar(reader));
}

/** Where in a list in order a row with the key stands behind all that come before it and all that are equal. */
export function placeBehind(rows: readonly Sorted[], key: SortKey, compare: CompareSortKeys): number {
  return placeWhere(rows, (other) => compare(other, key) <= 0);
}

/** The same, but before those that are equal. */
export function placeBefore(rows: readonly Sorted[], key: SortKey, compare: CompareSortKeys): number {
  return placeWhere(rows, (other) => compare(other, key) < 0);
}

interface Sorted {
  readonly sortKey: SortKey;
}

function placeWhere(rows: readonly Sorted[], isBefore: (key: SortKey) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = rows[middle];
    if (at !== undefined && isBefore(at.sortKey)) low = middle + 1;
    else high = middle;
  }
  return low;
}
