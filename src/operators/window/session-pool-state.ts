import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { Count } from '../shared/aggregates/count.ts';
import { createRowAccumulator } from '../shared/aggregates/create-accumulator.ts';
import { grownFloats } from '../shared/aggregates/grow.ts';
import { readCells, resetCells, writeCells } from '../shared/aggregates/many-cells.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import type { WindowBound } from './bound.ts';
import type { DueTimes } from './session-timers-state.ts';
import { SessionTimers } from './session-timers-state.ts';

const FEW = 16;
/** Buckets of the timers while a session waits for its gap to pass. */
const BUCKETS_PER_GAP = 8;
/** Where the gap is an event's own. */
const BUCKET_MS = 1000;
/** What a session takes beside its aggregates: its bounds, its links, its timer. */
const SESSION_BYTES = 84;

/**
 * Sessions as numbers from 1 on, that of a session being that of its cell in the aggregates, too. A number that is given
 * back serves again.
 *
 * A key's sessions are a list that begins in `heads`; all of them are a list in order of first arrival, which is the order
 * of a snapshot.
 */
export class SessionPool implements DueTimes {
  readonly keys: KeyTable;
  /** Input rows of each session. Who adds a row counts it here, and adds it to the other accumulators. */
  readonly rowCounts = new Count();
  /** One for each aggregate; `rowCounts` for a count of rows. */
  readonly accumulators: readonly Accumulator[];
  /** Each of them once, `rowCounts` in any case. */
  private readonly stores: readonly Accumulator[];
  readonly timers: SessionTimers;
  /**
   * By key number: 0 where the key has no session; the session where it is the only one and has not fired; else less than
   * 0, and the first of the list is its opposite.
   */
  heads = new Int32Array(FEW);
  /** Start and end of each session, next to each other. */
  bounds = new Float64Array(FEW * 2);
  /** How many results a session has given as the window that it is. */
  panes = new Int32Array(FEW);
  /** 1 where the watermark has completed the session. */
  hasFired = new Uint8Array(FEW);
  private keyOf = new Int32Array(FEW);
  private nextOfKey = new Int32Array(FEW);
  private nextArrived = new Int32Array(FEW);
  private previousArrived = new Int32Array(FEW);
  /** Counts the sessions: of two, the one whose key came first has the lower one. */
  private arrivalOf = new Float64Array(FEW);
  private firstArrived = 0;
  private lastArrived = 0;
  private arrivals = 0;
  private readonly free: number[] = [];
  private count = 1;
  private open = 0;
  private readonly cleanupAt: WindowRules['cleanupAt'];
  private readonly latenessMs: DurationMs;

  constructor(bound: WindowBound, { cleanupAt }: WindowRules) {
    this.cleanupAt = cleanupAt;
    this.latenessMs = bound.latenessMs;
    this.keys = new KeyTable(bound.key.fields);
    this.accumulators = bound.aggregates.map((aggregate) => createRowAccumulator(aggregate, this.rowCounts));
    this.stores = [...new Set([this.rowCounts, ...this.accumulators])];
    const bucketMs = bound.gap === null ? Math.ceil(bound.gapMs / BUCKETS_PER_GAP) : BUCKET_MS;
    this.timers = new SessionTimers(bucketMs, this);
    this.timers.grow(FEW);
    this.growCells(0, FEW);
  }

  /** When the session has to fire, or to be forgotten where it has. */
  dueOf(session: number): WatermarkMs {
    const endMs = this.bounds[session * 2 + 1]!;
    return this.hasFired[session] === 1 ? this.forgottenAt(endMs) : endMs - 1;
  }

  /** The least watermark at which nothing is left of a session that ends here. */
  forgottenAt(endMs: EventTimeMs): WatermarkMs {
    return this.cleanupAt(endMs, this.latenessMs);
  }

  /** Makes room for key numbers up to `most`. */
  growKeys(most: number): void {
    if (most < this.heads.length) return;
    const heads = new Int32Array(Math.max(most + 1, this.heads.length * 2));
    heads.set(this.heads);
    this.heads = heads;
  }

