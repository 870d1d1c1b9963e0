import type { Column } from '../../stream/column.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, WatermarkMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowColumns } from '../shared/state/row-columns.ts';
import type { Rows } from '../shared/state/stored-column.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { QueueRows } from './key-queues-state.ts';
import { KeyQueues } from './key-queues-state.ts';
import { RowBlocks, blockOf } from './row-blocks-state.ts';

/** Bytes of a row beside its columns: its time, its place in the order, whether it has matched. */
const ROW_BYTES = 17;

/** What is known of a row, by bits. */
export const MATCHED = 1;
export const REFUSED = 2;
/** It came with the watermark at its very time: it stays until a later one. */
export const AT_WATERMARK = 4;

export interface RowsSide {
  readonly schema: Schema;
  readonly keyColumns: readonly number[];
  /** A row is forgotten by the first watermark that is as far behind its time, and later than that at which it came. */
  readonly reachMs: DurationMs;
  /** What a row adds to its time to have the ends of its interval, both in it. */
  readonly fromMs: DurationMs;
  readonly toMs: DurationMs;
}

/** Rows to be kept: `rows` of the columns and of the times, and the number of each one's key. */
export interface NewRows {
  readonly columns: readonly Column[];
  readonly times: Float64Array;
  readonly rows: Rows;
  readonly keys: Int32Array;
}

interface TakenRows extends Omit<NewRows, 'columns'> {
  readonly side: 0 | 1;
  readonly handles: Int32Array;
}

interface RestoredRows extends TakenRows {
  /** Of each row, `MATCHED` or nothing. */
  readonly matched: Uint8Array;
}

/**
 * The rows of both sides of an interval join that may still find a partner. Each row has a handle among those of its side; by
 * handle and side, that is by item, `handle * 2 + side`, lies what is known of it. Each is in a queue, which is that of its
 * key and side.
 */
export class JoinRows implements QueueRows {
  readonly stores: readonly [RowColumns, RowColumns];
  readonly keys: KeyTable;
  readonly queues: KeyQueues;
  readonly sides: readonly [RowsSide, RowsSide];
  /** By item: its time, NaN where no row is; the number of its key; bits as above; how many rows of its side came before. */
  times = new Float64Array(0);
  keyOf = new Int32Array(0);
  marks = new Uint8Array(0);
  private ordinals = new Float64Array(0);
  /** How many rows there are of each key. */
  private rowsOf = new Int32Array(64);
  private readonly arrived: [number, number] = [0, 0];
  private readonly blocks: readonly [RowBlocks, RowBlocks];
  /** Scratch: handles that are given out, or taken back. */
  private handles = new Int32Array(0);
  /** Items of rows that this round has taken back. */
  private refused: number[] = [];

  constructor(left: RowsSide, right: RowsSide, keyFields: readonly Field[]) {
    this.sides = [left, right];
    this.stores = [new RowColumns(left.schema), new RowColumns(right.schema)];
    this.blocks = [new RowBlocks(0, left.reachMs), new RowBlocks(1, right.reachMs)];
    this.keys = new KeyTable(keyFields);
    this.queues = new KeyQueues(Float64Array.of(left.fromMs, right.fromMs), Float64Array.of(left.toMs, right.toMs));
  }

  private reserveRows(handles: number): void {
    const before = this.times.length;
    if (before >= handles * 2) return;
    const items = Math.max(handles, before) * 2;
    this.times = widened(this.times, items).fill(Number.NaN, before);
    this.keyOf = widened(this.keyOf, items);
    this.marks = widened(this.marks, items);
    this.ordinals = widened(this.ordinals, items);
    // Behind the last one is written what does not count.
    this.handles = new Int32Array(items / 2 + 1);
    for (const store of this.stores) store.reserve(items / 2);
  }

  private reserveKeys(bound = this.keys.bound): void {
    if (this.rowsOf.length < bound) this.rowsOf = widened(this.rowsOf, bound * 2);
    this.queues.reserve(bound);
  }

  /** Handles and times of a side's rows, in no order. */
  *kept(side: 0 | 1): Generator<{ readonly handle: number; readonly timeMs: number }> {
    for (let item: number = side; item < this.times.length; item += 2) {
      const timeMs = this.times[item]!;
      if (timeMs === timeMs) yield { handle: item >> 1, timeMs };
    }
  }

  get rowsOfSides(): readonly [left: number, right: number] {
    return [this.blocks[0].rows, this.blocks[1].rows];
  }

  get rows(): number {
    return this.blocks[0].rows + this.blocks[1].rows;
  }

