import type { Batch } from '../stream/batch.ts';
import { sliceBatch } from '../stream/batch.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import { ENTRY_ROW } from '../stream/log-slice.ts';
import type { Allowance } from './pacing.ts';

/** Entries [from, to) of a slice, as views. */
export function cutSlice(slice: LogSlice, from: number, to: number): LogSlice {
  if (from === 0 && to === slice.length) return slice;
  const firstSeq = slice.firstSeq + from;
  return {
    firstSeq,
    length: to - from,
    kinds: slice.kinds.subarray(from, to),
    at: slice.at.subarray(from, to),
    source: slice.source.subarray(from, to),
    partition: slice.partition === null ? null : slice.partition.subarray(from, to),
    payload: slice.payload.subarray(from, to),
    rows: slice.rows.map((batch) => (batch === null ? null : cutRows(batch, firstSeq, slice.firstSeq + to))),
  };
}

/** Rows of entries [firstSeq, endSeq); null when there are none. */
function cutRows(batch: Batch, firstSeq: number, endSeq: number): Batch | null {
  const from = lowerBound(batch.seq, firstSeq);
  const to = lowerBound(batch.seq, endSeq);
  return from === to ? null : sliceBatch(batch, from, to);
}

/** First index whose value is at least `bound`. */
function lowerBound(values: Float64Array, bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where to cut, given that entries [from, limit) could be taken: entries later than `untilMs` stay, and so do all from
 * the row on that would be one too many. Entries that are no rows ride along for free.
 */
export function allowedEnd(slice: LogSlice, from: number, limit: number, allowance: Allowance): number {
  let end = from;
  let rows = 0;
  while (end < limit) {
    if ((slice.at[end] ?? 0) > allowance.untilMs) break;
    if (slice.kinds[end] === ENTRY_ROW && ++rows > allowance.rows) break;
    end++;
  }
  return end;
}

export function countRows(slice: LogSlice): number {
  let rows = 0;
  for (const batch of slice.rows) rows += batch?.length ?? 0;
  return rows;
}
