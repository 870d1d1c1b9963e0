import type { Column } from '../../stream/column.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';

/** The rows of one key and side, by time, equal times in order of arrival. Rows before `head` are gone. */
export interface Cache {
  /** Number of the key. */
  readonly key: number;
  /** 0 for the left side. */
  readonly side: 0 | 1;
  head: number;
  /** What the rows are matched by: event time, or the time of arrival. */
  readonly times: number[];
  readonly handles: number[];
  /** When the cache is looked through next; NaN when nothing waits. */
  timerMs: number;
}

/** All that is kept of one key. */
export interface Cell {
  readonly key: number;
  readonly caches: readonly [Cache, Cache];
}

export interface CachedRow {
  /** Its place in the store of its side. */
  readonly handle: number;
  readonly timeMs: number;
}

/** Bytes of a row beside its columns: two times, a handle, a flag. */
const ROW_BYTES = 25;
const CELL_BYTES = 96;
/** How many forgotten rows may stand at the head of a cache before it is moved up. */
const SLACK = 64;

/** What both sides of an interval join keep, by key, and the timers by which they forget it. */
export class Caches {
  readonly stores: readonly [RowStore, RowStore];
  private readonly keys: KeyTable;
  /** In order of the keys' first arrival since nothing was kept of them. */
  private readonly cells = new Map<number, Cell>();
  private readonly timers = new TimeBuckets<Cache>();
  private readonly eventTimes: readonly [EventTimeMs[], EventTimeMs[]] = [[], []];
  private readonly matched: readonly [boolean[], boolean[]] = [[], []];
  private most = 0;

  constructor(left: Schema, right: Schema, keyFields: readonly Field[]) {
    this.stores = [new RowStore(left), new RowStore(right)];
    this.keys = new KeyTable(keyFields);
  }

  /** The key's cell, a new one where nothing is kept. `settle` once done with it. */
  cellOf(keyColumns: readonly Column[], row: number): Cell {
    const key = this.keys.idOf(keyColumns, row);
    return this.cells.get(key) ?? this.open(key);
  }

  private open(key: number): Cell {
    this.keys.hold(key);
    const cacheOf = (side: 0 | 1): Cache => ({ key, side, head: 0, times: [], handles: [], timerMs: Number.NaN });
    const cell: Cell = { key, caches: [cacheOf(0), cacheOf(1)] };
    this.cells.set(key, cell);
    return cell;
  }

  /** Forgets a cell that holds nothing. */
  settle({ key, caches }: Cell): void {
    if (caches.some(({ times, timerMs }) => times.length > 0 || !Number.isNaN(timerMs))) return;
    this.cells.delete(key);
    this.keys.release(key);
  }

  /** Copies a row into the store of its side, not yet into a cache. */
  store(side: 0 | 1, columns: readonly Column[], row: number, eventTimeMs: EventTimeMs): number {
    const handle = this.stores[side].put(columns, row);
    this.eventTimes[side][handle] = eventTimeMs;
    this.matched[side][handle] = false;
    return handle;
  }

  /** The rows of a side that are still in reach, by key. */
  *rowsOf(side: 0 | 1): Generator<CachedRow> {
    for (const { caches } of this.cells.values()) {
      const { head, times, handles } = caches[side];
      for (let i = head; i < times.length; i++) yield { handle: handles[i]!, timeMs: times[i]! };
    }
  }

  release(side: 0 | 1, handle: number): void {
    this.stores[side].release(handle);
  }

  eventTimeOf(side: 0 | 1, handle: number): EventTimeMs {
    return this.eventTimes[side][handle]!;
  }

  isMatched(side: 0 | 1, handle: number): boolean {
    return this.matched[side][handle]!;
  }

  markMatched(side: 0 | 1, handle: number): void {
    this.matched[side][handle] = true;
  }

  keep(cache: Cache, { handle, timeMs }: CachedRow): void {
    const { times, handles } = cache;
    const at = firstAfter(cache, timeMs);
    times.splice(at, 0, timeMs);
    handles.splice(at, 0, handle);
    this.most = Math.max(this.most, times.length - cache.head);
  }

