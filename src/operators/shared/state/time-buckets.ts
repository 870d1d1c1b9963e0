import { TimerHeap } from './timer-heap.ts';

/** Items by a time of each, the earliest first; those of one time in the order in which they were added. */
export class TimeBuckets<Item> {
  private readonly buckets = new Map<number, Set<Item>>();
  private readonly times = new TimerHeap();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(timeMs: number, item: Item): void {
    let bucket = this.buckets.get(timeMs);
    if (bucket === undefined) {
      bucket = new Set();
      this.buckets.set(timeMs, bucket);
      this.times.push(timeMs, timeMs);
    }
    bucket.add(item);
    this.count++;
  }

  /** Takes out an item that is in there, if it is. */
  remove(timeMs: number, item: Item): void {
    const bucket = this.buckets.get(timeMs);
    if (bucket?.delete(item) !== true) return;
    this.count--;
    if (bucket.size === 0) this.buckets.delete(timeMs);
  }

  /** The earliest time; +∞ when there is nothing. */
  get firstTimeMs(): number {
    // Times whose items were all taken out stay in the heap until they come first.
    while (this.times.size > 0 && !this.buckets.has(this.times.firstTime)) this.times.pop();
    return this.times.firstTime;
  }

  /** The items of the earliest time; none when there is nothing. They stay. */
  first(): Iterable<Item> {
    return this.buckets.get(this.firstTimeMs) ?? [];
  }

  /** Takes out the items of the earliest time. */
  takeFirst(): readonly Item[] {
    const bucket = this.buckets.get(this.firstTimeMs);
    if (bucket === undefined) return [];
    this.buckets.delete(this.times.pop());
    this.count -= bucket.size;
    return [...bucket];
  }

  /** Every item; times in no particular order. */
  *[Symbol.iterator](): Iterator<Item> {
    for (const bucket of this.buckets.values()) yield* bucket;
  }
}
