import { widened } from '../shared/state/stored-column.ts';

/** What is known of a ring: where it lies, its first place, its rows, its capacity; 0 where it does not lie anywhere. */
const FIELDS = 4;
const HEAD = 1;
const SIZE = 2;
const CAPACITY = 3;

/** Rows of the smallest ring; larger ones have twice as many, and so on. */
const SMALLEST = 4;
/** Up to this size looking at each row is faster than seeking the first. */
const SMALL = 8;

/** Of the left side, then of the right one. */
export type BySide = Float64Array;

/** Rows that arrive, in columns, and the order in which they do. */
export interface RingArrivals {
  readonly order: Int32Array;
  /** Of each row: 0 for the left side, its time, its key, its handle in the store of its side. */
  readonly side: Uint8Array;
  readonly times: Float64Array;
  readonly keys: Int32Array;
  readonly handles: Int32Array;
}

/** Rows that match arrivals, one after the other, and room for more. */
export interface Matches {
  /** The arrival that each belongs to, and its handle and time. */
  arrivals: Int32Array;
  handles: Int32Array;
  times: Float64Array;
  count: number;
}

/** What is taken out of the rings: rows up to a time. */
export interface Forgetting {
  readonly untilMs: BySide;
  /** A row of this very time may be one that `stays`; those of its time that came behind it stay, too. */
  readonly watermark: number;
  stays(side: number, handle: number): boolean;
  /** By side, the handles of the rows that were taken out, and how many; there is room for all. */
  readonly handles: readonly [Int32Array, Int32Array];
  readonly counts: [number, number];
}

/**
 * Rows by time, equal times in order of arrival, in two rings a key: ring `key * 2 + side`. A time and a handle a row, next
 * to each other. All rings lie in one memory; the place that a ring gives up serves the next ring of its size.
 */
export class KeyRings {
  private fields = new Int32Array(64 * FIELDS);
  private rows = new Float64Array(1024);
  private used = 0;
  /** Places that were given up, by the logarithm of their size. */
  private readonly free: number[][] = [];
  /** No ring was ever larger. */
  mostRows = 0;
  /** Keys one of whose rings came to have another first row since the count was set to 0; some more than once. */
  changed = new Int32Array(64);
  changedCount = 0;

  /** Makes room for the rings of keys up to `mostKey`, and for as many more changes. */
  reserve(mostKey: number, changes: number): void {
    const length = (mostKey + 1) * 2 * FIELDS;
    if (this.fields.length < length) this.fields = widened(this.fields, Math.max(length, this.fields.length * 2));
    // Behind the last change is written what is none.
    const room = this.changedCount + changes + 1;
    if (this.changed.length < room) this.changed = widened(this.changed, room * 2);
  }

  /** The time of a ring's first row; +∞ where it has none. */
  firstTime(ring: number): number {
    const field = ring * FIELDS;
    if (this.fields[field + SIZE] === 0) return Infinity;
    return this.rows[(this.fields[field]! + this.fields[field + HEAD]!) << 1]!;
  }

