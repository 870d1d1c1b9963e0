import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Field, Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { ExpiryCalendar } from '../shared/state/expiry-calendar.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { widened } from '../shared/state/stored-column.ts';
import { KeyRings } from './key-rings-state.ts';

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
}

/**
 * The rows of both sides of an interval join that may still find a partner. Each row is in the store of its side and in a
 * ring, which is that of its key and side: `key * 2 + side`. The calendar knows of each key when its first row is to go.
 */
export class JoinRows {
  readonly stores: readonly [RowStore, RowStore];
  readonly keys: KeyTable;
  readonly rings = new KeyRings();
  readonly sides: readonly [RowsSide, RowsSide];
  /** By handle and side, `handle * 2 + side`: bits as above, and how many rows had come before. */
  marks = new Uint8Array(0);
  private ordinals = new Float64Array(0);
  private arrivals = 0;
  private readonly calendar = new ExpiryCalendar();
  /** Rings whose first row is another since the round began; some more than once. */
  private changed = new Int32Array(64);
  private changedCount = 0;
  private dueKeys = new Int32Array(0);
  /** Of each side, handles to be free again at the end of the round. */
  private readonly gone: [Int32Array, Int32Array] = [new Int32Array(0), new Int32Array(0)];
  private readonly goneCount: [number, number] = [0, 0];
  private used = 0;
  /** How many rows this round has taken back. */
  refusedCount = 0;

  constructor(left: RowsSide, right: RowsSide, keyFields: readonly Field[]) {
    this.sides = [left, right];
    this.stores = [new RowStore(left.schema), new RowStore(right.schema)];
    this.keys = new KeyTable(keyFields);
  }

  /** Makes room for the handles of rows that were stored, of which `count` are new, and for their keys up to `mostKey`. */
  reserve(count: number, mostKey: number): void {
    const handles = Math.max(this.stores[0].handleBound, this.stores[1].handleBound);
    if (this.marks.length < handles * 2) {
      this.marks = widened(this.marks, handles * 2);
      this.ordinals = widened(this.ordinals, handles * 2);
      this.gone[0] = widened(this.gone[0], handles);
      this.gone[1] = widened(this.gone[1], handles);
    }
    // Behind the last one is written what does not count.
    if (this.changed.length <= count * 2) this.changed = widened(this.changed, count * 2 + 1);
    this.rings.reserve(mostKey * 2 + 2);
    this.calendar.reserve(mostKey + 1);
  }

  get rows(): number {
    return this.stores[0].rows + this.stores[1].rows;
  }

  get bytes(): number {
    return this.stores[0].bytes + this.stores[1].bytes + this.rows * ROW_BYTES + this.keys.textBytes;
  }

  /** No ring holds more rows than this. */
  get mostInRing(): number {
    return Math.min(this.rings.mostRows, Math.max(this.stores[0].rows, this.stores[1].rows));
  }

  /** Keeps a row of the store of the ring's side. `mark` is 0 or `AT_WATERMARK`. */
  keep(ring: number, timeMs: EventTimeMs, handle: number, mark: number): void {
    const at = handle * 2 + (ring & 1);
    this.marks[at] = mark;
    this.ordinals[at] = this.arrivals++;
    this.changed[this.changedCount] = ring;
    this.changedCount += +this.rings.insert(ring, timeMs, handle);
  }

  /** Takes back that a row was kept. */
  refuse(ring: number, handle: number): void {
    const side = (ring & 1) as 0 | 1;
    this.marks[handle * 2 + side] = REFUSED;
    this.rings.remove(ring, handle);
    this.changed[this.changedCount++] = ring;
    this.gone[side][this.goneCount[side]++] = handle;
    this.refusedCount++;
  }

  /** Whether the watermark has overtaken a row, though it be only at the end of the round that it goes. */
  isGone(side: 0 | 1, handle: number, timeMs: EventTimeMs, watermark: WatermarkMs): boolean {
    if (timeMs + this.sides[side].reachMs > watermark) return false;
    return (timeMs as number) !== watermark || !this.isYoung(side, handle);
  }

