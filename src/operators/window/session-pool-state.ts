import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Accumulator } from '../shared/aggregates/accumulator.ts';
import { createAccumulator } from '../shared/aggregates/create-accumulator.ts';
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
/** What a session takes beside its aggregates: its figures, its links, its timer. */
const SESSION_BYTES = 92;

/** Places of a session's figures: bounds in epoch ms, input rows, and its number in order of first arrival. */
export const START = 0;
export const END = 1;
export const ROWS = 2;
export const ARRIVAL = 3;
export const FIGURES_SHIFT = 2;

/**
 * Sessions as numbers from 1 on, that of a session being that of its cell in the aggregates, too. A number that is given
 * back serves again.
 *
 * A key's sessions are a list that begins in `heads`; all of them are a list in order of first arrival, which is the order
 * of a snapshot.
 */
export class SessionPool implements DueTimes {
  readonly keys: KeyTable;
  readonly accumulators: readonly Accumulator[];
  readonly timers: SessionTimers;
  /**
   * By key number: 0 where the key has no session; the session where it is the only one and has not fired; else less than
   * 0, and the first of the list is its opposite.
   */
  heads = new Int32Array(FEW);
  /** Four figures of each session, next to each other. */
  figures = new Float64Array(FEW << FIGURES_SHIFT);
  /** How many results a session has given as the window that it is. */
  panes = new Int32Array(FEW);
  /** 1 where the watermark has completed the session. */
  hasFired = new Uint8Array(FEW);
  private keyOf = new Int32Array(FEW);
  private nextOfKey = new Int32Array(FEW);
  private nextArrived = new Int32Array(FEW);
  private previousArrived = new Int32Array(FEW);
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
    this.accumulators = bound.aggregates.map(createAccumulator);
    const bucketMs = bound.gap === null ? Math.ceil(bound.gapMs / BUCKETS_PER_GAP) : BUCKET_MS;
    this.timers = new SessionTimers(bucketMs, this);
    this.timers.grow(FEW);
    this.growCells(0, FEW);
  }

  /** When the session has to fire, or to be forgotten where it has. */
  dueOf(session: number): WatermarkMs {
    const endMs = this.figures[(session << FIGURES_SHIFT) + END]!;
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
    return this.figures[(session << FIGURES_SHIFT) + START]!;
  }

  endMs(session: number): EventTimeMs {
    return this.figures[(session << FIGURES_SHIFT) + END]!;
  }

  rows(session: number): number {
    return this.figures[(session << FIGURES_SHIFT) + ROWS]!;
  }

  arrival(session: number): number {
    return this.figures[(session << FIGURES_SHIFT) + ARRIVAL]!;
  }

  /** A session without rows that has not fired. It is held by its key, and no timer is set. */
  add(key: number, startMs: EventTimeMs, endMs: EventTimeMs): number {
    const session = this.free.pop() ?? this.count++;
    if (session >= this.keyOf.length) this.grow(session * 2);
    const at = session << FIGURES_SHIFT;
    this.figures[at + START] = startMs;
    this.figures[at + END] = endMs;
    this.figures[at + ROWS] = 0;
    this.figures[at + ARRIVAL] = this.arrivals++;
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
    const { figures, panes, hasFired, keyOf, nextOfKey, nextArrived, previousArrived } = this;
    this.figures = new Float64Array(capacity << FIGURES_SHIFT);
    this.figures.set(figures);
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
    for (const accumulator of this.accumulators) {
      accumulator.grow(capacity);
      for (let cell = from; cell < capacity; cell++) accumulator.reset(cell);
    }
  }

  /** The session comes to stand for another window: one that has not fired, and has given no result. */
  move(session: number, startMs: EventTimeMs, endMs: EventTimeMs): void {
    const at = session << FIGURES_SHIFT;
    this.figures[at + START] = startMs;
    this.figures[at + END] = endMs;
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
    const { accumulators } = this;
    for (let a = 0; a < accumulators.length; a++) {
      accumulators[a]!.merge(into, from);
      accumulators[a]!.reset(from);
    }
    this.figures[(into << FIGURES_SHIFT) + ROWS]! += this.rows(from);
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
    for (const accumulator of this.accumulators) resetCells(accumulator, sessions, count);
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

  get bytes(): number {
    let perSession = SESSION_BYTES;
    let texts = this.keys.textBytes;
    for (const accumulator of this.accumulators) {
      perSession += accumulator.bytesPerCell;
      texts += accumulator.textBytes;
    }
    return this.open * perSession + texts;
  }

  /** In order of first arrival: the same sessions give the same bytes, whatever their numbers. */
  snapshot(writer: StateWriter): void {
    const { open } = this;
    const figures = new Float64Array(open * 3);
    const panes = new Int32Array(open);
    const hasFired = new Uint8Array(open);
    const keys = new Int32Array(open);
    const sessions = new Int32Array(open);
    let place = 0;
    for (let session = this.firstArrived; session > 0; session = this.nextArrived[session]!) {
      figures[place] = this.startMs(session);
      figures[open + place] = this.endMs(session);
      figures[open * 2 + place] = this.rows(session);
      panes[place] = this.panes[session]!;
      hasFired[place] = this.hasFired[session]!;
      keys[place] = this.keyOf[session]!;
      sessions[place++] = session;
    }
    writer.u32(open);
    writer.floats(figures);
    writer.ints(panes);
    writer.u8s(hasFired);
    this.keys.writeAll(writer, keys, open);
    for (const accumulator of this.accumulators) writeCells(accumulator, writer, sessions, open);
  }

  restore(reader: StateReader): void {
    const open = reader.u32();
    const figures = new Float64Array(open * 3);
    const panes = new Int32Array(open);
    const hasFired = new Uint8Array(open);
    const keys = new Int32Array(open);
    const sessions = new Int32Array(open);
    reader.floats(figures);
    reader.ints(panes);
    reader.u8s(hasFired);
    this.keys.readAll(reader, open, keys);
    for (let place = 0; place < open; place++) {
      this.growKeys(keys[place]!);
      const session = this.add(keys[place]!, figures[place]!, figures[open + place]!);
      this.figures[(session << FIGURES_SHIFT) + ROWS] = figures[open * 2 + place]!;
      this.panes[session] = panes[place]!;
      this.setFired(session, hasFired[place] === 1 ? 1 : 0);
      this.timers.set(session, this.dueOf(session));
      sessions[place] = session;
    }
    for (const accumulator of this.accumulators) readCells(accumulator, reader, sessions, open);
  }
}

function grownInts(values: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity);
  larger.set(values);
  return larger;
}
