import type { LogSlice } from '../../stream/log-slice.ts';
import { ENTRY_CLOCK, ENTRY_END } from '../../stream/log-slice.ts';
import type { Problem } from '../../stream/problem.ts';
import { assert, defined } from '../../stream/assert.ts';
import { RoundBuffers } from '../../stream/round-buffers.ts';
import type { Rejects } from '../rejects.ts';
import type { SourceChunk, SourceProgress, SourceReader } from '../source-reader.ts';
import { ClockTicks } from './clock-ticks.ts';
import type { AppendedEntry, Log, ManualEntry } from './log.ts';
import { insertManual } from './log.ts';
import type { Lane } from './slice-builder.ts';
import { SliceBuilder, rowsSlice, singleEntry } from './slice-builder.ts';

export interface EventLogOptions {
  /** In the document's order of sources. */
  readonly readers: readonly SourceReader[];
  readonly tickMs: number;
  /** How long after each row the clock must go on ticking; null when no node needs the clock. */
  readonly clockHorizonMs: number | null;
  /** What was put into an earlier run by hand, to be repeated here. */
  readonly appended?: readonly AppendedEntry[];
  /** For how many slices more than itself a slice is kept: none where it is done with before the next. For ever if left out. */
  readonly keptSlices?: number;
}

/** Where one reader stands: rows `row` .. of `chunk` are not in the log yet. */
interface Cursor {
  readonly reader: SourceReader;
  chunk: SourceChunk | null;
  row: number;
  ended: boolean;
  endWritten: boolean;
  lastAtMs: number;
}

/**
 * Merges sources into one log, by processing time, then source, then row. A source's `end` stands right behind its last
 * row, that of an empty source before everything. Rows are views of the readers' chunks; a slice never crosses the end
 * of a chunk.
 */
export class EventLog implements Log {
  nextSeq = 0;
  readonly appended: AppendedEntry[];
  private readonly cursors: readonly Cursor[];
  private readonly ticks: ClockTicks;
  private readonly buffers: RoundBuffers;
  private atMs = -Infinity;
  private appendedNext = 0;

  constructor(options: EventLogOptions) {
    assert(options.tickMs > 0, 'a positive tick');
    this.ticks = new ClockTicks(options.tickMs, options.clockHorizonMs);
    this.buffers = new RoundBuffers(options.keptSlices ?? Infinity);
    this.appended = [...(options.appended ?? [])];
    this.cursors = options.readers.map((reader) => ({
      reader,
      chunk: null,
      row: 0,
      ended: false,
      endWritten: false,
      lastAtMs: -Infinity,
    }));
  }

  nextSlice(maxEntries: number): LogSlice | null | Promise<LogSlice | null> {
    assert(maxEntries >= 1, 'a slice of at least one entry');
    for (const cursor of this.cursors) {
      if (!cursor.ended && cursor.chunk === null) return this.refillThenCut(maxEntries);
    }
    return this.cut(maxEntries);
  }

  private refillThenCut(maxEntries: number): LogSlice | null | Promise<LogSlice | null> {
    for (const cursor of this.cursors) {
      while (!cursor.ended && cursor.chunk === null) {
        const next = cursor.reader.next();
        if (next instanceof Promise) {
          return next.then((chunk) => {
            accept(cursor, chunk);
            return this.refillThenCut(maxEntries);
          });
        }
        accept(cursor, next);
      }
    }
    return this.cut(maxEntries);
  }

  private cut(maxEntries: number): LogSlice | null {
    this.buffers.nextRound();
    const manual = this.appended[this.appendedNext];
    if (manual !== undefined && manual.seq === this.nextSeq) {
      this.appendedNext++;
      if (this.atMs === -Infinity) this.atMs = this.firstAtMs();
      const slice = singleEntry(manual, this.nextSeq, this.atMs, this.cursors.length);
      this.atMs = slice.at[0] ?? this.atMs;
      return this.handOut(slice);
    }
    const limit = manual === undefined ? maxEntries : Math.min(maxEntries, manual.seq - this.nextSeq);
    const only = this.onlyCursor();
    if (only >= 0 && !this.ticks.needed) return this.cutRows(only, limit);
    return this.cutMerged(limit);
  }

  /** Index of the one source that still has rows, -1 when there is another, or an `end` due. */
  private onlyCursor(): number {
    let only = -1;
    for (let s = 0; s < this.cursors.length; s++) {
      const cursor = defined(this.cursors[s], 'cursor');
      if (cursor.endWritten) continue;
      if (cursor.ended || only >= 0) return -1;
      only = s;
    }
    return only;
  }

  private cutRows(source: number, limit: number): LogSlice {
    const cursor = defined(this.cursors[source], 'cursor');
    const chunk = defined(cursor.chunk, 'chunk');
    const to = Math.min(chunk.length, cursor.row + limit);
    const place = { firstSeq: this.nextSeq, source, sources: this.cursors.length };
    const slice = rowsSlice(chunk, { from: cursor.row, to }, place, this.buffers);
    this.atMs = slice.at[slice.length - 1] ?? this.atMs;
    cursor.lastAtMs = this.atMs;
    advance(cursor, to);
    return this.handOut(slice);
  }