  /** The least watermark at which the first row of a key's ring goes; +∞ where there is none. */
  private goesAt(ring: number): WatermarkMs {
    if (this.rings.sizeOf(ring) === 0) return Infinity;
    const timeMs = this.rings.firstTime(ring);
    const { reachMs } = this.sides[(ring & 1) as 0 | 1];
    if (reachMs > 0) return timeMs + reachMs;
    // Flink's timers fire with a later watermark, never with the one that stood when they were set.
    return this.isYoung((ring & 1) as 0 | 1, this.rings.firstHandle(ring)) ? nextAbove(timeMs) : timeMs;
  }

  /** Ends a round: forgets all rows that can find no partner at this watermark. */
  expire(watermark: WatermarkMs, fates: Fates): void {
    this.schedule();
    const { calendar, keys } = this;
    if (this.dueKeys.length < calendar.size) this.dueKeys = new Int32Array(calendar.size * 2);
    const due = calendar.takeDue(watermark, this.dueKeys);
    let gone = 0;
    this.used = 0;
    for (let i = 0; i < due; i++) {
      const key = this.dueKeys[i]!;
      gone += this.forget(key * 2, watermark) + this.forget(key * 2 + 1, watermark);
      const goesAtMs = Math.min(this.goesAt(key * 2), this.goesAt(key * 2 + 1));
      if (goesAtMs === Infinity) keys.release(key);
      else calendar.set(key, goesAtMs);
    }
    fates.held -= gone;
    fates.used += this.used;
    fates.unmatched += gone - this.used;
    this.refusedCount = 0;
    this.releaseGone(0);
    this.releaseGone(1);
  }

  /** Takes the rows out of a ring that the watermark has overtaken. Returns how many. */
  private forget(ring: number, watermark: WatermarkMs): number {
    const { marks, rings } = this;
    const side = (ring & 1) as 0 | 1;
    const { reachMs } = this.sides[side];
    const gone = this.gone[side];
    const at = this.goneCount[side];
    let count = rings.firstUntil(ring, watermark - reachMs, gone, at);
    // Rows that came with this very watermark stay: they are the last to have come of their time.
    if (reachMs === 0) {
      while (count > 0 && rings.timeAt(ring, count - 1) === watermark && this.isYoung(side, gone[at + count - 1]!)) {
        count--;
      }
    }
    for (let i = at; i < at + count; i++) this.used += marks[gone[i]! * 2 + side]! & MATCHED;
    rings.removeFirsts(ring, count);
    this.goneCount[side] = at + count;
    return count;
  }

  private isYoung(side: 0 | 1, handle: number): boolean {
    return (this.marks[handle * 2 + side]! & AT_WATERMARK) !== 0;
  }

  /** Sees to it that the calendar knows when the first row of every key goes, and that kept keys are held. */
  private schedule(): void {
    const { changed, changedCount, calendar, keys } = this;
    for (let i = 0; i < changedCount; i++) {
      const key = changed[i]! >> 1;
      const isKnown = calendar.has(key);
      const goesAtMs = Math.min(this.goesAt(key * 2), this.goesAt(key * 2 + 1));
      if (goesAtMs < Infinity) {
        if (!isKnown) keys.hold(key);
        calendar.set(key, goesAtMs);
      } else if (isKnown) {
        calendar.remove(key);
        keys.release(key);
      }
    }
    this.changedCount = 0;
  }

  private releaseGone(side: 0 | 1): void {
    this.stores[side].releaseRows(this.gone[side].subarray(0, this.goneCount[side]));
    this.goneCount[side] = 0;
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
    this.rings.forEach((ring, timeMs, handle) => {
      if ((ring & 1) !== side) return;
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
      const { keyColumns, reachMs } = this.sides[side];
      const store = this.stores[side];
      const count = reader.u32();
      const times = new Float64Array(count);
      const matched = new Uint8Array(count);
      const handles = new Int32Array(count);
      const ids = new Int32Array(count);
      reader.floats(times);
      reader.u8s(matched);
      store.readRows(reader, handles);
      this.keys.idsOf(store.gatherColumns(keyColumns, handles), null, count, ids);
      this.reserve(
        this.changedCount + count,
        ids.reduce((most, id) => Math.max(most, id), 0),
      );
      for (let i = 0; i < count; i++) {
        const timeMs = times[i] as EventTimeMs;
        const isAtWatermark = timeMs + reachMs <= watermark;
        this.keep(ids[i]! * 2 + side, timeMs, handles[i]!, matched[i]! | (isAtWatermark ? AT_WATERMARK : 0));
      }
    }
    this.schedule();
    this.keys.settle();
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
