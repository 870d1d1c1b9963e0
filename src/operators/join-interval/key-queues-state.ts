import type { EventTimeMs } from '../../stream/time.ts';
import { widened } from '../shared/state/stored-column.ts';
import { LongQueue } from './long-queue-state.ts';
import type { Matches } from './matches-buffer.ts';

/** Rows of a short queue, a power of two: so many that looking at each of them costs less than asking how many there are. */
const SLOT_BITS = 3;
const SLOTS = 1 << SLOT_BITS;
const LAST_SLOT = SLOTS - 1;
/** A long queue of so few rows is a short one again. */
const FEW_ROWS = SLOTS / 2;
/** Longer queues are left to the collector when they are not needed any more. */
const MOST_SPARE = 1024;

/** Of the left side, then of the right one. */
export type BySide = Float64Array;

/** Rows that arrive, and the order in which they do. */
export interface QueueArrivals {
  readonly order: Int32Array;
  /** The item of each: `handle * 2 + side`. */
  readonly items: Int32Array;
}

/** By item: the time of each row, and its key. */
export interface QueueRows {
  readonly times: Float64Array;
  readonly keyOf: Int32Array;
}

/**
 * Rows in two queues a key: queue `key * 2 + side`. A short queue is a ring of slots, in order of arrival; one that is full is a
 * long queue until few rows are left in it.
 *
 * Rows are not taken out when they go, but passed over by their time: what is before `goneBeforeMs` of its side is gone, and
 * its slot free.
 */
export class KeyQueues {
  /** By queue: the slot that comes next, or, below zero, the long queue, `~place`. */
  private next = new Int32Array(0);
  /** By slot: NaN where there never was a row. */
  private times = new Float64Array(0);
  private handles = new Int32Array(0);
  /** Scratch of `moveUp`. */
  private readonly movedTimes = new Float64Array(SLOTS);
  private readonly movedHandles = new Int32Array(SLOTS);
  private readonly long: LongQueue[] = [];
  /** Places of long queues that no queue has. */
  private readonly spare: number[] = [];
  /** No queue was ever longer. */
  mostRows = SLOTS;
  readonly goneBeforeMs: BySide = Float64Array.of(-Infinity, -Infinity);
  private readonly fromMs: BySide;
  private readonly toMs: BySide;

  constructor(fromMs: BySide, toMs: BySide) {
    this.fromMs = fromMs;
    this.toMs = toMs;
  }

  /** Makes room for the queues of keys below `keys`. */
  reserve(keys: number): void {
    const before = this.next.length;
    if (before >= keys * 2) return;
    const queues = Math.max(keys * 2, before * 2);
    this.next = widened(this.next, queues);
    this.times = widened(this.times, queues * SLOTS).fill(Number.NaN, before * SLOTS);
    this.handles = widened(this.handles, queues * SLOTS);
  }

