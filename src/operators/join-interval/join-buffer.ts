import type { StateReader } from '../../stream/state-codec.ts';
import { StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Schema } from '../../stream/types.ts';
import type { Fates } from '../operator.ts';
import type { KeyTable } from '../shared/state/key-table.ts';
import { RowStore } from '../shared/state/row-store.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';

/** The rows of one key, by event time, equal times in order of arrival. Rows before `head` are gone. */
interface KeyRows {
  head: number;
  /** Expiry under which the key waits in the heap. */
  queuedAt: WatermarkMs;
  readonly times: number[];
  readonly handles: number[];
}

export interface KeptRow {
  /** Its place in the store. */
  readonly handle: number;
  readonly timeMs: EventTimeMs;
  /** The watermark that stood when it came. */
  readonly watermark: WatermarkMs;
}

/** How many forgotten rows may stand at the head of a key's list before it is moved up. */
const SLACK = 64;

/** One side of an interval join: the rows that may still find a partner. */
export class JoinBuffer {
  private readonly byKey: (KeyRows | undefined)[] = [];
  readonly store: RowStore;
  /** Keys by the expiry of their first row. */
  private readonly expiries = new TimerHeap();
  private mostInKey = 0;
  private readonly matched: boolean[] = [];
  /** The watermark that stood when a row came: Flink's timers fire with a later one, never with the same. */
  private readonly keptAt: WatermarkMs[] = [];
  private readonly keys: KeyTable;
  private readonly expiresAt: (timeMs: EventTimeMs) => WatermarkMs;

  /** Rows hold their key in `keys`, which both sides share. */
  constructor(schema: Schema, keys: KeyTable, expiresAt: (timeMs: EventTimeMs) => WatermarkMs) {
    this.store = new RowStore(schema);
    this.keys = keys;
    this.expiresAt = expiresAt;
  }

  get rows(): number {
    return this.store.rows;
  }

  get bytes(): number {
    return this.store.bytes + this.store.rows * 17;
  }

  /** Keeps a row of the store. */
  keep(key: number, { handle, timeMs, watermark }: KeptRow): void {
    this.insert(key, timeMs, handle);
    this.matched[handle] = false;
    this.keptAt[handle] = watermark;
  }

  markMatched(handle: number): void {
    this.matched[handle] = true;
  }

  private insert(key: number, timeMs: EventTimeMs, handle: number): void {
    this.keys.hold(key);
    const rows: KeyRows = (this.byKey[key] ??= { head: 0, queuedAt: Number.NaN, times: [], handles: [] });
    const at = firstAfter(rows, timeMs);
    if (at === rows.times.length) {
      rows.times.push(timeMs);
      rows.handles.push(handle);
    } else {
      rows.times.splice(at, 0, timeMs);
      rows.handles.splice(at, 0, handle);
    }
    this.mostInKey = Math.max(this.mostInKey, rows.times.length - rows.head);
    if (at === rows.head) this.queue(key, rows);
  }

  /** Visits the key's rows with times in [fromMs, toMs], by time, then arrival. */
  forEachBetween(
    key: number,
    fromMs: EventTimeMs,
    toMs: EventTimeMs,
    visit: (handle: number, timeMs: EventTimeMs) => void,
  ): void {
    const rows = this.byKey[key];
    if (rows === undefined) return;
    const { times, handles } = rows;
    for (let i = firstAtLeast(rows, fromMs); i < times.length && times[i]! <= toMs; i++) visit(handles[i]!, times[i]!);
  }

  /** The same as a list of handles. */
  between(key: number, fromMs: EventTimeMs, toMs: EventTimeMs): readonly number[] {
    const handles: number[] = [];
    this.forEachBetween(key, fromMs, toMs, (handle) => handles.push(handle));
    return handles;
  }

  /** No key holds more rows than this. */
  get mostRowsInKey(): number {
    return Math.min(this.mostInKey, this.store.rows);
  }

