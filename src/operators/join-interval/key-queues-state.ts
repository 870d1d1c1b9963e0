import { widened } from '../shared/state/stored-column.ts';

/** Of a queue: where its first row lies and the place behind its last; where its memory begins and ends. 0 where it has none. */
const FIELDS = 4;
const END = 1;
const BASE = 2;
const LIMIT = 3;

/** Rows for which the smallest queue has room; larger ones have room for twice as many, and so on. */
const SMALLEST = 16;
/** Up to this size looking at each row is faster than seeking the first, and than keeping them by time. */
const SMALL = 16;

/** Of the left side, then of the right one. */
export type BySide = Float64Array;

/** Rows that arrive, in columns, and the order in which they do. */
export interface QueueArrivals {
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

/**
 * Rows in two queues a key: queue `key * 2 + side`. A time and a handle a row, next to each other. Rows of equal times are
 * in order of arrival; a queue of more than `SMALL` rows is by time throughout. All queues lie in one memory; the place that
 * one gives up serves the next of its size.
 *
 * Rows are not taken out when they go, but passed over by their time, and let go of at the head, or when room is needed:
 * what is before `goneBeforeMs` of its side is gone.
 */
export class KeyQueues {
  private fields = new Int32Array(64 * FIELDS);
  private rows = new Float64Array(1024);
  private used = 0;
  /** Places that were given up, by the logarithm of their size. */
  private readonly free: number[][] = [];
  /** No queue was ever larger. */
  mostRows = 0;
  readonly goneBeforeMs: BySide = Float64Array.of(-Infinity, -Infinity);

  /** Makes room for the queues of keys up to `mostKey`. */
  reserve(mostKey: number): void {
    const length = (mostKey + 1) * 2 * FIELDS;
    if (this.fields.length < length) this.fields = widened(this.fields, Math.max(length, this.fields.length * 2));
  }

  /**
   * Lets the arrivals at places `from` to `to` of their order meet, one by one, the rows of their key on the other side with
   * times from `time + ends[0]` to `time + ends[1]`, both in, and then puts each into its own queue. No interval reaches back
   * to what is gone. Stops once half the room for matches is taken; returns the place of the next arrival. Matches of one
   * arrival are by time, then arrival.
   */
  meet(
    all: QueueArrivals,
    [from, to]: readonly [number, number],
    [fromMs, toMs]: readonly [BySide, BySide],
    matches: Matches,
  ): number {
    const { order, side: sides, times, keys, handles } = all;
    const { fields, goneBeforeMs } = this;
    let { rows } = this;
    let { arrivals: found, handles: partners, times: partnerMs, count } = matches;
    let enough = found.length >> 1;
    let place = from;
    for (; place < to && count < enough; place++) {
      const arrival = order[place]!;
      const side = sides[arrival]!;
      const timeMs = times[arrival]!;
      const own = ((keys[arrival]! << 1) + side) * FIELDS;
      const other = own ^ FIELDS;
      const lowMs = timeMs + fromMs[side]!;
      const highMs = timeMs + toMs[side]!;
      const goneMs = goneBeforeMs[1 - side]!;
      const end = fields[other + END]!;
      let start = fields[other]!;
      const before = count;
      if (end - start <= SMALL) {
        // Without branches: each row is written, a match moves the end on, one that is gone at the head the start.
        for (let at = start; at < end; at++) {
          const otherMs = rows[at << 1]!;
          found[count] = arrival;
          partners[count] = rows[(at << 1) + 1]!;
          partnerMs[count] = otherMs;
          count += +(otherMs >= lowMs) & +(otherMs <= highMs);
          start += +(otherMs < goneMs) & +(start === at);
        }
        fields[other] = start;
        if (count - before > 1) sortByTime(partners, partnerMs, before, count);
      } else {
        matches.count = count;
        this.seek(other, lowMs, highMs, matches);
        ({ arrivals: found, handles: partners, times: partnerMs, count } = matches);
        found.fill(arrival, before, count);
        enough = found.length >> 1;
      }
      if (fields[own + END] === fields[own + LIMIT]) {
        this.makeRoom(own);
        ({ rows } = this);
      }
      const last = fields[own + END]!++;
      rows[last << 1] = timeMs;
      rows[(last << 1) + 1] = handles[arrival]!;
      if (last - fields[own]! >= SMALL) this.putByTime(own);
    }
    matches.count = count;
    return place;
  }

  /** Puts the first `count` arrivals of their order into their queues. */
  put({ order, side, times, keys, handles }: QueueArrivals, count: number): void {
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      const field = ((keys[arrival]! << 1) + side[arrival]!) * FIELDS;
      if (this.fields[field + END] === this.fields[field + LIMIT]) this.makeRoom(field);
      const last = this.fields[field + END]!++;
      this.rows[last << 1] = times[arrival]!;
      this.rows[(last << 1) + 1] = handles[arrival]!;
      if (last - this.fields[field]! >= SMALL) this.putByTime(field);
    }
  }

