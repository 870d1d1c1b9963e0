import type { Batch } from '../../stream/batch.ts';
import { sliceColumn } from '../../stream/column.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK, ENTRY_ROW } from '../../stream/log-slice.ts';
import type { SourceChunk } from '../source-reader.ts';
import type { ManualEntry } from './log.ts';

// Slices of nothing but rows share these: they are frozen, and every entry of them is the same.
let noKinds = new Uint8Array(4096);
let noPayload = new Float64Array(4096);
const sameSource: Int16Array[] = [];

interface RowsPlace {
  readonly firstSeq: number;
  readonly source: number;
  /** How many sources the log has. */
  readonly sources: number;
}

/** A slice of nothing but rows [from, to) of one chunk, without copying them. */
export function rowsSlice(chunk: SourceChunk, from: number, to: number, place: RowsPlace): LogSlice {
  const length = to - from;
  if (noKinds.length < length) {
    noKinds = new Uint8Array(length);
    noPayload = new Float64Array(length);
  }
  let source = sameSource[place.source];
  if (source === undefined || source.length < length) {
    source = new Int16Array(Math.max(4096, length)).fill(place.source);
    sameSource[place.source] = source;
  }
  const seq = new Float64Array(length);
  for (let i = 0; i < length; i++) seq[i] = place.firstSeq + i;
  const rows: (Batch | null)[] = Array.from({ length: place.sources }, () => null);
  rows[place.source] = chunkRows(chunk, from, to, seq);
  return {
    firstSeq: place.firstSeq,
    length,
    kinds: noKinds.subarray(0, length),
    at: chunk.at.subarray(from, to),
    source: source.subarray(0, length),
    partition: chunk.partition === null ? null : chunk.partition.subarray(from, to),
    payload: noPayload.subarray(0, length),
    rows,
  };
}

/** Rows [from, to) of a chunk as a batch of views. */
export function chunkRows(chunk: SourceChunk, from: number, to: number, seq: Float64Array): Batch {
  return {
    length: to - from,
    selection: null,
    columns: chunk.columns.map((column) => sliceColumn(column, from, to)),
    seq,
    phase: null,
    ts: chunk.ts.subarray(from, to),
    kinds: chunk.kinds === null ? null : chunk.kinds.subarray(from, to),
    origin: null,
  };
}

/** A slice of the one entry that somebody put in by hand. */
export function singleEntry(entry: ManualEntry, seq: number, atMs: number, sources: number): LogSlice {
  return {
    firstSeq: seq,
    length: 1,
    kinds: Uint8Array.of(entry.kind),
    at: Float64Array.of(entry.kind === ENTRY_CLOCK ? Math.max(atMs, entry.payload) : atMs),
    source: Int16Array.of(entry.source),
    partition: entry.partition === 0 ? null : Int32Array.of(entry.partition),
    payload: Float64Array.of(entry.payload),
    rows: Array.from({ length: sources }, () => null),
  };
}

/** Collects the entries of a slice one by one. */
export class SliceBuilder {
  length = 0;
  private readonly kinds: Uint8Array;
  private readonly at: Float64Array;
  private readonly source: Int16Array;
  private readonly partition: Int32Array;
  private readonly payload: Float64Array;
  private readonly rowCounts: number[];
  private partitioned = false;

  constructor(capacity: number, sources: number) {
    this.kinds = new Uint8Array(capacity);
    this.at = new Float64Array(capacity);
    this.source = new Int16Array(capacity);
    this.partition = new Int32Array(capacity);
    this.payload = new Float64Array(capacity);
    this.rowCounts = Array.from({ length: sources }, () => 0);
  }

  /** A row of `source`, its batch to be given to `finish`. */
  row(atMs: number, source: number, partition: number): void {
    this.rowCounts[source] = (this.rowCounts[source] ?? 0) + 1;
    this.entry({ kind: ENTRY_ROW, source, partition, payload: 0 }, atMs);
  }

  entry(entry: ManualEntry, atMs: number): void {
    const i = this.length++;
    this.kinds[i] = entry.kind;
    this.at[i] = atMs;
    this.source[i] = entry.source;
    this.partition[i] = entry.partition;
    this.payload[i] = entry.payload;
    if (entry.partition !== 0) this.partitioned = true;
  }

  rowsOf(source: number): number {
    return this.rowCounts[source] ?? 0;
  }

  /** Numbers of the entries that are rows of `source`. */
  seqs(source: number, firstSeq: number): Float64Array {
    const seqs = new Float64Array(this.rowsOf(source));
    let count = 0;
    for (let i = 0; i < this.length; i++) {
      if (this.source[i] === source && this.kinds[i] === ENTRY_ROW) seqs[count++] = firstSeq + i;
    }
    return seqs;
  }

  finish(firstSeq: number, rows: readonly (Batch | null)[]): LogSlice {
    return {
      firstSeq,
      length: this.length,
      kinds: this.kinds.subarray(0, this.length),
      at: this.at.subarray(0, this.length),
      source: this.source.subarray(0, this.length),
      partition: this.partitioned ? this.partition.subarray(0, this.length) : null,
      payload: this.payload.subarray(0, this.length),
      rows,
    };
  }
}
