import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { WindowChart } from '../chart-protocol.ts';

const MOST_INTERVALS = 60;
const FIRST_INTERVAL_MS = 1_000;
/** The calendar's. */
const LAST_TIME_MS = 8.64e15;

/** Rows by event time, of a stream whose rows stand for no window. Intervals double when there are too many. */
export class IntervalCounts {
  /** Index of the interval, counted from 1970, to rows. */
  private counts = new Map<number, number>();
  private intervalMs = FIRST_INTERVAL_MS;

  add(batch: Batch): void {
    const count = rowCount(batch);
    let current = Number.NaN;
    let rows = 0;
    for (let i = 0; i < count; i++) {
      const interval = Math.floor((batch.ts[rowAt(batch, i)] ?? Number.NaN) / this.intervalMs);
      if (interval === current) {
        rows++;
        continue;
      }
      this.count(current, rows);
      current = interval;
      rows = 1;
    }
    this.count(current, rows);
    while (this.isTooWide()) this.widen();
  }

  /** Null while there is no row with an event time. */
  chart(): WindowChart | null {
    const intervals = [...this.counts.keys()];
    if (intervals.length === 0) return null;
    const first = Math.min(...intervals);
    const all = Array.from({ length: Math.max(...intervals) - first + 1 }, (_, i) => first + i);
    return {
      by: 'interval',
      column: 'rows',
      columns: ['rows'],
      arrangement: 'stacked',
      startMs: Float64Array.from(all, (i) => i * this.intervalMs),
      endMs: Float64Array.from(all, (i) => (i + 1) * this.intervalMs),
      emittedSeq: new Float64Array(all.length).fill(Number.NaN),
      emittedAtMs: new Float64Array(all.length).fill(Number.NaN),
      series: [{ name: '', isOther: false, values: Float64Array.from(all, (i) => this.counts.get(i) ?? 0) }],
      early: new Float64Array(all.length),
      addedLate: null,
      isMerging: false,
      windowsFired: all.length,
      approximate: false,
    };
  }

  private count(interval: number, rows: number): void {
    // The end of time, which is that of windows without an end, is no place on an axis.
    if (rows > 0 && Math.abs(interval * this.intervalMs) <= LAST_TIME_MS)
      this.counts.set(interval, (this.counts.get(interval) ?? 0) + rows);
  }

  private isTooWide(): boolean {
    if (this.counts.size < 2) return false;
    let first = Infinity;
    let last = -Infinity;
    for (const interval of this.counts.keys()) {
      if (interval < first) first = interval;
      if (interval > last) last = interval;
    }
    return last - first >= MOST_INTERVALS;
  }

  private widen(): void {
    const wider = new Map<number, number>();
    for (const [interval, rows] of this.counts) {
      const half = Math.floor(interval / 2);
      wider.set(half, (wider.get(half) ?? 0) + rows);
    }
    this.counts = wider;
    this.intervalMs *= 2;
  }
}
