import { widened } from './stored-column.ts';

/** A power of two. */
const BUCKETS = 4096;
const NONE = -1;
/** The list of the items that wait behind the last bucket. */
const LATER = BUCKETS;
/** How many items may wait behind the last bucket before the buckets are made wider. */
const FEW_LATER = 64;

/**
 * Items, small whole numbers, by the time at which each is due. Times are dropped into buckets of equal width, a ring of
 * them from the present on; what is due after the last bucket waits in a list of its own. Adding an item and taking it out
 * take a constant time each, whatever the order of the times.
 *
 * ```
 *   first                                    first + BUCKETS
 *   | [a b] | [ ] | [c] | [ ] | … | [d] |    later: e f
 * ```
 */
export class ExpiryCalendar {
  /** First item of each bucket and of the later ones, and the item behind each item. */
  private readonly heads = new Int32Array(BUCKETS + 1).fill(NONE);
  private next = new Int32Array(0);
  private dueMs = new Float64Array(0);
  /** Number of the earliest bucket: items due before it are in it, too. */
  private first = 0;
  /** The list that is the earliest bucket's. */
  private firstSlot = 0;
  /** A power of two, and what is left of one divided by it: both exact. */
  private widthMs = 1;
  private perMs = 1;
  private laterCount = 0;
  private laterLimit = FEW_LATER;
  /** No later item is due before this, and none at all before the other. */
  private laterFromMs = Infinity;
  private fromMs = Infinity;
  private count = 0;
  passedCount = 0;

  get size(): number {
    return this.count;
  }

  /** Makes room for items below `capacity`. */
  reserve(capacity: number): void {
    if (this.next.length >= capacity) return;
    const larger = Math.max(capacity, this.next.length * 2);
    this.next = widened(this.next, larger);
    this.dueMs = widened(this.dueMs, larger);
  }

  /** When an item is due that was added. */
  dueOf(item: number): number {
    return this.dueMs[item]!;
  }

  /** Adds an item that is not in yet. */
  add(item: number, dueMs: number): void {
    if (this.count === 0) this.startFrom(Number.isFinite(dueMs) ? this.bucketOf(dueMs) : 0);
    this.count++;
    this.dueMs[item] = dueMs;
    if (dueMs < this.fromMs) this.fromMs = dueMs;
    this.place(item, dueMs);
    if (this.laterCount > this.laterLimit && this.laterCount * 32 > this.count) this.widen();
  }

  private bucketOf(timeMs: number): number {
    return Math.floor(timeMs * this.perMs);
  }

  private startFrom(bucket: number): void {
    this.first = bucket;
    this.firstSlot = slotOf(bucket);
  }

  private place(item: number, dueMs: number): void {
    const ahead = this.bucketOf(dueMs) - this.first;
    let list = LATER;
    if (ahead < BUCKETS) list = (this.firstSlot + (ahead < 0 ? 0 : ahead)) & (BUCKETS - 1);
    else {
      this.laterCount++;
      if (dueMs < this.laterFromMs) this.laterFromMs = dueMs;
    }
    this.next[item] = this.heads[list]!;
    this.heads[list] = item;
  }

  /**
   * Takes out every item that is due at `nowMs` or before, in no particular order. `into` has room for all; returns how many.
   * Those before place `passedCount` were due before `nowMs`.
   */
  takeDue(nowMs: number, into: Int32Array): number {
    this.passedCount = 0;
    if (nowMs < this.fromMs) return 0;
    const now = this.bucketOf(nowMs);
    const passed = Math.min(now - this.first, BUCKETS);
    let end = 0;
    for (let i = 0; i < passed; i++) end = this.takeAll((this.firstSlot + i) & (BUCKETS - 1), into, end);
    if (now > this.first && Number.isFinite(now)) this.startFrom(now);
    this.passedCount = end;
    this.count -= end;
    this.fromMs = Infinity;
    end = this.sift(this.firstSlot, nowMs, into, end);
    if (this.count > 0) this.fromMs = Math.min(this.fromMs, Math.max(nowMs, (this.first + 1) * this.widthMs));
    if (this.laterFromMs <= nowMs || this.bucketOf(this.laterFromMs) < this.first + BUCKETS) {
      this.laterFromMs = Infinity;
      end = this.sift(LATER, nowMs, into, end);
    }
    return end;
  }

  private takeAll(list: number, into: Int32Array, at: number): number {
    const { next } = this;
    let end = at;
    for (let item = this.heads[list]!; item !== NONE; item = next[item]!) into[end++] = item;
    this.heads[list] = NONE;
    return end;
  }

  /** Takes what is due out of a list, and puts the rest where it belongs by now. */
  private sift(list: number, nowMs: number, into: Int32Array, at: number): number {
    const { next, dueMs } = this;
    let end = at;
    let item = this.heads[list]!;
    this.heads[list] = NONE;
    if (list === LATER) this.laterCount = 0;
    while (item !== NONE) {
      const after = next[item]!;
      const due = dueMs[item]!;
      if (due <= nowMs) {
        into[end++] = item;
        this.count--;
      } else {
        this.place(item, due);
        if (due < this.fromMs) this.fromMs = due;
      }
      item = after;
    }
    return end;
  }

  /** Makes the buckets twice as wide, so that fewer items are behind the last. */
  private widen(): void {
    const items = new Int32Array(this.count);
    let count = 0;
    for (let list = 0; list <= LATER; list++) count = this.takeAll(list, items, count);
    this.startFrom(Math.floor(this.first / 2));
    this.widthMs *= 2;
    this.perMs /= 2;
    this.laterCount = 0;
    this.laterFromMs = Infinity;
    for (let i = 0; i < count; i++) this.place(items[i]!, this.dueMs[items[i]!]!);
    this.laterLimit = Math.max(FEW_LATER, this.laterCount * 2);
  }
}

/** A power of two divides without loss: numbers of buckets go below zero and beyond 32 bits. */
function slotOf(bucket: number): number {
  return bucket - Math.floor(bucket / BUCKETS) * BUCKETS;
}
