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

/** Rows that match an arrival, gathered for many arrivals. */
export interface Matches {
  /** Handle and time of each. */
  handles: Int32Array;
  times: Float64Array;
  count: number;
}

/**
 * Rows by time, equal times in order of arrival, in many rings: each a time and a handle a row. Rings lie in one memory
 * each for times and for handles; places that a ring gives up serve the next ring of the same size.
 */
export class KeyRings {
  private fields = new Int32Array(64 * FIELDS);
  private times = new Float64Array(1024);
  private handles = new Int32Array(1024);
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

  /** Adds the rows with times in [fromMs, toMs], both ends in, to `matches`: by time, then arrival. */
  collect(ring: number, fromMs: number, toMs: number, matches: Matches): void {
    const field = ring * FIELDS;
    const size = this.fields[field + SIZE]!;
    if (size === 0) return;
    if (matches.count + size > matches.handles.length) makeRoom(matches, size);
    const base = this.fields[field]!;
    const head = this.fields[field + HEAD]!;
    const mask = this.fields[field + CAPACITY]! - 1;
    const { times, handles } = this;
    const toHandles = matches.handles;
    const toTimes = matches.times;
    let end = matches.count;
    if (size <= SMALL) {
      // Without branches: each row is written, a match moves the end on.
      for (let i = head; i < head + size; i++) {
        const place = base + (i & mask);
        const timeMs = times[place]!;
        toHandles[end] = handles[place]!;
        toTimes[end] = timeMs;
        end += +(timeMs >= fromMs) & +(timeMs <= toMs);
      }
    } else {
      for (let i = head + this.firstAtLeast(field, fromMs); i < head + size; i++) {
        const place = base + (i & mask);
        const timeMs = times[place]!;
        if (timeMs > toMs) break;
        toHandles[end] = handles[place]!;
        toTimes[end++] = timeMs;
      }
    }
    matches.count = end;
  }

  private firstAtLeast(field: number, timeMs: number): number {
    const base = this.fields[field]!;
    const head = this.fields[field + HEAD]!;
    const mask = this.fields[field + CAPACITY]! - 1;
    const { times } = this;
    let low = 0;
    let high = this.fields[field + SIZE]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[base + ((head + middle) & mask)]! < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Adds a row behind those of its time and before. Returns how many rows the ring has then. */
  insert(ring: number, timeMs: number, handle: number): number {
    const field = ring * FIELDS;
    const size = this.fields[field + SIZE]!;
    if (size === this.fields[field + CAPACITY]!) this.enlarge(field);
    const { times, handles, fields } = this;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    let to = head + size;
    // Most rows come near the end.
    while (to > head && times[base + ((to - 1) & mask)]! > timeMs) {
      const from = base + ((to - 1) & mask);
      const place = base + (to & mask);
      times[place] = times[from]!;
      handles[place] = handles[from]!;
      to--;
    }
    const place = base + (to & mask);
    times[place] = timeMs;
    handles[place] = handle;
    fields[field + SIZE] = size + 1;
    if (size >= this.mostRows) this.mostRows = size + 1;
    return size + 1;
  }

  /** Lets go of the ring's first row. Returns how many it has then. */
  removeFirst(ring: number): number {
    const field = ring * FIELDS;
    const { fields } = this;
    const size = fields[field + SIZE]! - 1;
    fields[field + SIZE] = size;
    if (size === 0) this.giveUp(field);
    else fields[field + HEAD] = (fields[field + HEAD]! + 1) & (fields[field + CAPACITY]! - 1);
    return size;
  }

  /** Lets go of one row, wherever it is. Returns how many there are then. */
  remove(ring: number, handle: number): number {
    const field = ring * FIELDS;
    const { fields, handles, times } = this;
    const base = fields[field]!;
    const head = fields[field + HEAD]!;
    const mask = fields[field + CAPACITY]! - 1;
    const size = fields[field + SIZE]! - 1;
    let i = head;
    while (handles[base + (i & mask)] !== handle) i++;
    for (; i < head + size; i++) {
      handles[base + (i & mask)] = handles[base + ((i + 1) & mask)]!;
      times[base + (i & mask)] = times[base + ((i + 1) & mask)]!;
    }
    fields[field + SIZE] = size;
    if (size === 0) this.giveUp(field);
    return size;
  }

  /** Visits the rows of every ring. */
  forEach(visit: (ring: number, timeMs: number, handle: number) => void): void {
    const { fields, times, handles } = this;
    for (let field = 0; field < fields.length; field += FIELDS) {
      const mask = fields[field + CAPACITY]! - 1;
      for (let i = 0; i < fields[field + SIZE]!; i++) {
        const place = fields[field]! + ((fields[field + HEAD]! + i) & mask);
        visit(field / FIELDS, times[place]!, handles[place]!);
      }
    }
  }

  private enlarge(field: number): void {
    const { fields } = this;
    const capacity = fields[field + CAPACITY]!;
    const from = fields[field]!;
    const head = fields[field + HEAD]!;
    const base = this.take(capacity === 0 ? SMALLEST : capacity * 2);
    const { times, handles } = this;
    for (let i = 0; i < capacity; i++) {
      const place = from + ((head + i) & (capacity - 1));
      times[base + i] = times[place]!;
      handles[base + i] = handles[place]!;
    }
    if (capacity > 0) this.freeOf(capacity).push(from);
    fields[field] = base;
    fields[field + HEAD] = 0;
    fields[field + CAPACITY] = capacity === 0 ? SMALLEST : capacity * 2;
  }

  private take(capacity: number): number {
    const known = this.freeOf(capacity).pop();
    if (known !== undefined) return known;
    const base = this.used;
    this.used += capacity;
    if (this.used > this.times.length) {
      const length = Math.max(this.used, this.times.length * 2);
      this.times = widened(this.times, length);
      this.handles = widened(this.handles, length);
    }
    return base;
  }

  private giveUp(field: number): void {
    const { fields } = this;
    this.freeOf(fields[field + CAPACITY]!).push(fields[field]!);
    fields.fill(0, field, field + FIELDS);
  }

  private freeOf(capacity: number): number[] {
    return (this.free[31 - Math.clz32(capacity)] ??= []);
  }
}

function makeRoom(matches: Matches, more: number): void {
  const capacity = Math.max(matches.count + more, matches.handles.length * 2);
  matches.handles = widened(matches.handles, capacity);
  matches.times = widened(matches.times, capacity);
}
