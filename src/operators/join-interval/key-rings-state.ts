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

/** Rows that match arrivals, one after the other. */
export interface Matches {
  /** The arrival that each belongs to, and its handle and time. */
  arrivals: Int32Array;
  handles: Int32Array;
  times: Float64Array;
  count: number;
  /** The arrival that is matched now. */
  arrival: number;
}

/**
 * Rows by time, equal times in order of arrival, in many rings: a time and a handle a row, next to each other. All rings
 * lie in one memory; the place that a ring gives up serves the next ring of its size.
 */
export class KeyRings {
  private fields = new Int32Array(64 * FIELDS);
  private rows = new Float64Array(1024);
  private used = 0;
  /** Places that were given up, by the logarithm of their size. */
  private readonly free: number[][] = [];
  /** No ring was ever larger. */
  mostRows = 0;

  /** Makes room for rings below `count`. */
  reserve(count: number): void {
    const { fields } = this;
    if (fields.length < count * FIELDS) this.fields = widened(fields, Math.max(count * FIELDS, fields.length * 2));
  }

  sizeOf(ring: number): number {
    return this.fields[ring * FIELDS + SIZE]!;
  }

  firstTime(ring: number): number {
    const field = ring * FIELDS;
    return this.rows[(this.fields[field]! + this.fields[field + HEAD]!) * 2]!;
  }

  firstHandle(ring: number): number {
    const field = ring * FIELDS;
    return this.rows[(this.fields[field]! + this.fields[field + HEAD]!) * 2 + 1]!;
  }

  /** The time of the ring's row `place`, counted from its first. */
  timeAt(ring: number, place: number): number {
    const field = ring * FIELDS;
    const mask = this.fields[field + CAPACITY]! - 1;
    return this.rows[(this.fields[field]! + ((this.fields[field + HEAD]! + place) & mask)) * 2]!;
  }

  /** Adds the rows with times in [fromMs, toMs], both ends in, to `matches`: by time, then arrival. */
  collect(ring: number, fromMs: number, toMs: number, matches: Matches): void {
    const { fields, rows } = this;
    const field = ring * FIELDS;
    const size = fields[field + SIZE]!;
    if (size === 0) return;
    if (matches.count + size > matches.handles.length) makeRoom(matches, size);
    const base = fields[field]!;
    const mask = fields[field + CAPACITY]! - 1;
    const { arrival, arrivals, handles, times } = matches;
    let i = fields[field + HEAD]!;
    const behind = i + size;
    let end = matches.count;
    if (size <= SMALL) {
      // Without branches: each row is written, a match moves the end on.
      for (; i < behind; i++) {
        const place = (base + (i & mask)) << 1;
        const timeMs = rows[place]!;
        arrivals[end] = arrival;
        handles[end] = rows[place + 1]!;
        times[end] = timeMs;
        end += +(timeMs >= fromMs) & +(timeMs <= toMs);
      }
    } else {
      for (i += this.firstAtLeast(field, fromMs); i < behind; i++) {
        const place = (base + (i & mask)) << 1;
        const timeMs = rows[place]!;
        if (timeMs > toMs) break;
        arrivals[end] = arrival;
        handles[end] = rows[place + 1]!;
        times[end++] = timeMs;
      }
    }
    matches.count = end;
  }

  private firstAtLeast(field: number, timeMs: number): number {
    const { fields, rows } = this;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    let low = 0;
    let high = fields[field + SIZE]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[(base + ((head + middle) & mask)) << 1]! < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds a row behind those of its time and before. Whether it is the ring's first now. */
  insert(ring: number, timeMs: number, handle: number): boolean {
    const field = ring * FIELDS;
    const size = this.fields[field + SIZE]!;
    if (size === this.fields[field + CAPACITY]!) this.enlarge(field);
    const { fields, rows } = this;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    let to = head + size;
    let place = (base + (to & mask)) << 1;
    // Most rows come near the end.
    while (to > head) {
      const from = (base + ((to - 1) & mask)) << 1;
      if (rows[from]! <= timeMs) break;
      rows[place] = rows[from]!;
      rows[place + 1] = rows[from + 1]!;
      place = from;
      to--;
    }
    rows[place] = timeMs;
    rows[place + 1] = handle;
    fields[field + SIZE] = size + 1;
    return to === head;
  }

  /** How many rows at the ring's head have times up to `untilMs`; their handles into `into` from `at` on. */
  firstUntil(ring: number, untilMs: number, into: Int32Array, at: number): number {
    const { fields, rows } = this;
    const field = ring * FIELDS;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    const size = fields[field + SIZE]!;
    let count = 0;
    while (count < size) {
      const place = (base + ((head + count) & mask)) << 1;
      if (rows[place]! > untilMs) break;
      into[at + count] = rows[place + 1]!;
      count++;
    }
    return count;
  }

  /** Lets go of the ring's first rows. */
  removeFirsts(ring: number, count: number): void {
    const field = ring * FIELDS;
    const { fields } = this;
    const size = fields[field + SIZE]! - count;
    fields[field + SIZE] = size;
    fields[field + HEAD] = (fields[field + HEAD]! + count) & (fields[field + CAPACITY]! - 1);
    if (size === 0 && count > 0) this.giveUp(field);
  }

  /** Lets go of one row, wherever it is in the ring. */
  remove(ring: number, handle: number): void {
    const field = ring * FIELDS;
    const { fields, rows } = this;
    const base = fields[field]!;
    const mask = fields[field + CAPACITY]! - 1;
    const size = fields[field + SIZE]! - 1;
    let i = fields[field + HEAD]!;
    const last = i + size;
    while (rows[((base + (i & mask)) << 1) + 1] !== handle) i++;
    for (; i < last; i++) {
      const place = (base + (i & mask)) << 1;
      const behind = (base + ((i + 1) & mask)) << 1;
      rows[place] = rows[behind]!;
      rows[place + 1] = rows[behind + 1]!;
    }
    fields[field + SIZE] = size;
    if (size === 0) this.giveUp(field);
  }

  /** Visits the rows of every ring. */
  forEach(visit: (ring: number, timeMs: number, handle: number) => void): void {
    const { fields, rows } = this;
    for (let field = 0; field < fields.length; field += FIELDS) {
      const mask = fields[field + CAPACITY]! - 1;
      for (let i = 0; i < fields[field + SIZE]!; i++) {
        const place = (fields[field]! + ((fields[field + HEAD]! + i) & mask)) << 1;
        visit(field / FIELDS, rows[place]!, rows[place + 1]!);
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
      const place = (from + ((head + i) & (capacity - 1))) << 1;
      rows[(base + i) << 1] = rows[place]!;
      rows[((base + i) << 1) + 1] = rows[place + 1]!;
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
  const capacity = Math.max(matches.count + more, matches.handles.length * 2);
  matches.arrivals = widened(matches.arrivals, capacity);
  matches.handles = widened(matches.handles, capacity);
  matches.times = widened(matches.times, capacity);
}
