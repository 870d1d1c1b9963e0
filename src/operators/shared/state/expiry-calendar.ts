import { widened } from './stored-column.ts';

/** A power of two. */
const BUCKETS = 4096;
const NONE = -1;
/** How many items may wait behind the last bucket before the buckets are made wider. */
const LATER = 1024;

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
  /** First item of each bucket, and the item behind each item: lists. */
  private readonly heads = new Int32Array(BUCKETS).fill(NONE);
  private next = new Int32Array(0);
  private dueMs = new Float64Array(0);
  /** Number of the earliest bucket: items due before it are in it, too. */
  private first = 0;
  /** A power of two. */
  private widthMs = 1;
  private later = NONE;
  private laterCount = 0;
  private laterLimit = LATER;
  /** No later item is due before this, and none at all before the other. */
  private laterFromMs = Infinity;
  private fromMs = Infinity;
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Makes room for items below `capacity`. */
  reserve(capacity: number): void {
    this.next = widened(this.next, capacity);
    this.dueMs = widened(this.dueMs, capacity);
  }

  /** Adds an item that is not in yet. */
  add(item: number, dueMs: number): void {
    if (this.count === 0) this.first = Number.isFinite(dueMs) ? this.bucketOf(dueMs) : 0;
    this.count++;
    this.dueMs[item] = dueMs;
    if (dueMs < this.fromMs) this.fromMs = dueMs;
    this.place(item, dueMs);
    if (this.laterCount > this.laterLimit && this.laterCount * 4 > this.count) this.widen();
  }

  private bucketOf(timeMs: number): number {
    return Math.floor(timeMs / this.widthMs);
  }

  private place(item: number, dueMs: number): void {
    const bucket = this.bucketOf(dueMs);
    if (bucket >= this.first + BUCKETS) {
      this.next[item] = this.later;
      this.later = item;
      this.laterCount++;
      if (dueMs < this.laterFromMs) this.laterFromMs = dueMs;
      return;
    }
    const place = slotOf(bucket < this.first ? this.first : bucket);
    this.next[item] = this.heads[place]!;
    this.heads[place] = item;
  }

  /** Takes out every item that is due at `nowMs` or before, in no particular order, and puts them into `into` from `at` on. */
  takeDue(nowMs: number, into: Int32Array, at: number): number {
    if (nowMs < this.fromMs) return at;
    let end = at;
    const now = this.bucketOf(nowMs);
    const passed = Math.min(now - this.first, BUCKETS);
    for (let i = 0; i < passed; i++) end = this.takeAll(slotOf(this.first + i), into, end);
    if (now > this.first) this.first = Number.isFinite(now) ? now : this.first;
    this.count -= end - at;
    this.fromMs = Infinity;
    end = this.sift(slotOf(this.first), nowMs, into, end);
    const behind = Math.max(nowMs, (this.first + 1) * this.widthMs);
    this.fromMs = Math.min(this.fromMs, this.count === 0 ? Infinity : behind, this.laterFromMs);
    if (this.laterFromMs <= nowMs || this.bucketOf(this.laterFromMs) < this.first + BUCKETS) {
      end = this.siftLater(nowMs, into, end);
    }
    return end;
  }

  private takeAll(place: number, into: Int32Array, at: number): number {
    const { next } = this;
    let end = at;
    for (let item = this.heads[place]!; item !== NONE; item = next[item]!) into[end++] = item;
    this.heads[place] = NONE;
    return end;
  }

  /** Takes what is due out of a bucket that holds other items, too. */
  private sift(place: number, nowMs: number, into: Int32Array, at: number): number {
    const { next, dueMs } = this;
    let end = at;
    let kept = NONE;
    let item = this.heads[place]!;
    while (item !== NONE) {
      const after = next[item]!;
      const due = dueMs[item]!;
      if (due <= nowMs) into[end++] = item;
      else {
        next[item] = kept;
        kept = item;
        if (due < this.fromMs) this.fromMs = due;
      }
      item = after;
    }
    this.heads[place] = kept;
    this.count -= end - at;
    return end;
  }

  /** Takes what is due out of the later items, and gives those their bucket that have one by now. */
  private siftLater(nowMs: number, into: Int32Array, at: number): number {
    let end = at;
    let item = this.takeLater();
    while (item !== NONE) {
      const after = this.next[item]!;
      const due = this.dueMs[item]!;
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

  private takeLater(): number {
    const item = this.later;
    this.later = NONE;
    this.laterCount = 0;
    this.laterFromMs = Infinity;
    return item;
  }

  /** Makes the buckets twice as wide, so that fewer items are behind the last. */
  private widen(): void {
    const items = new Int32Array(this.count);
    let count = 0;
    for (let place = 0; place < BUCKETS; place++) count = this.takeAll(place, items, count);
    for (let item = this.takeLater(); item !== NONE; item = this.next[item]!) items[count++] = item;
    this.first = Math.floor(this.first / 2);
    this.widthMs *= 2;
    for (let i = 0; i < count; i++) this.place(items[i]!, this.dueMs[items[i]!]!);
    this.laterLimit = Math.max(LATER, this.laterCount * 2);
  }
}

/** A power of two divides without loss: numbers of buckets go below zero and beyond 32 bits. */
function slotOf(bucket: number): number {
  return bucket - Math.floor(bucket / BUCKETS) * BUCKETS;
}