  /** Adds the matches of a queue of many rows, whose arrivals the caller adds. */
  private seek(field: number, fromMs: number, toMs: number, matches: Matches): void {
    const { rows } = this;
    const start = this.fields[field]!;
    const end = this.fields[field + END]!;
    if (matches.count + end - start > matches.handles.length) makeRoom(matches, end - start);
    const { handles, times } = matches;
    let low = start;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle << 1]! < fromMs) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < end; at++) {
      const timeMs = rows[at << 1]!;
      if (timeMs > toMs) break;
      handles[matches.count] = rows[(at << 1) + 1]!;
      times[matches.count++] = timeMs;
    }
  }

  /** Puts the last row of a large queue where it belongs by time; all rows, where the queue has just become large. */
  private putByTime(field: number): void {
    const start = this.fields[field]!;
    const end = this.fields[field + END]!;
    for (let last = end - start === SMALL + 1 ? start + 1 : end - 1; last < end; last++) this.putBack(start, last);
  }

  /** Puts the row at `last` behind those of its time and before. */
  private putBack(start: number, last: number): void {
    const { rows } = this;
    const timeMs = rows[last << 1]!;
    const handle = rows[(last << 1) + 1]!;
    let at = last;
    // Most rows come near the end.
    while (at > start && rows[(at - 1) << 1]! > timeMs) {
      rows[at << 1] = rows[(at - 1) << 1]!;
      rows[(at << 1) + 1] = rows[((at - 1) << 1) + 1]!;
      at--;
    }
    rows[at << 1] = timeMs;
    rows[(at << 1) + 1] = handle;
  }

  /** Takes out one row, which is there. */
  remove(key: number, side: number, handle: number): void {
    const field = ((key << 1) + side) * FIELDS;
    const { fields, rows } = this;
    let at = fields[field]!;
    while (rows[(at << 1) + 1] !== handle || rows[at << 1]! < this.goneBeforeMs[side]!) at++;
    const end = fields[field + END]!--;
    rows.copyWithin(at << 1, (at + 1) << 1, end << 1);
  }

  /** Gives up the memory of a key's queues, which have no rows but those that are gone. */
  drop(key: number): void {
    for (const field of [(key << 1) * FIELDS, ((key << 1) + 1) * FIELDS]) {
      if (this.fields[field + LIMIT]! > this.fields[field + BASE]!) this.giveUp(field);
    }
  }

  /** Visits the rows of every queue that are not gone. */
  forEach(visit: (queue: number, timeMs: number, handle: number) => void): void {
    const { fields, rows } = this;
    for (let field = 0; field < fields.length; field += FIELDS) {
      for (let at = fields[field]!; at < fields[field + END]!; at++) {
        const queue = field / FIELDS;
        if (rows[at << 1]! >= this.goneBeforeMs[queue & 1]!) visit(queue, rows[at << 1]!, rows[(at << 1) + 1]!);
      }
    }
  }

  /** Makes room behind the last row: in the place of rows that are gone, where they are many, else elsewhere. */
  private makeRoom(field: number): void {
    const { fields } = this;
    const base = fields[field + BASE]!;
    const capacity = fields[field + LIMIT]! - base;
    this.letGo(field);
    if ((fields[field + END]! - base) * 2 < capacity) return;
    const larger = capacity === 0 ? SMALLEST : capacity * 2;
    const place = this.take(larger);
    this.rows.copyWithin(place << 1, base << 1, fields[field + END]! << 1);
    fields[field + END] = place + fields[field + END]! - base;
    fields[field + BASE] = place;
    fields[field] = place;
    fields[field + LIMIT] = place + larger;
    if (capacity > 0) this.freeOf(capacity).push(base);
    if (larger > this.mostRows) this.mostRows = larger;
  }

  /** Moves the rows that are not gone to the beginning of the queue's memory. */
  private letGo(field: number): void {
    const { fields, rows } = this;
    const goneMs = this.goneBeforeMs[(field / FIELDS) & 1]!;
    const end = fields[field + END]!;
    let next = fields[field + BASE]!;
    for (let at = fields[field]!; at < end; at++) {
      const timeMs = rows[at << 1]!;
      rows[next << 1] = timeMs;
      rows[(next << 1) + 1] = rows[(at << 1) + 1]!;
      next += +(timeMs >= goneMs);
    }
    fields[field] = fields[field + BASE]!;
    fields[field + END] = next;
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
    const base = fields[field + BASE]!;
    this.freeOf(fields[field + LIMIT]! - base).push(base);
    fields.fill(0, field, field + FIELDS);
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

/** Puts matches by time, those of equal times as they are. */
function sortByTime(handles: Int32Array, times: Float64Array, from: number, to: number): void {
  for (let last = from + 1; last < to; last++) {
    const timeMs = times[last]!;
    const handle = handles[last]!;
    let at = last;
    while (at > from && times[at - 1]! > timeMs) {
      times[at] = times[at - 1]!;
      handles[at] = handles[at - 1]!;
      at--;
    }
    times[at] = timeMs;
    handles[at] = handle;
  }
}