  /**
   * Lets the arrivals at places `from` to `to` of their order meet, one by one, the rows of their key on the other side with
   * times from `time + ends[0]` to `time + ends[1]`, both in, and then puts each into its own ring. Stops once half the room
   * for matches is taken; returns the place of the next arrival. Matches of one arrival are by time, then arrival.
   */
  meet(
    all: RingArrivals,
    [from, to]: readonly [number, number],
    [fromMs, toMs]: readonly [BySide, BySide],
    matches: Matches,
  ): number {
    const { order, side: sides, times, keys, handles } = all;
    const { fields, changed } = this;
    let { rows, changedCount } = this;
    let { arrivals: found, handles: partners, times: partnerMs, count } = matches;
    let enough = found.length >> 1;
    let place = from;
    for (; place < to && count < enough; place++) {
      const arrival = order[place]!;
      const side = sides[arrival]!;
      const timeMs = times[arrival]!;
      const key = keys[arrival]!;
      const own = ((key << 1) + side) * FIELDS;
      const other = own ^ FIELDS;
      const size = fields[other + SIZE]!;
      const lowMs = timeMs + fromMs[side]!;
      const highMs = timeMs + toMs[side]!;
      if (size <= SMALL) {
        const base = fields[other]!;
        const head = fields[other + HEAD]!;
        const mask = fields[other + CAPACITY]! - 1;
        // Without branches: each row is written, a match moves the end on.
        for (let i = head; i < head + size; i++) {
          const at = (base + (i & mask)) << 1;
          const otherMs = rows[at]!;
          found[count] = arrival;
          partners[count] = rows[at + 1]!;
          partnerMs[count] = otherMs;
          count += +(otherMs >= lowMs) & +(otherMs <= highMs);
        }
      } else {
        const before = count;
        matches.count = count;
        this.seek(other, lowMs, highMs, matches);
        ({ arrivals: found, handles: partners, times: partnerMs, count } = matches);
        found.fill(arrival, before, count);
        enough = found.length >> 1;
      }
      if (fields[own + SIZE] === fields[own + CAPACITY]) {
        this.enlarge(own);
        ({ rows } = this);
      }
      changed[changedCount] = key;
      changedCount += +this.insert(own, timeMs, handles[arrival]!);
    }
    matches.count = count;
    this.changedCount = changedCount;
    return place;
  }