  /** Takes the first `count` rows out of the cache; their handles are the caller's to release. */
  takeFirst(cache: Cache, count: number): readonly number[] {
    const taken = cache.handles.slice(cache.head, cache.head + count);
    cache.head += count;
    const isEmpty = cache.head === cache.times.length;
    if (isEmpty || (cache.head > SLACK && cache.head * 2 > cache.times.length)) {
      cache.times.splice(0, cache.head);
      cache.handles.splice(0, cache.head);
      cache.head = 0;
    }
    return taken;
  }

  setTimer(cache: Cache, timeMs: number): void {
    cache.timerMs = timeMs;
    this.timers.add(timeMs, cache);
  }

  get firstTimerMs(): number {
    return this.timers.firstTimeMs;
  }

  /** The cells that wait for the first timer, in the order in which they came to. Their timers are theirs to reset. */
  takeFirstTimers(): readonly Cell[] {
    return [...new Set(this.timers.takeFirst().map(({ key }) => this.cells.get(key)!))];
  }

  get lastTimerMs(): number {
    let last = -Infinity;
    for (const { timerMs } of this.timers) last = Math.max(last, timerMs);
    return last;
  }

  /** No cache holds more rows than this. */
  get mostInCache(): number {
    return Math.min(this.most, Math.max(this.stores[0].rows, this.stores[1].rows));
  }

  get rows(): number {
    return this.stores[0].rows + this.stores[1].rows;
  }

  get bytes(): number {
    const stored = this.stores[0].bytes + this.stores[1].bytes;
    return stored + this.rows * ROW_BYTES + this.cells.size * CELL_BYTES + this.keys.textBytes;
  }

  snapshot(writer: StateWriter): void {
    const numbers = new Map<number, number>();
    writer.u32(this.cells.size);
    for (const cell of this.cells.values()) {
      numbers.set(cell.key, numbers.size);
      this.keys.write(writer, cell.key);
      for (const cache of cell.caches) this.writeCache(writer, cache);
    }
    // Times in order; those of one time in the order in which they were set, as the buckets hold them.
    const timers = [...this.timers].sort((a, b) => a.timerMs - b.timerMs);
    writer.u32(timers.length);
    for (const { key, side, timerMs } of timers) {
      writer.u32(numbers.get(key)!);
      writer.u8(side);
      writer.f64(timerMs);
    }
  }

  private writeCache(writer: StateWriter, { side, head, times, handles }: Cache): void {
    writer.u32(times.length - head);
    for (let i = head; i < times.length; i++) {
      const handle = handles[i]!;
      writer.f64(times[i]!);
      writer.f64(this.eventTimes[side][handle]!);
      writer.u8(this.matched[side][handle]! ? 1 : 0);
      this.stores[side].write(writer, handle);
    }
  }

  restore(reader: StateReader): void {
    const cells: Cell[] = [];
    const count = reader.u32();
    for (let i = 0; i < count; i++) {
      const cell = this.open(this.keys.read(reader));
      cells.push(cell);
      for (const cache of cell.caches) this.readCache(reader, cache);
    }
    const timers = reader.u32();
    for (let i = 0; i < timers; i++) {
      const cell = cells[reader.u32()]!;
      const cache = cell.caches[reader.u8() === 0 ? 0 : 1];
      this.setTimer(cache, reader.f64());
    }
  }

  private readCache(reader: StateReader, cache: Cache): void {
    const { side } = cache;
    const rows = reader.u32();
    for (let i = 0; i < rows; i++) {
      const timeMs = reader.f64();
      const eventTimeMs = reader.f64();
      const isMatched = reader.u8() === 1;
      const handle = this.stores[side].read(reader);
      this.eventTimes[side][handle] = eventTimeMs;
      this.matched[side][handle] = isMatched;
      this.keep(cache, { handle, timeMs });
    }
  }
}

/** Place of the first row at or after `timeMs`. */
export function firstAtLeast({ head, times }: Cache, timeMs: number): number {
  let low = head;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place behind the last row at or before `timeMs`. */
export function firstAfter({ head, times }: Cache, timeMs: number): number {
  let low = head;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
