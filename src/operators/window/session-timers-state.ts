import { Ints } from '../shared/ints.ts';
import { TimerHeap } from '../shared/state/timer-heap.ts';

/** A power of two. */
const BUCKETS = 64;
const FEW = 16;
/** Where a session waits: nowhere, in the heap, or in the bucket of a number above 0. */
const NOWHERE = 0;
const NEAR = -1;
/** Slightly less than 1: a product that stands for a quotient must not be rounded up to the next whole number. */
const ALMOST = 1 - 1 / 0x100_0000_0000;

/** Tells when a session is due: it may have been extended since its timer was set. */
export interface DueTimes {
  dueOf(session: number): number;
}

/**
 * When sessions have to be looked at: each is there by a time at which, or before which, something becomes due for it.
 *
 * A session that is extended stays where it is. When its time comes it is asked anew when it is due, and waits on if that
 * is later: a row that extends a session costs nothing here, and no look goes over all sessions.
 *
 * Sessions that come up soon lie in a heap, those for later in a ring of buckets that are opened one after the other;
 * what lies further ahead than the ring reaches is looked at once a turn.
 *
 * ```
 *            nearUntilMs
 * ...heap....)[ bucket )[ bucket )[ ... )     each `bucketMs` long
 * ```
 *
 * A session that was cleared stays where it lies, and is passed over there.
 */
export class SessionTimers {
  private readonly times: DueTimes;
  private readonly bucketMs: number;
  private readonly perMs: number;
  private readonly near = new TimerHeap();
  /** By session: the time by which the heap holds it; entries of other times are passed over. */
  private nearMs = new Float64Array(0);
  private place = new Int32Array(0);
  private readonly buckets = Array.from({ length: BUCKETS }, () => new Int32Array(FEW));
  private readonly filled = new Int32Array(BUCKETS);
  /** Entries of all buckets, those that are passed over included. */
  private inBuckets = 0;
  /** The bucket that is opened next; everything due before `nearUntilMs` is in the heap. */
  private bucket = 0;
  private nearUntilMs = -Infinity;
  private readonly opened = new Ints();

  /** `bucketMs`: whole ms, a fraction of how long sessions wait. */
  constructor(bucketMs: number, times: DueTimes) {
    this.bucketMs = bucketMs;
    this.perMs = ALMOST / bucketMs;
    this.times = times;
  }

  /** Makes room for sessions 1 .. capacity - 1. */
  grow(capacity: number): void {
    const { nearMs, place } = this;
    this.nearMs = new Float64Array(capacity);
    this.nearMs.set(nearMs);
    this.place = new Int32Array(capacity);
    this.place.set(place);
  }

  get isEmpty(): boolean {
    return this.inBuckets === 0 && this.near.size === 0;
  }

  /** Nothing is due before this; +∞ also where there is nothing. */
  get firstMs(): number {
    const { firstTime } = this.near;
    return this.inBuckets > 0 && this.nearUntilMs < firstTime ? this.nearUntilMs : firstTime;
  }

  /** The session is looked at by `timeMs` at the latest, and by no other time that was set before. */
  set(session: number, timeMs: number): void {
    if (this.isEmpty) this.nearUntilMs = timeMs;
    const aheadMs = timeMs - this.nearUntilMs;
    if (aheadMs < 0) {
      this.near.push(timeMs, session);
      this.nearMs[session] = timeMs;
      this.place[session] = NEAR;
      return;
    }
    const ahead = aheadMs < this.bucketMs * BUCKETS ? (aheadMs * this.perMs) | 0 : BUCKETS - 1;
    this.put(session, (this.bucket + ahead) & (BUCKETS - 1));
  }

  private put(session: number, bucket: number): void {
    this.place[session] = bucket + 1;
    const at = this.filled[bucket]!++;
    this.inBuckets++;
    const sessions = this.buckets[bucket]!;
    if (at < sessions.length) sessions[at] = session;
    else {
      const larger = new Int32Array(at * 2);
      larger.set(sessions);
      larger[at] = session;
      this.buckets[bucket] = larger;
    }
  }

  clear(session: number): void {
    this.place[session] = NOWHERE;
  }

  /** Takes out the sessions that are due at `nowMs`, into `due`, in no particular order. */
  takeDue(nowMs: number, due: Ints): void {
    const { near } = this;
    while (near.size > 0 && near.firstTime <= nowMs) {
      const timeMs = near.firstTime;
      const session = near.pop();
      if (this.place[session] === NEAR && this.nearMs[session] === timeMs) this.judge(session, nowMs, due);
    }
    if (this.inBuckets > 0 && nowMs >= this.nearUntilMs) this.openBuckets(nowMs, due);
  }

  private judge(session: number, nowMs: number, due: Ints): void {
    const dueMs = this.times.dueOf(session);
    if (dueMs > nowMs) this.set(session, dueMs);
    else {
      this.place[session] = NOWHERE;
      due.push(session);
    }
  }

  private openBuckets(nowMs: number, due: Ints): void {
    const { opened } = this;
    opened.length = 0;
    for (let turned = 0; turned < BUCKETS && nowMs >= this.nearUntilMs; turned++) {
      this.openBucket();
      this.nearUntilMs += this.bucketMs;
    }
    // A leap over the whole ring: what is left over is due behind it.
    if (nowMs >= this.nearUntilMs) this.nearUntilMs = nowMs;
    for (let i = 0; i < opened.length; i++) this.judge(opened.values[i]!, nowMs, due);
  }

  private openBucket(): void {
    const { bucket, opened, place } = this;
    const sessions = this.buckets[bucket]!;
    const count = this.filled[bucket]!;
    for (let i = 0; i < count; i++) {
      const session = sessions[i]!;
      if (place[session] !== bucket + 1) continue;
      // Once: the same session may have been put here before, and cleared.
      place[session] = NOWHERE;
      opened.push(session);
    }
    this.inBuckets -= count;
    this.filled[bucket] = 0;
    if (sessions.length > FEW && count * 4 < sessions.length) this.buckets[bucket] = new Int32Array(count * 2 + FEW);
    this.bucket = (bucket + 1) & (BUCKETS - 1);
  }
}