  /**
   * Lets the arrivals at places `from` to `to` of their order meet, one by one, the rows of their key on the other side with
   * times from `time + fromMs` to `time + toMs`, both in, and then puts each into its own queue. No interval reaches back
   * to what is gone. Stops once half the room for matches is taken; returns the place of the next arrival. Matches of one
   * arrival are by time, then arrival.
   */
  meet(
    { order, items }: QueueArrivals,
    { times: timeOf, keyOf }: QueueRows,
    [from, to]: readonly [number, number],
    matches: Matches,
  ): number {
    const { next, times, handles, goneBeforeMs, fromMs, toMs } = this;
    let { arrivals: found, partners, count } = matches;
    let enough = found.length >> 1;
    let place = from;
    for (; place < to && count < enough; place++) {
      const arrival = order[place]!;
      const item = items[arrival]!;
      const side = item & 1;
      const timeMs = timeOf[item]!;
      const own = (keyOf[item]! << 1) + side;
      const other = own ^ 1;
      const lowMs = timeMs + fromMs[side]!;
      const highMs = timeMs + toMs[side]!;
      const before = count;
      const ring = next[other]!;
      if (ring >= 0) {
        const first = other << SLOT_BITS;
        const slots = slotsBetween(times, first, lowMs, highMs);
        // Without branches for one match or none: it is written in any case.
        found[count] = arrival;
        partners[count] = handles[first + (firstOf(slots) & LAST_SLOT)]!;
        count += +(slots !== 0);
        if ((slots & (slots - 1)) !== 0) {
          matches.count = before;
          count = this.addAll(slots, other, arrival, matches);
        }
      } else {
        matches.count = count;
        this.long[~ring]!.match(lowMs, highMs, matches);
        ({ arrivals: found, partners, count } = matches);
        found.fill(arrival, before, count);
        enough = found.length >> 1;
      }
      const at = (own << SLOT_BITS) + next[own]!;
      if (next[own]! >= 0 && !(times[at]! >= goneBeforeMs[side]!)) {
        times[at] = timeMs;
        handles[at] = item >> 1;
        next[own] = (next[own]! + 1) & LAST_SLOT;
      } else this.putElsewhere(own, timeMs, item >> 1);
    }
    matches.count = count;
    return place;
  }

  /** Writes the matches of an arrival that are in several slots from `matches.count` on; where they end. */
  private addAll(slots: number, queue: number, arrival: number, matches: Matches): number {
    const { arrivals, partners, count: before } = matches;
    let count = before;
    for (let rest = slots; rest !== 0; rest &= rest - 1) partners[count++] = (queue << SLOT_BITS) + firstOf(rest);
    this.sort(partners, before, count, this.next[queue]!);
    for (let i = before; i < count; i++) {
      arrivals[i] = arrival;
      partners[i] = this.handles[partners[i]!]!;
    }
    return count;
  }

  /** Puts slots by the time of their rows, then by arrival: from slot `ring` round. */
  private sort(slots: Int32Array, from: number, to: number, ring: number): void {
    const { times } = this;
    for (let last = from + 1; last < to; last++) {
      const slot = slots[last]!;
      const timeMs = times[slot]!;
      const age = (slot - ring) & LAST_SLOT;
      let at = last;
      for (; at > from; at--) {
        const other = slots[at - 1]!;
        const otherMs = times[other]!;
        if (otherMs < timeMs || (otherMs === timeMs && ((other - ring) & LAST_SLOT) < age)) break;
        slots[at] = other;
      }
      slots[at] = slot;
    }
  }

  /** Puts a row into the queue of its key and side. */
  put(key: number, side: number, timeMs: EventTimeMs, handle: number): void {
    const queue = (key << 1) + side;
    const next = this.next[queue]!;
    const slot = (queue << SLOT_BITS) + next;
    if (next < 0 || this.times[slot]! >= this.goneBeforeMs[side]!) this.putElsewhere(queue, timeMs, handle);
    else {
      this.times[slot] = timeMs;
      this.handles[slot] = handle;
      this.next[queue] = (next + 1) & LAST_SLOT;
    }
  }

  /** Puts a row where the next slot is not free: behind the others, which move up, or into a long queue. */
  private putElsewhere(queue: number, timeMs: EventTimeMs, handle: number): void {
    if (this.next[queue]! >= 0 && !this.moveUp(queue)) this.lengthen(queue);
    const ring = this.next[queue]!;
    if (ring >= 0) {
      this.times[(queue << SLOT_BITS) + ring] = timeMs;
      this.handles[(queue << SLOT_BITS) + ring] = handle;
      this.next[queue] = (ring + 1) & LAST_SLOT;
      return;
    }
    const long = this.long[~ring]!;
    long.put(timeMs, handle);
    long.letGo(this.goneBeforeMs[queue & 1]!);
    if (long.size > this.mostRows) this.mostRows = long.size;
    if (long.size <= FEW_ROWS) this.shorten(queue);
  }

