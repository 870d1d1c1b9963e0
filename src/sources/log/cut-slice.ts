import type { Batch } from '../../stream/batch.ts';
import { sliceBatch } from '../../stream/batch.ts';
import type { LogSlice } from '../../stream/log-slice.ts';

/** Entries [from, to) of a slice, counted from its first, as views of the same data. */
export function cutSlice(slice: LogSlice, from: number, to: number): LogSlice {
  if (from === 0 && to === slice.length) return slice;
  const fromSeq = slice.firstSeq + from;
  const toSeq = slice.firstSeq + to;
  return {
    firstSeq: fromSeq,
    length: to - from,
    kinds: slice.kinds.subarray(from, to),
    at: slice.at.subarray(from, to),
    source: slice.source.subarray(from, to),
    partition: slice.partition === null ? null : slice.partition.subarray(from, to),
    payload: slice.payload.subarray(from, to),
    ...(slice.onlyRows === true ? { onlyRows: true } : {}),
    rows: slice.rows.map((batch) => (batch === null ? null : cutRows(batch, fromSeq, toSeq))),
  };
}

function cutRows(batch: Batch, fromSeq: number, toSeq: number): Batch | null {
  const from = firstAtLeast(batch.seq, fromSeq);
  const to = firstAtLeast(batch.seq, toSeq);
  return from === to ? null : sliceBatch(batch, from, to);
}

function firstAtLeast(seq: Float64Array, value: number): number {
  let low = 0;
  let high = seq.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seq[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
