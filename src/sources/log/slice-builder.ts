import type { Batch } from '../../stream/batch.ts';
import { consecutiveRows } from '../../stream/batch.ts';
import type { Buffers } from '../../stream/buffers.ts';
import { firstOf } from '../../stream/buffers.ts';
import { sliceColumn } from '../../stream/column.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { SourceChunk } from '../source-reader.ts';
import type { ManualEntry } from './log.ts';

// Slices of nothing but rows share these: they are frozen, and every entry of them is the same.
let noKinds = new Uint8Array(4096);
let noPayload = new Float64Array(4096);
const sameSource: Int16Array[] = [];

// The two between which a merge chooses.
const times = new Float64Array(2);
const sources = new Int16Array(2);

function shareZeros(length: number): void {
  if (noKinds.length >= length) return;
  noKinds = new Uint8Array(length);
  noPayload = new Float64Array(length);
}

interface RowsPlace {
  readonly firstSeq: number;
  readonly source: number;
  /** How many sources the log has. */
  readonly sources: number;
}

/** A slice of nothing but rows [from, to) of one chunk, without copying them. */
export function rowsSlice(
  chunk: SourceChunk,
  { from, to }: { readonly from: number; readonly to: number },
  place: RowsPlace,
  buffers: Buffers,
): LogSlice {
  const length = to - from;
  shareZeros(length);
  let source = sameSource[place.source];
  if (source === undefined || source.length < length) {
    source = new Int16Array(Math.max(4096, length)).fill(place.source);
    sameSource[place.source] = source;
  }
  const rows = new Array<Batch | null>(place.sources).fill(null);
  rows[place.source] = consecutiveRows(viewsOf(chunk, from, to), place.firstSeq, buffers);
  return {
    firstSeq: place.firstSeq,
    length,
    kinds: firstOf(noKinds, length),
    at: chunk.at.subarray(from, to),
    source: firstOf(source, length),
    partition: chunk.partition === null ? null : chunk.partition.subarray(from, to),
    payload: firstOf(noPayload, length),
    onlyRows: true,
    rows,
  };
}

/** Numbers from `first` on. Each is made by itself: a sum that goes on from the last would wait for it. */
function countUp(into: Float64Array, from: number, to: number, first: number): void {
  const base = first - from;
  for (let i = from; i < to; i++) into[i] = base + i;
}

/** Rows [from, to) of a chunk. */
function viewsOf(chunk: SourceChunk, from: number, to: number): Pick<Batch, 'length' | 'columns' | 'ts' | 'kinds'> {
  return {
    length: to - from,
    columns: chunk.columns.map((column) => sliceColumn(column, from, to)),
    ts: chunk.ts.subarray(from, to),
    kinds: chunk.kinds === null ? null : chunk.kinds.subarray(from, to),
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
    rows: new Array<null>(sources).fill(null),
  };
}

/** One source's part of a slice: rows [from, row) of `chunk`, of which `to` is the first that may not follow. */
export interface Lane {
  readonly source: number;
  readonly chunk: SourceChunk;
  readonly from: number;
  row: number;
  to: number;
  /** Numbers of the entries that its rows are. */
  readonly seq: Float64Array;
}

/** Collects the entries of a slice: rows many at a time, others one by one. */
export class SliceBuilder {
  length = 0;
  readonly capacity: number;
  readonly firstSeq: number;
  readonly at: Float64Array;
  readonly source: Int16Array;
  private readonly buffers: Buffers;
  private kinds: Uint8Array | null = null;
  private payload: Float64Array | null = null;
  private partition: Int32Array | null = null;

  constructor(firstSeq: number, capacity: number, buffers: Buffers) {
    this.firstSeq = firstSeq;
    this.capacity = capacity;
    this.buffers = buffers;
    this.at = buffers.floats(capacity);
    const source = buffers.ints((capacity + 1) >> 1);
    this.source = new Int16Array(source.buffer, source.byteOffset, capacity);
  }

  lane(source: number, chunk: SourceChunk, row: number): Lane {
    return { source, chunk, from: row, row, to: row, seq: this.buffers.floats(this.capacity) };
  }

  /** An entry that is no row. */
  entry(entry: ManualEntry, atMs: number): void {
    const i = this.length++;
    this.at[i] = atMs;
    this.source[i] = entry.source;
    this.kinds ??= this.buffers.bytes(this.capacity).fill(0);
    this.payload ??= this.buffers.floats(this.capacity).fill(0);
    this.kinds[i] = entry.kind;
    this.payload[i] = entry.payload;
  }

