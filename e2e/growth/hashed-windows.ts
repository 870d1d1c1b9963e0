import type { SourceChunk } from '../../src/sources/source-reader.ts';
import { DISORDER_MS } from './cyclic-events.ts';

/** Places of one window, more than twice the events of a window: a power of two. */
const PLACES = 1 << 15;
/** Windows that may be open at once, a power of two. */
const WINDOWS = 4;

/** Count, sum of values and sum of results, to be held against another's. */
export interface Totals {
  results: number;
  count: number;
  sum: number;
}

/**
 * Count and sum by key in tumbling windows, as one hand-written loop for keys of any range: a table of open addressing for
 * each window, results written as columns. The limit for the same of the engine.
 */
export function hashedWindows(chunks: Iterable<SourceChunk>, sizeMs: number): Totals {
  const totals: Totals = { results: 0, count: 0, sum: 0 };
  const state = new HashedWindows(sizeMs, totals);
  for (const { ts, columns, length } of chunks) {
    const [key, value] = columns;
    if (key?.kind === 'int' && value?.kind === 'float') state.take(ts, key.values, value.values, length);
  }
  state.fireAll();
  return totals;
}

class HashedWindows {
  private readonly keyAt = new Int32Array(WINDOWS * PLACES);
  private readonly cells = new Float64Array(WINDOWS * PLACES * 2);
  private readonly touched = Array.from({ length: WINDOWS }, () => new Int32Array(PLACES));
  private readonly touchedCount = new Int32Array(WINDOWS);
  private readonly out = {
    key: new Int32Array(PLACES),
    startMs: new Float64Array(PLACES),
    endMs: new Float64Array(PLACES),
    count: new Float64Array(PLACES),
    sum: new Float64Array(PLACES),
  };
  private maxMs = -Infinity;
  private closed = -1;
  private newest = -1;
  private base = -1;
  private readonly sizeMs: number;
  private readonly totals: Totals;

  constructor(sizeMs: number, totals: Totals) {
    this.sizeMs = sizeMs;
    this.totals = totals;
  }

  take(ts: Float64Array, keys: Int32Array, values: Float64Array, length: number): void {
    const { keyAt, cells, touched, touchedCount, sizeMs } = this;
    if (this.base < 0) this.base = Math.floor(ts[0]! / sizeMs) - 2;
    let { maxMs, newest } = this;
    for (let i = 0; i < length; i++) {
      const t = ts[i]!;
      const window = Math.floor(t / sizeMs) - this.base;
      if (window > this.closed) {
        const slot = window & (WINDOWS - 1);
        const first = slot * PLACES;
        const key = keys[i]!;
        let place = (Math.imul(key, 0x9e3779b1) >>> 17) & (PLACES - 1);
        while (cells[(first + place) * 2] !== 0 && keyAt[first + place] !== key) place = (place + 1) & (PLACES - 1);
        const cell = (first + place) * 2;
        if (cells[cell] === 0) {
          keyAt[first + place] = key;
          touched[slot]![touchedCount[slot]!++] = place;
        }
        cells[cell]!++;
        cells[cell + 1]! += values[i]!;
        if (window > newest) newest = window;
      }
      if (t > maxMs) {
        maxMs = t;
        const closed = Math.floor((t - DISORDER_MS) / sizeMs) - this.base - 1;
        while (this.closed < closed) this.fire(++this.closed);
      }
    }
    this.maxMs = maxMs;
    this.newest = newest;
  }

  fireAll(): void {
    while (this.closed < this.newest) this.fire(++this.closed);
  }

  private fire(window: number): void {
    const { keyAt, cells, out, sizeMs, totals } = this;
    const slot = window & (WINDOWS - 1);
    const count = this.touchedCount[slot]!;
    const places = this.touched[slot]!;
    const startMs = (window + this.base) * sizeMs;
    for (let i = 0; i < count; i++) {
      const place = slot * PLACES + places[i]!;
      out.key[i] = keyAt[place]!;
      out.startMs[i] = startMs;
      out.endMs[i] = startMs + sizeMs;
      out.count[i] = cells[place * 2]!;
      out.sum[i] = cells[place * 2 + 1]!;
      cells[place * 2] = cells[place * 2 + 1] = 0;
    }
    this.touchedCount[slot] = 0;
    totals.results += count;
    for (let i = 0; i < count; i++) {
      totals.count += out.count[i]!;
      totals.sum += out.sum[i]!;
    }
  }
}