  get bytes(): number {
    let bytes = this.rows * ROW_BYTES + this.keys.textBytes;
    for (const side of [0, 1] as const) bytes += this.stores[side].bytesOf(this.blocks[side].rows);
    return bytes;
  }

  /** No queue holds more rows than this. */
  get mostInQueue(): number {
    return Math.min(this.queues.mostRows, Math.max(this.blocks[0].rows, this.blocks[1].rows));
  }

  /** Keeps rows of a side, in order of arrival, and writes their items. They are in no queue yet. */
  put(side: 0 | 1, { columns, rows, times, keys }: NewRows, items: Int32Array): void {
    const handles = this.take(side, items.length);
    this.stores[side].putRows(columns, rows, handles);
    this.note({ side, handles, times, rows, keys }, items);
  }

  private take(side: 0 | 1, count: number): Int32Array {
    this.reserveRows(this.blocks[side].bound(count));
    const handles = this.handles.subarray(0, count);
    this.blocks[side].take(handles, this.times);
    return handles;
  }

  /** Notes what is known of rows whose handles were given out. */
  private note({ side, handles, times: timesOfRows, rows, keys }: TakenRows, items: Int32Array): void {
    this.reserveKeys();
    const { times, keyOf, marks, ordinals, rowsOf } = this;
    const blocks = this.blocks[side];
    const first = this.arrived[side];
    const count = handles.length;
    for (let i = 0; i < count;) {
      const block = blockOf(handles[i]!);
      let leastMs = Infinity;
      for (; i < count && blockOf(handles[i]!) === block; i++) {
        const item = (handles[i]! << 1) + side;
        const timeMs = timesOfRows[rows === null ? i : rows[i]!]!;
        const key = keys[i]!;
        items[i] = item;
        times[item] = timeMs;
        keyOf[item] = key;
        marks[item] = 0;
        ordinals[item] = first + i;
        if (timeMs < leastMs) leastMs = timeMs;
        if (rowsOf[key]!++ === 0) this.keys.hold(key);
      }
      blocks.note(block, leastMs);
    }
    this.arrived[side] = first + count;
  }

  /** Takes back that a row was kept. */
  refuse(item: number): void {
    this.marks[item] = REFUSED;
    this.queues.remove(this.keyOf[item]!, item & 1, item >> 1);
    this.refused.push(item);
  }

  /** Whether the watermark has overtaken a row, though it be only at the end of the round that it goes. */
  isGone(item: number, watermark: WatermarkMs): boolean {
    const timeMs = this.times[item]!;
    if (timeMs + this.sides[item & 1]!.reachMs > watermark) return false;
    return timeMs !== watermark || !this.isYoung(item);
  }

  isYoung(item: number): boolean {
    return (this.marks[item]! & AT_WATERMARK) !== 0;
  }

  /** Tells the queues that rows that come from now on find none that are gone at a watermark. */
  letGo(watermark: WatermarkMs): void {
    for (const side of [0, 1] as const) this.queues.goneBeforeMs[side] = watermark - this.sides[side].reachMs;
  }

  /** Ends a round in which `taken` rows came: they are held, and those that can find no partner at this watermark are forgotten. */
  settle(taken: number, watermark: WatermarkMs, fates: Fates): void {
    fates.held += taken - this.refused.length;
    for (const item of this.refused) this.forget(item);
    this.refused = [];
    for (const side of [0, 1] as const) this.forgetDue(side, watermark, fates);
    this.letGo(watermark);
  }

  private forgetDue(side: 0 | 1, watermark: WatermarkMs, fates: Fates): void {
    const { times, marks, handles, keyOf } = this;
    const { reachMs } = this.sides[side];
    const count = this.blocks[side].due(watermark, times, handles);
    let gone = 0;
    let used = 0;
    for (let i = 0; i < count; i++) {
      const handle = handles[i]!;
      const item = (handle << 1) + side;
      const timeMs = times[item]!;
      // The time alone does not tell of rows that go with the very watermark.
      if (timeMs + reachMs === watermark) {
        // Flink's timers fire with a later watermark, never with the one that stood when they were set.
        if (timeMs === watermark && this.isYoung(item)) {
          this.blocks[side].keep(handle, timeMs);
          continue;
        }
        this.queues.remove(keyOf[item]!, side, handle);
      }
      used += marks[item]! & MATCHED;
      handles[gone++] = handle;
      times[item] = Number.NaN;
      this.leaveKey(keyOf[item]!);
    }
    this.stores[side].clearRows(handles.subarray(0, gone));
    fates.held -= gone;
    fates.used += used;
    fates.unmatched += gone - used;
  }

