import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Field } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { ExpiryCalendar } from '../shared/state/expiry-calendar.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { Arrivals, RowsSide, StoredSides } from './arrivals-buffer.ts';
import { TAKEN_AT_WATERMARK } from './arrivals-buffer.ts';
import type { QueueArrivals } from './key-queues-state.ts';
import { KeyQueues } from './key-queues-state.ts';

/** Bytes of a row beside its columns: its time, its place in the order, whether it has matched. */
const ROW_BYTES = 17;

/** What is known of a row, by bits. */
export const MATCHED = 1;
export const REFUSED = 2;
/** It came with the watermark at its very time: it stays until a later one. */
export const AT_WATERMARK = 4;

/**
 * The rows of both sides of an interval join that may still find a partner. Each row is in the store of its side and in a
 * queue, which is that of its key and side: `key * 2 + side`. The calendar knows when each row is to go.
 */
export class JoinRows implements StoredSides {
  readonly stores: readonly [RowStore, RowStore];
  readonly keys: KeyTable;
  readonly queues = new KeyQueues();
  readonly sides: readonly [RowsSide, RowsSide];
  /** By handle and side, `handle * 2 + side`: bits as above, how many rows had come before, the number of the key. */
  marks = new Uint8Array(0);
  private ordinals = new Float64Array(0);
  private keyOf = new Int32Array(0);
  /** How many rows there are of each key. */
  private rowsOf = new Int32Array(64);
  private arrivals = 0;
  private readonly reachMs: Float64Array;
  private readonly calendar = new ExpiryCalendar();
  private due = new Int32Array(0);
  /** Of each side, handles to be free again at the end of the round. */
  private readonly gone: [Int32Array, Int32Array] = [new Int32Array(0), new Int32Array(0)];
  private readonly goneCount: [number, number] = [0, 0];
  /** How many rows this round has taken back. */
  refusedCount = 0;

  constructor(left: RowsSide, right: RowsSide, keyFields: readonly Field[]) {
    this.sides = [left, right];
    this.reachMs = Float64Array.of(left.reachMs, right.reachMs);
    this.stores = [new RowStore(left.schema), new RowStore(right.schema)];
    this.keys = new KeyTable(keyFields);
  }

  /** Makes room for the handles of rows that were stored, and for keys up to `mostKey`. */
  reserve(mostKey: number): void {
    const handles = Math.max(this.stores[0].handleBound, this.stores[1].handleBound);
    if (this.marks.length < handles * 2) {
      this.marks = widened(this.marks, handles * 2);
      this.ordinals = widened(this.ordinals, handles * 2);
      this.keyOf = widened(this.keyOf, handles * 2);
      this.due = new Int32Array(handles * 2);
      // Behind the last one is written what does not count.
      this.gone[0] = widened(this.gone[0], handles + 1);
      this.gone[1] = widened(this.gone[1], handles + 1);
      this.calendar.reserve(handles * 2);
    }
    if (this.rowsOf.length <= mostKey) this.rowsOf = widened(this.rowsOf, (mostKey + 1) * 2);
    this.queues.reserve(mostKey);
  }

  get rows(): number {
    return this.stores[0].rows + this.stores[1].rows;
  }

  get bytes(): number {
    return this.stores[0].bytes + this.stores[1].bytes + this.rows * ROW_BYTES + this.keys.textBytes;
  }

  /** No queue holds more rows than this. */
  get mostInQueue(): number {
    return Math.min(this.queues.mostRows, Math.max(this.stores[0].rows, this.stores[1].rows));
  }

