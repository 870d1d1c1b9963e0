import { defined } from '../../stream/assert.ts';
import { INSERT } from '../../stream/row-kind.ts';
import type { Schema } from '../../stream/types.ts';
import { concatColumns, gatherColumn, gatherNumbers } from '../fields/gather.ts';
import { READER_CHUNK_ROWS } from '../limits.ts';
import type { SourceChunk } from '../source-reader.ts';

/** Rows of many chunks in order of arrival, ties in file order, in chunks again. Holds all rows while it runs. */
export function* inArrivalOrder(chunks: readonly SourceChunk[], schema: Schema): Generator<SourceChunk> {
  const lengths = chunks.map((chunk) => chunk.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const at = joinNumbers(chunks.map((chunk) => chunk.at));
  const order = stableOrder(at);
  const ts = joinNumbers(chunks.map((chunk) => chunk.ts));
  const isPartitioned = chunks.some((chunk) => chunk.partition !== null);
  const partition = isPartitioned ? joinWhole(chunks, total) : null;
  const kinds = chunks.some((chunk) => chunk.kinds !== null) ? joinKinds(chunks, total) : null;
  const columns = schema.fields.map((field, i) =>
    concatColumns(
      chunks.map((chunk) => defined(chunk.columns[i], 'column')),
      lengths,
      field.type,
    ),
  );
  for (let from = 0; from < total; from += READER_CHUNK_ROWS) {
    const rows = order.subarray(from, from + READER_CHUNK_ROWS);
    yield {
      length: rows.length,
      columns: schema.fields.map((field, i) => gatherColumn(defined(columns[i], 'column'), field.type, rows)),
      ts: gatherNumbers(ts, rows),
      at: gatherNumbers(at, rows),
      kinds: kinds === null ? null : Uint8Array.from(rows, (row) => kinds[row] ?? INSERT),
      partition: partition === null ? null : Int32Array.from(rows, (row) => partition[row] ?? 0),
    };
  }
}

function joinWhole(chunks: readonly SourceChunk[], total: number): Int32Array {
  const joined = new Int32Array(total);
  let at = 0;
  for (const { partition, length } of chunks) {
    if (partition !== null) joined.set(partition, at);
    at += length;
  }
  return joined;
}

function joinKinds(chunks: readonly SourceChunk[], total: number): Uint8Array {
  const joined = new Uint8Array(total).fill(INSERT);
  let at = 0;
  for (const { kinds, length } of chunks) {
    if (kinds !== null) joined.set(kinds, at);
    at += length;
  }
  return joined;
}

function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Indices of `keys` in ascending order of the keys; equal keys keep their order. Merges ever longer runs. */
export function stableOrder(keys: Float64Array): Uint32Array {
  const { length } = keys;
  let sorting: Sorting = { keys, from: new Uint32Array(length), into: new Uint32Array(length) };
  for (let i = 0; i < length; i++) sorting.from[i] = i;
  for (let run = 1; run < length; run *= 2) {
    for (let start = 0; start < length; start += run * 2) {
      mergeRuns(sorting, start, Math.min(start + run, length), Math.min(start + run * 2, length));
    }
    sorting = { keys, from: sorting.into, into: sorting.from };
  }
  return sorting.from;
}

interface Sorting {
  readonly keys: Float64Array;
  /** Indices in sorted runs. */
  readonly from: Uint32Array;
  readonly into: Uint32Array;
}

/**
 * Merges the runs [start, middle) and [middle, end). Arrivals are mostly in order already, and then only the end of the one
 * and the begin of the other have to be mixed: what comes before the first and behind the last of these stays in its place.
 */
function mergeRuns(sorting: Sorting, start: number, middle: number, end: number): void {
  const { keys, from, into } = sorting;
  let left = middle;
  let mixedEnd = middle;
  if (middle < end) {
    left = firstAbove(sorting, start, middle, keys[from[middle] ?? 0] ?? 0);
    if (left < middle) mixedEnd = firstNotBelow(sorting, middle, end, keys[from[middle - 1] ?? 0] ?? 0);
  }
  for (let i = start; i < left; i++) into[i] = from[i] ?? 0;
  let right = middle;
  for (let i = left; i < mixedEnd; i++) {
    const leftRow = from[left] ?? 0;
    const rightRow = from[right] ?? 0;
    const takeLeft = left < middle && (right >= mixedEnd || (keys[leftRow] ?? 0) <= (keys[rightRow] ?? 0));
    into[i] = takeLeft ? leftRow : rightRow;
    if (takeLeft) left++;
    else right++;
  }
  for (let i = mixedEnd; i < end; i++) into[i] = from[i] ?? 0;
}

/** In the sorted run [start, end), the first place whose key is above `bound`. */
function firstAbove({ keys, from }: Sorting, start: number, end: number, bound: number): number {
  let low = start;
  for (let high = end; low < high;) {
    const middle = (low + high) >>> 1;
    if ((keys[from[middle] ?? 0] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In the sorted run [start, end), the first place whose key is not below `bound`. */
function firstNotBelow({ keys, from }: Sorting, start: number, end: number, bound: number): number {
  let low = start;
  for (let high = end; low < high;) {
    const middle = (low + high) >>> 1;
    if ((keys[from[middle] ?? 0] ?? 0) >= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
