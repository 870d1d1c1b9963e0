import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import { ExpiryCalendar } from '../shared/state/expiry-calendar.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { widened } from '../shared/state/stored-column.ts';
import type { KeyRings } from './key-rings-state.ts';

/** Bytes of a row beside its columns: its time, its expiry, whether it has matched. */
const ROW_BYTES = 17;

const MATCHED = 1;
const REFUSED = 2;
/** The row came with the watermark at its very time: it stays until a later one. */
const AT_WATERMARK = 4;

/** What a side shares with the other. */
export interface SharedParts {
  readonly keys: KeyTable;
  readonly rings: KeyRings;
}

/** Which side, and how its rows are known. */
export interface SideRules {
  /** 0 for the left one. */
  readonly number: 0 | 1;
  readonly schema: Schema;
  readonly keyColumns: readonly number[];
  /** The least watermark at which a row is forgotten that came before it. */
  readonly expiresAt: (timeMs: EventTimeMs) => WatermarkMs;
}

/**
 * One side of a buffered interval join: the rows that may still find a partner. A row is in the store, in the ring of its
 * key and side, and from the end of its round on in the calendar by which it is forgotten.
 */
export class KeptRows {
  readonly store: RowStore;
  readonly rules: SideRules;
  private readonly shared: SharedParts;
  private readonly calendar = new ExpiryCalendar();
  /** By handle: bits as above, the ring, how many rows had come before. */
  marks = new Uint8Array(0);
  private ringOf = new Int32Array(0);
  private ordinals = new Float64Array(0);
  private arrivals = 0;
  private due = new Int32Array(0);
  private refused: number[] = [];

  constructor(rules: SideRules, shared: SharedParts) {
    this.rules = rules;
    this.shared = shared;
    this.store = new RowStore(rules.schema);
    this.reserve();
  }

  /** Makes room for every handle that there is. Call it once rows were put. */
  reserve(): void {
    const { handleBound } = this.store;
    if (this.marks.length >= handleBound) return;
    this.marks = widened(this.marks, handleBound);
    this.ringOf = widened(this.ringOf, handleBound);
    this.ordinals = widened(this.ordinals, handleBound);
    this.calendar.reserve(handleBound);
    this.due = new Int32Array(handleBound);
  }

  get bytes(): number {
    return this.store.bytes + this.store.rows * ROW_BYTES;
  }

  /** Puts a row of the store into the ring of its key. */
  keep(key: number, timeMs: EventTimeMs, handle: number, isAtWatermark: boolean): void {
    const ring = key * 2 + this.rules.number;
    this.marks[handle] = isAtWatermark ? AT_WATERMARK : 0;
    this.ringOf[handle] = ring;
    this.ordinals[handle] = this.arrivals++;
    if (this.shared.rings.insert(ring, timeMs, handle) === 1) this.shared.keys.hold(key);
  }

  markMatched(handle: number): void {
    this.marks[handle]! |= MATCHED;
  }

  isRefused(handle: number): boolean {
    return (this.marks[handle]! & REFUSED) !== 0;
  }

  /** Takes back that a row was kept. Its handle is free again at the end of the round. */
  refuse(handle: number): void {
    this.marks[handle] = REFUSED;
    this.refused.push(handle);
    const ring = this.ringOf[handle]!;
    if (this.shared.rings.remove(ring, handle) === 0) this.shared.keys.release(ring >> 1);
  }

  /** Whether the row was forgotten by the time of this watermark, though it be only at the end of the round that it goes. */
  isGone(handle: number, timeMs: EventTimeMs, watermark: WatermarkMs): boolean {
    if (this.rules.expiresAt(timeMs) > watermark) return false;
    return (timeMs as number) !== watermark || (this.marks[handle]! & AT_WATERMARK) === 0;
  }

  /** Lets a row that is kept go by itself. */
  schedule(handle: number, timeMs: EventTimeMs): void {
    const expiresAt = this.rules.expiresAt(timeMs);
    // Flink's timers fire with a later watermark, never with the one that stood when they were set.
    const isLater = expiresAt <= timeMs && (this.marks[handle]! & AT_WATERMARK) !== 0;
    this.calendar.add(handle, isLater ? nextAbove(timeMs) : expiresAt);
  }

  /** Ends a round: forgets all rows that can find no partner at this watermark. */
  expire(watermark: WatermarkMs, fates: Fates): void {
    const { due, marks, ringOf } = this;
    const { rings, keys } = this.shared;
    const count = this.calendar.takeDue(watermark, due, 0);
    let used = 0;
    // What is due of a ring is its earliest rows: going by time, they are its first.
    for (let i = 0; i < count; i++) {
      const handle = due[i]!;
      used += marks[handle]! & MATCHED;
      const ring = ringOf[handle]!;
      if (rings.removeFirst(ring) === 0) keys.release(ring >> 1);
    }
    fates.held -= count;
    fates.used += used;
    fates.unmatched += count - used;
    this.store.releaseRows(due.subarray(0, count));
    if (this.refused.length === 0) return;
    this.store.releaseRows(Int32Array.from(this.refused));
    this.refused = [];
  }

  /** Rows in the order in which they came: numbers of keys and handles differ from run to run and must not show. */
  snapshot(writer: StateWriter): void {
    const count = this.store.rows;
    const times = new Float64Array(count);
    const matched = new Uint8Array(count);
    const handles = this.inOrder(times);
    for (let i = 0; i < count; i++) matched[i] = this.marks[handles[i]!]! & MATCHED;
    writer.u32(count);
    writer.floats(times);
    writer.u8s(matched);
    this.store.writeRows(writer, handles);
  }

  /** Handles in order of arrival, and the time of each. */
  private inOrder(times: Float64Array): Int32Array {
    const count = this.store.rows;
    const all = new Int32Array(count);
    const timeOf = new Float64Array(this.store.handleBound);
    let end = 0;
    this.shared.rings.forEach((ring, timeMs, handle) => {
      if ((ring & 1) !== this.rules.number) return;
      all[end++] = handle;
      timeOf[handle] = timeMs;
    });
    const { ordinals } = this;
    const handles = sortedBy(ordinals, all);
    for (let i = 0; i < count; i++) times[i] = timeOf[handles[i]!]!;
    return handles;
  }

  /** `watermark` is the one that stood at the snapshot. */
  restore(reader: StateReader, watermark: WatermarkMs): void {
    const count = reader.u32();
    const times = new Float64Array(count);
    const matched = new Uint8Array(count);
    const handles = new Int32Array(count);
    const ids = new Int32Array(count);
    reader.floats(times);
    reader.u8s(matched);
    this.store.readRows(reader, handles);
    this.reserve();
    const { keys, rings } = this.shared;
    keys.begin();
    keys.idsOf(this.store.gatherColumns(this.rules.keyColumns, handles), null, count, ids);
    for (let i = 0; i < count; i++) {
      rings.reserve(ids[i]! * 2 + 2);
      this.keep(ids[i]!, times[i]!, handles[i]!, this.rules.expiresAt(times[i]!) <= watermark);
      this.marks[handles[i]!]! |= matched[i]!;
      this.schedule(handles[i]!, times[i]!);
    }
    keys.settle();
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
  if (!(span <= handles.length * 8)) return handles.sort((a, b) => ordinals[a]! - ordinals[b]!);
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