  /** The rows that all lanes have up to their `to`, by processing time, then source. Stops where one lane has none left. */
  merge(lanes: readonly Lane[]): void {
    const [first, second] = lanes;
    const before = this.length;
    if (second === undefined) this.copy(first!);
    else if (lanes.length === 2) this.mergeTwo(first!, second);
    else this.mergeMany(lanes);
    for (const { chunk, from, row, seq } of lanes) {
      if (chunk.partition !== null) this.putPartitions(chunk.partition, { from, row, seq }, before);
    }
  }

  /** The rows of one lane, while there is room. */
  private copy(lane: Lane): void {
    const { at, source, firstSeq, length } = this;
    const count = Math.min(this.capacity - length, lane.to - lane.row);
    at.set(lane.chunk.at.subarray(lane.row, lane.row + count), length);
    source.fill(lane.source, length, length + count);
    countUp(lane.seq, lane.row - lane.from, lane.row - lane.from + count, firstSeq + length);
    lane.row += count;
    this.length += count;
  }

  // Which source comes next is anybody's guess, so that a branch on it would be guessed wrong half of the time, at more
  // than the cost of all the rest. Hence both numbers are written and one counts; and `Math.min` would be a branch, too.
  private mergeTwo(first: Lane, second: Lane): void {
    const { at, source, firstSeq, capacity } = this;
    const firstAt = first.chunk.at;
    const secondAt = second.chunk.at;
    const firstSeqs = first.seq;
    const secondSeqs = second.seq;
    const { from: firstFrom, to: firstTo } = first;
    const { from: secondFrom, to: secondTo } = second;
    let i = first.row;
    let j = second.row;
    let length = this.length;
    sources[0] = first.source;
    sources[1] = second.source;
    while (length < capacity && i < firstTo && j < secondTo) {
      const firstMs = firstAt[i]!;
      const secondMs = secondAt[j]!;
      const isSecond = +(secondMs < firstMs);
      firstSeqs[i - firstFrom] = firstSeq + length;
      secondSeqs[j - secondFrom] = firstSeq + length;
      times[0] = firstMs;
      times[1] = secondMs;
      at[length] = times[isSecond]!;
      source[length] = sources[isSecond]!;
      i = (i + 1 - isSecond) | 0;
      j = (j + isSecond) | 0;
      length = (length + 1) | 0;
    }
    first.row = i;
    second.row = j;
    this.length = length;
  }

  private mergeMany(lanes: readonly Lane[]): void {
    const { at, source, firstSeq, capacity } = this;
    while (this.length < capacity) {
      let next = lanes[0]!;
      let nextAt = Infinity;
      for (const lane of lanes) {
        if (lane.row === lane.to) return;
        const laneAt = lane.chunk.at[lane.row]!;
        if (laneAt >= nextAt) continue;
        next = lane;
        nextAt = laneAt;
      }
      next.seq[next.row - next.from] = firstSeq + this.length;
      at[this.length] = nextAt;
      source[this.length] = next.source;
      next.row++;
      this.length++;
    }
  }

  private putPartitions(stated: Int32Array, lane: Pick<Lane, 'from' | 'row' | 'seq'>, before: number): void {
    for (let row = lane.row - 1; row >= lane.from; row--) {
      const place = lane.seq[row - lane.from]! - this.firstSeq;
      if (place < before) return;
      if (stated[row] === 0) continue;
      this.partition ??= this.buffers.ints(this.capacity).fill(0);
      this.partition[place] = stated[row]!;
    }
  }

  /** `lanes` are those that gave rows, at most one of a source. */
  finish(lanes: readonly Lane[], sourceCount: number): LogSlice {
    const { firstSeq, length } = this;
    shareZeros(length);
    const rows = new Array<Batch | null>(sourceCount).fill(null);
    for (const { source, chunk, from, row, seq } of lanes) {
      if (row === from) continue;
      const numbers = firstOf(seq, row - from);
      rows[source] = { ...viewsOf(chunk, from, row), selection: null, seq: numbers, phase: null, origin: null };
    }
    return {
      firstSeq,
      length,
      kinds: firstOf(this.kinds ?? noKinds, length),
      at: firstOf(this.at, length),
      source: firstOf(this.source, length),
      partition: this.partition === null ? null : firstOf(this.partition, length),
      payload: firstOf(this.payload ?? noPayload, length),
      onlyRows: this.kinds === null,
      rows,
    };
  }
}