  /** Puts the first `count` arrivals of their order into their rings. */
  put({ order, side, times, keys, handles }: RingArrivals, count: number): void {
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      const field = ((keys[arrival]! << 1) + side[arrival]!) * FIELDS;
      if (this.fields[field + SIZE] === this.fields[field + CAPACITY]) this.enlarge(field);
      this.changed[this.changedCount] = keys[arrival]!;
      this.changedCount += +this.insert(field, times[arrival]!, handles[arrival]!);
    }
  }

  /** Adds the matches of a ring of many rows, whose arrivals the caller adds. */
  private seek(field: number, fromMs: number, toMs: number, matches: Matches): void {
    const { fields, rows } = this;
    const size = fields[field + SIZE]!;
    if (matches.count + size > matches.handles.length) makeRoom(matches, size);
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    const { handles, times } = matches;
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[(base + ((head + middle) & mask)) << 1]! < fromMs) low = middle + 1;
      else high = middle;
    }
    for (let i = head + low; i < head + size; i++) {
      const at = (base + (i & mask)) << 1;
      const timeMs = rows[at]!;
      if (timeMs > toMs) break;
      handles[matches.count] = rows[at + 1]!;
      times[matches.count++] = timeMs;
    }
  }

  /** Puts a row behind those of its time and before, where there is room. Whether it is the ring's first now. */
  private insert(field: number, timeMs: number, handle: number): boolean {
    const { fields, rows } = this;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const size = fields[field + SIZE]!;
    const mask = fields[field + CAPACITY]! - 1;
    let to = head + size;
    let at = (base + (to & mask)) << 1;
    // Most rows come near the end.
    while (to > head) {
      const before = (base + ((to - 1) & mask)) << 1;
      if (rows[before]! <= timeMs) break;
      rows[at] = rows[before]!;
      rows[at + 1] = rows[before + 1]!;
      at = before;
      to--;
    }
    rows[at] = timeMs;
    rows[at + 1] = handle;
    fields[field + SIZE] = size + 1;
    return to === head;
  }

  /** Takes the rows of the first `count` keys that are to be forgotten out of the rings of both sides. */
  forget(keys: Int32Array, count: number, gone: Forgetting): void {
    const { fields, rows } = this;
    const { untilMs, watermark } = gone;
    for (let side = 0 as 0 | 1; ; side = 1) {
      const handles = gone.handles[side];
      const until = untilMs[side]!;
      let end = gone.counts[side];
      for (let i = 0; i < count; i++) {
        const field = ((keys[i]! << 1) + side) * FIELDS;
        const base = fields[field]!;
        const mask = fields[field + CAPACITY]! - 1;
        const before = fields[field + SIZE]!;
        let head = fields[field + HEAD]!;
        let size = before;
        for (; size > 0; size--) {
          const at = (base + head) << 1;
          const timeMs = rows[at]!;
          if (timeMs > until) break;
          const handle = rows[at + 1]!;
          if (timeMs === watermark && gone.stays(side, handle)) break;
          handles[end++] = handle;
          head = (head + 1) & mask;
        }
        if (size === before) continue;
        fields[field + SIZE] = size;
        fields[field + HEAD] = head;
        if (size === 0) this.giveUp(field);
      }
      gone.counts[side] = end;
      if (side === 1) return;
    }
  }

  /** Takes back that a row was put into its ring. */
  remove(key: number, side: number, handle: number): void {
    const field = ((key << 1) + side) * FIELDS;
    const { fields, rows } = this;
    const base = fields[field]!;
    const mask = fields[field + CAPACITY]! - 1;
    const size = fields[field + SIZE]! - 1;
    let i = fields[field + HEAD]!;
    const last = i + size;
    while (rows[((base + (i & mask)) << 1) + 1] !== handle) i++;
    for (; i < last; i++) {
      const at = (base + (i & mask)) << 1;
      const behind = (base + ((i + 1) & mask)) << 1;
      rows[at] = rows[behind]!;
      rows[at + 1] = rows[behind + 1]!;
    }
    fields[field + SIZE] = size;
    if (size === 0) this.giveUp(field);
    this.changed[this.changedCount++] = key;
  }

  /** Visits the rows of every ring. */
  forEach(visit: (ring: number, timeMs: number, handle: number) => void): void {
    const { fields, rows } = this;
    for (let field = 0; field < fields.length; field += FIELDS) {
      const mask = fields[field + CAPACITY]! - 1;
      for (let i = 0; i < fields[field + SIZE]!; i++) {
        const at = (fields[field]! + ((fields[field + HEAD]! + i) & mask)) << 1;
        visit(field / FIELDS, rows[at]!, rows[at + 1]!);
      }
    }
  }

  private enlarge(field: number): void {
    const { fields } = this;
    const capacity = fields[field + CAPACITY]!;
    const from = fields[field]!;
    const head = fields[field + HEAD]!;
    const larger = capacity === 0 ? SMALLEST : capacity * 2;
    const base = this.take(larger);
    const { rows } = this;
    for (let i = 0; i < capacity; i++) {
      const at = (from + ((head + i) & (capacity - 1))) << 1;
      rows[(base + i) << 1] = rows[at]!;
      rows[((base + i) << 1) + 1] = rows[at + 1]!;
    }
    if (capacity > 0) this.freeOf(capacity).push(from);
    fields[field] = base;
    fields[field + HEAD] = 0;
    fields[field + CAPACITY] = larger;
    if (larger > this.mostRows) this.mostRows = larger;
  }

  private take(capacity: number): number {
    const known = this.freeOf(capacity).pop();
    if (known !== undefined) return known;
    const base = this.used;
    this.used += capacity;
    if (this.used * 2 > this.rows.length) this.rows = widened(this.rows, Math.max(this.used, this.rows.length) * 2);
    return base;
  }

  private giveUp(field: number): void {
    const { fields } = this;
    this.freeOf(fields[field + CAPACITY]!).push(fields[field]!);
    fields[field] = 0;
    fields[field + HEAD] = 0;
    fields[field + CAPACITY] = 0;
  }

  private freeOf(capacity: number): number[] {
    return (this.free[31 - Math.clz32(capacity)] ??= []);
  }
}

function makeRoom(matches: Matches, more: number): void {
  const capacity = (matches.count + more) * 2;
  matches.arrivals = widened(matches.arrivals, capacity);
  matches.handles = widened(matches.handles, capacity);
  matches.times = widened(matches.times, capacity);
}