  /** Moves the rows of a short queue to its first slots, so that the next one is free. False where there are too many. */
  private moveUp(queue: number): boolean {
    const { times, handles } = this;
    const goneMs = this.goneBeforeMs[queue & 1]!;
    const first = queue << SLOT_BITS;
    const ring = this.next[queue]!;
    const { movedTimes, movedHandles } = this;
    let count = 0;
    for (let i = 0; i < SLOTS; i++) {
      const slot = first + ((ring + i) & LAST_SLOT);
      movedTimes[count] = times[slot]!;
      movedHandles[count] = handles[slot]!;
      count += +(times[slot]! >= goneMs);
    }
    if (count === SLOTS) return false;
    for (let i = 0; i < SLOTS; i++) {
      times[first + i] = i < count ? movedTimes[i]! : Number.NaN;
      handles[first + i] = movedHandles[i]!;
    }
    this.next[queue] = count;
    return true;
  }

  private lengthen(queue: number): void {
    const ring = this.next[queue]!;
    const first = queue << SLOT_BITS;
    const place = this.spare.pop() ?? this.long.push(new LongQueue()) - 1;
    const long = this.long[place]!;
    for (let i = 0; i < SLOTS; i++) {
      const slot = first + ((ring + i) & LAST_SLOT);
      long.put(this.times[slot]!, this.handles[slot]!);
    }
    this.next[queue] = ~place;
  }

  private shorten(queue: number): void {
    const place = ~this.next[queue]!;
    const first = queue << SLOT_BITS;
    const long = this.long[place]!;
    const count = long.size;
    for (let i = 0; i < SLOTS; i++) {
      this.times[first + i] = i < count ? long.timeAt(i) : Number.NaN;
      this.handles[first + i] = i < count ? long.handleAt(i) : 0;
    }
    this.next[queue] = count;
    if (long.capacity > MOST_SPARE) this.long[place] = new LongQueue();
    else long.clear();
    this.spare.push(place);
  }

  /** Takes out one row, unless it is gone. */
  remove(key: number, side: number, handle: number): void {
    const queue = (key << 1) + side;
    const goneMs = this.goneBeforeMs[side]!;
    const ring = this.next[queue]!;
    if (ring < 0) {
      const long = this.long[~ring]!;
      long.letGo(goneMs);
      long.remove(handle);
      return;
    }
    const first = queue << SLOT_BITS;
    for (let slot = first; slot < first + SLOTS; slot++) {
      if (this.handles[slot] === handle && this.times[slot]! >= goneMs) this.times[slot] = Number.NaN;
    }
  }

  /** Gives up what a key's queues have, whose rows are all gone. */
  drop(key: number): void {
    for (let queue = key << 1; queue <= (key << 1) + 1; queue++) {
      if (this.next[queue]! >= 0) continue;
      this.long[~this.next[queue]!]!.clear();
      this.shorten(queue);
    }
  }
}

/** The slots with times in the interval, both ends in it: bit i for the i-th from `first` on. */
function slotsBetween(times: Float64Array, first: number, fromMs: number, toMs: number): number {
  const a = times[first]!;
  const b = times[first + 1]!;
  const c = times[first + 2]!;
  const d = times[first + 3]!;
  const e = times[first + 4]!;
  const f = times[first + 5]!;
  const g = times[first + 6]!;
  const h = times[first + 7]!;
  return (
    (+(a >= fromMs) & +(a <= toMs)) |
    ((+(b >= fromMs) & +(b <= toMs)) << 1) |
    ((+(c >= fromMs) & +(c <= toMs)) << 2) |
    ((+(d >= fromMs) & +(d <= toMs)) << 3) |
    ((+(e >= fromMs) & +(e <= toMs)) << 4) |
    ((+(f >= fromMs) & +(f <= toMs)) << 5) |
    ((+(g >= fromMs) & +(g <= toMs)) << 6) |
    ((+(h >= fromMs) & +(h <= toMs)) << 7)
  );
}

/** The first of the slots; -1 where there is none. */
function firstOf(slots: number): number {
  return 31 - Math.clz32(slots & -slots);
}