  /** A session of the key; 0 where it has none. */
  firstOf(key: number): number {
    return Math.abs(this.heads[key]!);
  }

  /** Another session of the same key; 0 behind the last one. */
  nextOf(session: number): number {
    return this.nextOfKey[session]!;
  }

  keyAt(session: number): number {
    return this.keyOf[session]!;
  }

  startMs(session: number): EventTimeMs {
    return this.bounds[session * 2]!;
  }

  endMs(session: number): EventTimeMs {
    return this.bounds[session * 2 + 1]!;
  }

  rows(session: number): number {
    return this.rowCounts.counts[session]!;
  }

  arrival(session: number): number {
    return this.arrivalOf[session]!;
  }

  /** A session without rows that has not fired. It is held by its key, and no timer is set. */
  add(key: number, startMs: EventTimeMs, endMs: EventTimeMs): number {
    const session = this.free.pop() ?? this.count++;
    if (session >= this.keyOf.length) this.grow(session * 2);
    this.bounds[session * 2] = startMs;
    this.bounds[session * 2 + 1] = endMs;
    this.arrivalOf[session] = this.arrivals++;
    this.panes[session] = 0;
    this.hasFired[session] = 0;
    this.keyOf[session] = key;
    this.nextOfKey[session] = this.firstOf(key);
    this.setFirst(key, session);
    this.nextArrived[session] = 0;
    this.previousArrived[session] = this.lastArrived;
    if (this.lastArrived === 0) this.firstArrived = session;
    else this.nextArrived[this.lastArrived] = session;
    this.lastArrived = session;
    this.keys.hold(key);
    this.open++;
    return session;
  }

  private setFirst(key: number, session: number): void {
    const isOnly = this.nextOfKey[session] === 0 && this.hasFired[session] === 0;
    this.heads[key] = isOnly ? session : -session;
  }

  private grow(capacity: number): void {
    const { bounds, arrivalOf, panes, hasFired, keyOf, nextOfKey, nextArrived, previousArrived } = this;
    this.bounds = grownFloats(bounds, capacity * 2) as Float64Array<ArrayBuffer>;
    this.arrivalOf = grownFloats(arrivalOf, capacity) as Float64Array<ArrayBuffer>;
    this.panes = grownInts(panes, capacity);
    this.hasFired = new Uint8Array(capacity);
    this.hasFired.set(hasFired);
    this.keyOf = grownInts(keyOf, capacity);
    this.nextOfKey = grownInts(nextOfKey, capacity);
    this.nextArrived = grownInts(nextArrived, capacity);
    this.previousArrived = grownInts(previousArrived, capacity);
    this.timers.grow(capacity);
    this.growCells(keyOf.length, capacity);
  }

  /** Cells that no session has are empty. */
  private growCells(from: number, capacity: number): void {
    for (const accumulator of this.stores) {
      accumulator.grow(capacity);
      for (let cell = from; cell < capacity; cell++) accumulator.reset(cell);
    }
  }

  /** The session comes to stand for another window: one that has not fired, and has given no result. */
  move(session: number, startMs: EventTimeMs, endMs: EventTimeMs): void {
    this.bounds[session * 2] = startMs;
    this.bounds[session * 2 + 1] = endMs;
    this.panes[session] = 0;
    this.setFired(session, 0);
  }

  setFired(session: number, hasFired: 0 | 1): void {
    this.hasFired[session] = hasFired;
    const key = this.keyOf[session]!;
    this.setFirst(key, this.firstOf(key));
  }

  /** Takes over the rows and aggregates of a session of the same key, which is gone afterwards. */
  absorb(into: number, from: number): void {
    const { stores } = this;
    for (let s = 0; s < stores.length; s++) {
      stores[s]!.merge(into, from);
      stores[s]!.reset(from);
    }
    this.close(from);
    this.giveBack(from);
  }

