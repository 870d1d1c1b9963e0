import type { DropChart } from '../chart-protocol.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';

/** Most windows, and most intervals of processing time, that are told apart. */
export const DROP_POINTS = 100;
const FIRST_INTERVAL_MS = 1_000;

interface MissedWindow {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  count: number;
}

/** Late rows by the window that they missed and by when they came. Bounded: old windows go, intervals double. */
export class DropCounts {
  private windows = new Map<string, MissedWindow>();
  /** Index of the interval, counted from 1970, to rows. */
  private intervals = new Map<number, number>();
  private intervalMs = FIRST_INTERVAL_MS;
  private readonly reasons = new Map<string, number>();

  /** A row was dropped; those that are late are told to `add` as well. */
  count(reason: string): void {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  add(atMs: ProcessingTimeMs, windows: readonly (readonly [EventTimeMs, EventTimeMs])[]): void {
    const i = Math.floor(atMs / this.intervalMs);
    this.intervals.set(i, (this.intervals.get(i) ?? 0) + 1);
    while (this.intervals.size > DROP_POINTS) this.widen();
    for (const [startMs, endMs] of windows) this.addWindow(startMs, endMs);
  }

  chart(): DropChart {
    const windows = this.newestWindows(DROP_POINTS);
    const intervals = [...this.intervals].sort((a, b) => a[0] - b[0]);
    return {
      reasons: Object.fromEntries(this.reasons),
      windowStartMs: Float64Array.from(windows, (window) => window.startMs),
      windowEndMs: Float64Array.from(windows, (window) => window.endMs),
      windowCounts: Float64Array.from(windows, (window) => window.count),
      intervalMs: this.intervalMs,
      atMs: Float64Array.from(intervals, ([i]) => i * this.intervalMs),
      counts: Float64Array.from(intervals, ([, count]) => count),
    };
  }

  private addWindow(startMs: EventTimeMs, endMs: EventTimeMs): void {
    const name = `${String(startMs)} ${String(endMs)}`;
    const known = this.windows.get(name);
    if (known !== undefined) {
      known.count++;
      return;
    }
    this.windows.set(name, { startMs, endMs, count: 1 });
    if (this.windows.size <= 2 * DROP_POINTS) return;
    const kept = this.newestWindows(DROP_POINTS);
    this.windows = new Map(kept.map((window) => [`${String(window.startMs)} ${String(window.endMs)}`, window]));
  }

  /** Ascending by end, then start. */
  private newestWindows(count: number): MissedWindow[] {
    const all = [...this.windows.values()].sort((a, b) => a.endMs - b.endMs || a.startMs - b.startMs);
    return all.slice(-count);
  }

  private widen(): void {
    const wider = new Map<number, number>();
    for (const [i, count] of this.intervals) {
      const half = Math.floor(i / 2);
      wider.set(half, (wider.get(half) ?? 0) + count);
    }
    this.intervals = wider;
    this.intervalMs *= 2;
  }
}