  /** Forgets the key's rows that can find no partner at this watermark. */
  expireKey(key: number, watermark: WatermarkMs, fates: Fates): void {
    const rows = this.byKey[key];
    if (rows === undefined) return;
    while (rows.head < rows.times.length) {
      const handle = rows.handles[rows.head]!;
      if (this.expiresAt(rows.times[rows.head]!) > watermark || this.keptAt[handle]! >= watermark) break;
      fates.held--;
      if (this.matched[handle] === true) fates.used++;
      else fates.unmatched++;
      this.store.release(handle);
      rows.head++;
      if (rows.head === rows.times.length) this.byKey[key] = undefined;
      this.keys.release(key);
    }
    if (rows.head > SLACK && rows.head * 2 > rows.times.length) {
      rows.times.splice(0, rows.head);
      rows.handles.splice(0, rows.head);
      rows.head = 0;
    }
  }

  expireAll(watermark: WatermarkMs, fates: Fates): void {
    const keptNow: number[] = [];
    while (this.expiries.size > 0 && this.expiries.firstTime <= watermark) {
      const time = this.expiries.firstTime;
      const key = this.expiries.pop();
      // A key whose first row has changed since waits under another time.
      if (this.byKey[key]?.queuedAt !== time) continue;
      this.expireKey(key, watermark, fates);
      const rows = this.byKey[key];
      if (rows === undefined) continue;
      if (this.expiresAt(rows.times[rows.head]!) <= watermark) keptNow.push(key);
      else this.queue(key, rows);
    }
    for (const key of keptNow) this.queue(key, this.byKey[key]!);
  }

  private queue(key: number, rows: KeyRows): void {
    rows.queuedAt = this.expiresAt(rows.times[rows.head]!);
    this.expiries.push(rows.queuedAt, key);
  }

  /** Keys in the order of their bytes: numbers of keys differ from run to run and must not show. */
  snapshot(writer: StateWriter): void {
    const entries: { readonly bytes: Uint8Array; readonly key: number }[] = [];
    this.byKey.forEach((rows, key) => {
      if (rows !== undefined) entries.push({ bytes: this.keyBytes(key), key });
    });
    entries.sort((a, b) => compareBytes(a.bytes, b.bytes));
    writer.u32(entries.length);
    for (const { key } of entries) this.writeKey(writer, key);
  }

  private keyBytes(key: number): Uint8Array {
    const writer = new StateWriter();
    this.keys.write(writer, key);
    return writer.finish();
  }

  private writeKey(writer: StateWriter, key: number): void {
    const rows = this.byKey[key]!;
    this.keys.write(writer, key);
    writer.u32(rows.times.length - rows.head);
    for (let i = rows.head; i < rows.times.length; i++) {
      const handle = rows.handles[i]!;
      writer.f64(rows.times[i]!);
      writer.u8(this.matched[handle] === true ? 1 : 0);
      writer.f64(this.keptAt[handle]!);
      this.store.write(writer, handle);
    }
  }

  restore(reader: StateReader): void {
    const count = reader.u32();
    for (let k = 0; k < count; k++) {
      const key = this.keys.read(reader);
      const rows = reader.u32();
      for (let i = 0; i < rows; i++) {
        const timeMs = reader.f64();
        const matched = reader.u8() === 1;
        const keptAt = reader.f64();
        const handle = this.store.read(reader);
        this.insert(key, timeMs, handle);
        this.matched[handle] = matched;
        this.keptAt[handle] = keptAt;
      }
    }
  }
}

/** Place of the first row at or after `timeMs`. */
function firstAtLeast({ head, times }: KeyRows, timeMs: EventTimeMs): number {
  let low = head;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place behind the last row at or before `timeMs`; most rows come near the end. */
function firstAfter({ head, times }: KeyRows, timeMs: EventTimeMs): number {
  let at = times.length;
  while (at > head && times[at - 1]! > timeMs) at--;
  return at;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