  /** The session is over: no row comes to it any more. Its aggregates stay until `recycle`. */
  close(session: number): void {
    const key = this.keyOf[session]!;
    this.unlist(session, key);
    const next = this.nextArrived[session]!;
    const previous = this.previousArrived[session]!;
    if (previous === 0) this.firstArrived = next;
    else this.nextArrived[previous] = next;
    if (next === 0) this.lastArrived = previous;
    else this.previousArrived[next] = previous;
    this.timers.clear(session);
    this.keys.release(key);
    this.open--;
  }

  private unlist(session: number, key: number): void {
    const { nextOfKey } = this;
    const next = nextOfKey[session]!;
    let other = this.firstOf(key);
    if (other === session) {
      if (next === 0) this.heads[key] = 0;
      else this.setFirst(key, next);
      return;
    }
    const first = other;
    while (nextOfKey[other] !== session) other = nextOfKey[other]!;
    nextOfKey[other] = next;
    this.setFirst(key, first);
  }

  /** Gives the numbers of closed sessions back: the first `count` of them. */
  recycle(sessions: Int32Array, count: number): void {
    for (const accumulator of this.stores) resetCells(accumulator, sessions, count);
    for (let i = 0; i < count; i++) this.giveBack(sessions[i]!);
  }

  private giveBack(session: number): void {
    this.free.push(session);
    if (this.free.length < this.count - 1) return;
    // With the last session everything begins anew: no list of free numbers outlives a burst.
    this.free.length = 0;
    this.count = 1;
  }

  get openSessions(): number {
    return this.open;
  }

  /** In order of first arrival. */
  *sessions(): Generator<number> {
    for (let session = this.firstArrived; session > 0; session = this.nextArrived[session]!) yield session;
  }

  get bytes(): number {
    let perSession = SESSION_BYTES;
    let texts = this.keys.textBytes;
    for (const accumulator of this.stores) {
      perSession += accumulator.bytesPerCell;
      texts += accumulator.textBytes;
    }
    return this.open * perSession + texts;
  }

  /** In order of first arrival: the same sessions give the same bytes, whatever their numbers. */
  snapshot(writer: StateWriter): void {
    const { open } = this;
    const bounds = new Float64Array(open * 2);
    const panes = new Int32Array(open);
    const hasFired = new Uint8Array(open);
    const keys = new Int32Array(open);
    const sessions = new Int32Array(open);
    let place = 0;
    for (let session = this.firstArrived; session > 0; session = this.nextArrived[session]!) {
      bounds[place] = this.startMs(session);
      bounds[open + place] = this.endMs(session);
      panes[place] = this.panes[session]!;
      hasFired[place] = this.hasFired[session]!;
      keys[place] = this.keyOf[session]!;
      sessions[place++] = session;
    }
    writer.u32(open);
    writer.floats(bounds);
    writer.ints(panes);
    writer.u8s(hasFired);
    this.keys.writeAll(writer, keys, open);
    for (const accumulator of this.stores) writeCells(accumulator, writer, sessions, open);
  }

  restore(reader: StateReader): void {
    const open = reader.u32();
    const bounds = new Float64Array(open * 2);
    const panes = new Int32Array(open);
    const hasFired = new Uint8Array(open);
    const keys = new Int32Array(open);
    const sessions = new Int32Array(open);
    reader.floats(bounds);
    reader.ints(panes);
    reader.u8s(hasFired);
    this.keys.readAll(reader, open, keys);
    for (let place = 0; place < open; place++) {
      this.growKeys(keys[place]!);
      const session = this.add(keys[place]!, bounds[place]!, bounds[open + place]!);
      this.panes[session] = panes[place]!;
      this.setFired(session, hasFired[place] === 1 ? 1 : 0);
      this.timers.set(session, this.dueOf(session));
      sessions[place] = session;
    }
    for (const accumulator of this.stores) readCells(accumulator, reader, sessions, open);
  }
}

function grownInts(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