  private forget(item: number): void {
    this.times[item] = Number.NaN;
    this.blocks[item & 1]!.release(item >> 1);
    this.stores[item & 1]!.clearRows(Int32Array.of(item >> 1));
    this.leaveKey(this.keyOf[item]!);
  }

  private leaveKey(key: number): void {
    if (--this.rowsOf[key]! > 0) return;
    this.queues.drop(key);
    this.keys.release(key);
  }

  /** Rows in the order in which they came: numbers of keys and handles differ from run to run and must not show. */
  snapshot(writer: StateWriter): void {
    for (const side of [0, 1] as const) {
      const handles = this.inOrder(side);
      const count = handles.length;
      const times = new Float64Array(count);
      const matched = new Uint8Array(count);
      for (let i = 0; i < count; i++) {
        const item = handles[i]! * 2 + side;
        times[i] = this.times[item]!;
        matched[i] = this.marks[item]! & MATCHED;
      }
      writer.u32(count);
      writer.floats(times);
      writer.u8s(matched);
      this.stores[side].writeRows(writer, handles);
    }
  }

  /** A side's handles in order of arrival. */
  private inOrder(side: 0 | 1): Int32Array {
    const { times, ordinals } = this;
    const handles = new Int32Array(this.blocks[side].rows);
    const ordinalOf = new Float64Array(times.length / 2);
    let count = 0;
    for (let item = side; item < times.length; item += 2) {
      if (Number.isNaN(times[item]!)) continue;
      handles[count++] = item >> 1;
      ordinalOf[item >> 1] = ordinals[item]!;
    }
    return sortedBy(ordinalOf, handles);
  }

  /** `watermark` is the one that stood at the snapshot. */
  restore(reader: StateReader, watermark: WatermarkMs): void {
    this.keys.begin();
    this.letGo(watermark);
    const read = ([0, 1] as const).map((side) => this.readSide(side, reader));
    // Room is made once, for both sides and for what comes next: there is much of it where each row has a key of its own.
    this.reserveKeys(withSpare(this.keys.bound));
    for (const rows of read) this.putBack(rows, watermark);
    this.keys.settle();
  }

  private readSide(side: 0 | 1, reader: StateReader): RestoredRows {
    const store = this.stores[side];
    const count = reader.u32();
    const times = new Float64Array(count);
    const matched = new Uint8Array(count);
    const keys = new Int32Array(count);
    reader.floats(times);
    reader.u8s(matched);
    this.reserveRows(withSpare(this.blocks[side].bound(count)));
    // What is taken next lies in the same scratch.
    const handles = this.take(side, count).slice();
    store.readRows(reader, handles);
    this.keys.idsOf(store.gatherColumns(this.sides[side].keyColumns, handles), null, count, keys);
    return { side, handles, times, rows: null, keys, matched };
  }

  private putBack(read: RestoredRows, watermark: WatermarkMs): void {
    const { side, handles, times, keys, matched } = read;
    const { reachMs } = this.sides[side];
    const items = new Int32Array(handles.length);
    this.note(read, items);
    const { marks, queues } = this;
    for (let i = 0; i < items.length; i++) {
      // A row that is due and still there came with the watermark that stands.
      marks[items[i]!] = matched[i]! | (times[i]! + reachMs <= watermark ? AT_WATERMARK : 0);
      queues.put(keys[i]!, side, times[i]!, handles[i]!);
    }
  }
}

function withSpare(count: number): number {
  return count + (count >> 2);
}

/** The handles in ascending order of what `ordinals` has for each; whole numbers, no two the same. */
function sortedBy(ordinals: Float64Array, handles: Int32Array): Int32Array {
  if (handles.length < 2) return handles;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < handles.length; i++) {
    const ordinal = ordinals[handles[i]!]!;
    if (ordinal < least) least = ordinal;
    if (ordinal > most) most = ordinal;
  }
  const span = most - least + 1;
  // Rows of much the same age, as nearly always: each has its own place between the first and the last.
  if (span > handles.length * 8) return handles.sort((a, b) => ordinals[a]! - ordinals[b]!);
  const places = new Int32Array(span).fill(-1);
  for (let i = 0; i < handles.length; i++) places[ordinals[handles[i]!]! - least] = handles[i]!;
  let count = 0;
  for (let i = 0; i < span; i++) if (places[i]! >= 0) handles[count++] = places[i]!;
  return handles;
}