  private cutMerged(limit: number): LogSlice | null {
    const builder = new SliceBuilder(this.nextSeq, limit, this.buffers);
    const lanes: Lane[] = [];
    this.cursors.forEach(({ chunk, row }, s) => {
      if (chunk !== null) lanes.push(builder.lane(s, chunk, row));
    });
    while (builder.length < limit && this.extend(builder, lanes));
    return builder.length === 0 ? null : this.handOut(builder.finish(lanes, this.cursors.length));
  }

  /**
   * Writes the entries that come next: an end, a tick, or all rows before the next tick. False when a source has to be
   * refilled before anyone knows the entry after them.
   */
  private extend(builder: SliceBuilder, lanes: readonly Lane[]): boolean {
    // The end stands behind the source's own last row, before anything else at that time.
    const ended = this.cursors.findIndex(({ chunk, endWritten }) => chunk === null && !endWritten);
    if (ended >= 0) {
      const cursor = defined(this.cursors[ended], 'cursor');
      this.atMs = Math.max(this.atMs, this.endAtMs(cursor));
      builder.entry({ kind: ENTRY_END, source: ended, partition: 0, payload: 0 }, this.atMs);
      cursor.endWritten = true;
      return true;
    }
    if (lanes.length === 0) return false;
    const busy = this.rowsBefore(this.ticks.boundMs, builder, lanes);
    if (busy.length > 0) return this.merge(builder, busy);
    const tickMs = this.ticks.boundMs;
    this.ticks.ticked();
    this.atMs = Math.max(this.atMs, tickMs);
    builder.entry({ kind: ENTRY_CLOCK, source: -1, partition: 0, payload: tickMs }, this.atMs);
    return true;
  }

  /** The lanes that have rows before `boundMs`, made to end there; -∞: the lane of the next row, made to end behind it. */
  private rowsBefore(boundMs: number, builder: SliceBuilder, lanes: readonly Lane[]): readonly Lane[] {
    const room = builder.capacity - builder.length;
    let next: Lane | undefined;
    for (const lane of lanes) {
      const { chunk, row } = lane;
      if (boundMs > -Infinity) lane.to = firstAtLeast(chunk.at, boundMs, row, Math.min(chunk.length, row + room));
      else if (next === undefined || timeOf(lane) < timeOf(next)) next = lane;
    }
    if (boundMs > -Infinity) return lanes.filter(({ row, to }) => row < to);
    const lane = defined(next, 'lane');
    lane.to = lane.row + 1;
    return [lane];
  }

  private merge(builder: SliceBuilder, busy: readonly Lane[]): boolean {
    builder.merge(busy);
    this.atMs = builder.at[builder.length - 1] ?? this.atMs;
    this.ticks.row(this.atMs);
    let isAtHand = true;
    for (const { source, chunk, row, from } of busy) {
      const cursor = defined(this.cursors[source], 'cursor');
      if (row > from) cursor.lastAtMs = chunk.at[row - 1] ?? cursor.lastAtMs;
      advance(cursor, row);
      if (cursor.chunk === null) isAtHand = false;
    }
    return isAtHand;
  }

  private endAtMs(cursor: Cursor): number {
    if (cursor.lastAtMs > -Infinity) return cursor.lastAtMs;
    return this.atMs > -Infinity ? this.atMs : this.firstAtMs();
  }

  private firstAtMs(): number {
    let first = Infinity;
    for (const cursor of this.cursors) first = Math.min(first, cursor.chunk?.at[cursor.row] ?? Infinity);
    return first === Infinity ? 0 : first;
  }

  private handOut(slice: LogSlice): LogSlice {
    this.nextSeq += slice.length;
    return slice;
  }

  appendEntry(entry: ManualEntry): number {
    return insertManual(this.appended, this.appendedNext, this.nextSeq, entry);
  }

  progress(source: number): SourceProgress {
    return this.reader(source).progress();
  }

  rejects(source: number): Rejects {
    return this.reader(source).rejects;
  }

  problems(source: number): readonly Problem[] {
    return this.reader(source).problems();
  }

  private reader(source: number): SourceReader {
    return defined(this.cursors[source], 'source').reader;
  }
}

function accept(cursor: Cursor, chunk: SourceChunk | null): void {
  if (chunk === null) cursor.ended = true;
  else if (chunk.length > 0) {
    cursor.chunk = chunk;
    cursor.row = 0;
  }
}

function advance(cursor: Cursor, row: number): void {
  cursor.row = row;
  if (cursor.chunk !== null && row >= cursor.chunk.length) {
    cursor.chunk = null;
    cursor.row = 0;
  }
}

function timeOf({ chunk, row }: Lane): number {
  return chunk.at[row] ?? Infinity;
}

/** First of the times in [from, to) that is at least `value`; `to` when there is none. Times never go back. */
function firstAtLeast(times: Float64Array, value: number, from: number, to: number): number {
  if (value === Infinity) return to;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