  /** Notes of rows that were stored that they come now: those of the first `count` places of their order. */
  note({ order, side, handles, keys, fates }: Arrivals, count: number): void {
    const { marks, ordinals, arrivals, keyOf, rowsOf } = this;
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      const key = keys[arrival]!;
      const at = (handles[arrival]! << 1) + side[arrival]!;
      marks[at] = fates[arrival] === TAKEN_AT_WATERMARK ? AT_WATERMARK : 0;
      ordinals[at] = arrivals + place;
      keyOf[at] = key;
      if (rowsOf[key]!++ === 0) this.keys.hold(key);
    }
    this.arrivals = arrivals + count;
  }

  /** Takes back that a row was kept. */
  refuse(key: number, side: 0 | 1, handle: number): void {
    this.marks[handle * 2 + side] = REFUSED;
    this.queues.remove(key, side, handle);
    this.gone[side][this.goneCount[side]++] = handle;
    this.refusedCount++;
  }

  /** Whether the watermark has overtaken a row, though it be only at the end of the round that it goes. */
  isGone(side: 0 | 1, handle: number, timeMs: EventTimeMs, watermark: WatermarkMs): boolean {
    if (timeMs + this.sides[side].reachMs > watermark) return false;
    return (timeMs as number) !== watermark || !this.isYoung(side, handle);
  }

  private isYoung(side: number, handle: number): boolean {
    return (this.marks[handle * 2 + side]! & AT_WATERMARK) !== 0;
  }

  /** Ends a round: what came in it is held, and rows that can find no partner at this watermark are forgotten. */
  settle(arrivals: Arrivals, watermark: WatermarkMs, fates: Fates): void {
    fates.held += arrivals.taken - this.refusedCount;
    this.schedule(arrivals, arrivals.taken, !arrivals.hasYoung && this.refusedCount === 0);
    for (const side of [0, 1] as const) {
      for (let i = 0; i < this.goneCount[side]; i++) this.leaveKey(this.keyOf[this.gone[side][i]! * 2 + side]!);
    }
    const count = this.calendar.takeDue(watermark, this.due);
    this.takeOutLast(watermark, count);
    const used = this.countUsed(count);
    fates.held -= count;
    fates.used += used;
    fates.unmatched += count - used;
    for (const side of [0, 1] as const) {
      this.queues.goneBeforeMs[side] = watermark - this.sides[side].reachMs;
      this.stores[side].releaseRows(this.gone[side].subarray(0, this.goneCount[side]));
      this.goneCount[side] = 0;
    }
    this.refusedCount = 0;
  }

  /** Lets each row go by the watermark; `plain` where none was refused or came with the watermark at its very time. */
  private schedule({ order, side, handles, times }: QueueArrivals, count: number, plain: boolean): void {
    const { marks, calendar, reachMs } = this;
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      const item = (handles[arrival]! << 1) + side[arrival]!;
      const timeMs = times[arrival]!;
      const reach = reachMs[side[arrival]!]!;
      if (plain) {
        calendar.add(item, timeMs + reach);
        continue;
      }
      const mark = marks[item]!;
      if ((mark & ~MATCHED) === 0) calendar.add(item, timeMs + reach);
      // Flink's timers fire with a later watermark, never with the one that stood when they were set.
      else if ((mark & REFUSED) === 0) {
        calendar.add(item, reach === 0 && (mark & AT_WATERMARK) !== 0 ? nextAbove(timeMs) : timeMs + reach);
      }
    }
  }

  /** Takes rows out of their queues that went with the very watermark: their time alone does not tell that they are gone. */
  private takeOutLast(watermark: WatermarkMs, count: number): void {
    const { calendar, due, keyOf } = this;
    for (let i = calendar.passedCount; i < count; i++) {
      const item = due[i]!;
      if (calendar.dueOf(item) === watermark) this.queues.remove(keyOf[item]!, item & 1, item >> 1);
    }
  }

  /** Lets go of the rows that are due, and says how many of them have matched. */
  private countUsed(count: number): number {
    const { due, marks, keyOf } = this;
    const [left, right] = this.gone;
    let [leftCount, rightCount] = this.goneCount;
    let used = 0;
    for (let i = 0; i < count; i++) {
      const item = due[i]!;
      const isRight = item & 1;
      used += marks[item]! & MATCHED;
      left[leftCount] = item >> 1;
      right[rightCount] = item >> 1;
      leftCount += 1 - isRight;
      rightCount += isRight;
      this.leaveKey(keyOf[item]!);
    }
    this.goneCount[0] = leftCount;
    this.goneCount[1] = rightCount;
    return used;
  }

  private leaveKey(key: number): void {
    if (--this.rowsOf[key]! > 0) return;
    this.queues.drop(key);
    this.keys.release(key);
  }

  /** Rows in the order in which they came: numbers of keys and handles differ from run to run and must not show. */
  snapshot(writer: StateWriter): void {
    for (const side of [0, 1] as const) {
      const count = this.stores[side].rows;
      const times = new Float64Array(count);
      const matched = new Uint8Array(count);
      const handles = this.inOrder(side, times);
      for (let i = 0; i < count; i++) matched[i] = this.marks[handles[i]! * 2 + side]! & MATCHED;
      writer.u32(count);
      writer.floats(times);
      writer.u8s(matched);
      this.stores[side].writeRows(writer, handles);
    }
  }

  /** A side's handles in order of arrival, and the time of each. */
  private inOrder(side: 0 | 1, times: Float64Array): Int32Array {
    const store = this.stores[side];
    const all = new Int32Array(store.rows);
    const timeOf = new Float64Array(store.handleBound);
    const ordinalOf = new Float64Array(store.handleBound);
    let end = 0;
    this.queues.forEach((queue, timeMs, handle) => {
      if ((queue & 1) !== side) return;
      all[end++] = handle;
      timeOf[handle] = timeMs;
      ordinalOf[handle] = this.ordinals[handle * 2 + side]!;
    });
    const handles = sortedBy(ordinalOf, all);
    for (let i = 0; i < handles.length; i++) times[i] = timeOf[handles[i]!]!;
    return handles;
  }

  /** `watermark` is the one that stood at the snapshot. */
  restore(reader: StateReader, watermark: WatermarkMs): void {
    this.keys.begin();
    for (const side of [0, 1] as const) {
      this.queues.goneBeforeMs[side] = watermark - this.sides[side].reachMs;
      this.restoreSide(side, reader, watermark);
    }
    this.keys.settle();
  }

  private restoreSide(side: 0 | 1, reader: StateReader, watermark: WatermarkMs): void {
    const { keyColumns, reachMs } = this.sides[side];
    const store = this.stores[side];
    const count = reader.u32();
    const times = new Float64Array(count);
    const matched = new Uint8Array(count);
    const handles = new Int32Array(count);
    const keys = new Int32Array(count);
    reader.floats(times);
    reader.u8s(matched);
    store.readRows(reader, handles);
    this.keys.idsOf(store.gatherColumns(keyColumns, handles), null, count, keys);
    let mostKey = 0;
    for (let i = 0; i < count; i++) {
      if (keys[i]! > mostKey) mostKey = keys[i]!;
    }
    this.reserve(mostKey);
    const order = Int32Array.from({ length: count }, (_, i) => i);
    const arrivals = { order, side: new Uint8Array(count).fill(side), times, keys, handles };
    for (let i = 0; i < count; i++) {
      const at = handles[i]! * 2 + side;
      // A row that is due and still there came with the watermark that stands.
      this.marks[at] = matched[i]! | (times[i]! + reachMs <= watermark ? AT_WATERMARK : 0);
      this.ordinals[at] = this.arrivals++;
      this.keyOf[at] = keys[i]!;
      if (this.rowsOf[keys[i]!]!++ === 0) this.keys.hold(keys[i]!);
    }
    this.queues.put(arrivals, count);
    this.schedule(arrivals, count, false);
  }
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
  return places.filter((handle) => handle >= 0);
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The least double above a finite one. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  double[0] = value;
  bits[0]! += value > 0 ? 1n : -1n;
  return double[0];
}
