import type { WindowChart, WindowSeries } from '../chart-protocol.ts';
import { PANE_EARLY, PANE_ON_TIME } from '../../stream/batch.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { FiredWindow } from './fired-window.ts';

/** Windows that are kept: the newest by end. */
export const KEPT_WINDOWS = 64;
/** So many more at most, until the oldest are forgotten together. */
const SPARE_WINDOWS = 16;
/** Keys of one window that are told apart; the values of more are only summed up. */
export const KEPT_KEYS = 2_048;
/** Numeric result columns that can be chosen. */
export const KEPT_COLUMNS = 4;
/** Most bars of a chart, all series together. */
const MOST_BARS = 100;
const MOST_WINDOWS = 50;
const NAMED_KEYS = 3;
/** Of windows that each belong to one key, and so take one bar each. */
const NAMED_LANES = 5;

/** A pane of one key, and the entry that brought it. */
export interface FiredPane {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  readonly key: string;
  readonly timing: number;
  readonly seq: number;
  readonly atMs: ProcessingTimeMs;
}

export interface ChartRequest {
  readonly column: number;
  readonly names: readonly string[];
  readonly isAdditive: boolean;
  readonly isMerging: boolean;
  /** Nothing more can come to windows that end here or before: what their last early pane says stands. */
  readonly closedEndMs: EventTimeMs;
}

/**
 * The newest result of every key in every window, and what stood there before late firings. Bounded. Copies have the windows
 * in common: one that changes after a copy was made is first made anew.
 */
export class WindowValues {
  static readonly sharedFields = ['windows'];
  static readonly derivedFields = ['current'];
  private windows = new Map<string, FiredWindow>();
  private readonly columns: number;
  private readonly width: number;
  private readonly addsPanes: boolean;
  /** The window of the last row, and the end below which windows are forgotten. */
  private current: FiredWindow | null = null;
  private forgottenEndMs = -Infinity;
  private closedEndMs = -Infinity;
  private fired = 0;
  private approximate = false;

  /** `addsPanes`: a pane holds only what is new, so that the panes of a window add up. */
  constructor(columns: number, addsPanes: boolean) {
    this.addsPanes = addsPanes;
    this.columns = columns;
    this.width = 3 * columns;
  }

  /** To be called before a copy is made. */
  settle(): void {
    for (const window of this.windows.values()) window.seal();
    this.current = null;
  }

  get isEmpty(): boolean {
    return this.windows.size === 0;
  }

  /** The row of a key's values in its window; null when the window is older than all that are kept. */
  private slot(startMs: EventTimeMs, endMs: EventTimeMs, key: string): readonly [FiredWindow, number] | null {
    if (endMs <= this.forgottenEndMs) return null;
    let window = this.current;
    if (window === null || window.startMs !== startMs || window.endMs !== endMs) {
      window = this.windowAt(startMs, endMs);
      this.current = window;
    }
    return [window, window.rowFor(key, KEPT_KEYS)];
  }

  /** A result of a key in a pane of this `PaneTiming`. Reads column c by `valueOf(c)`, NaN for NULL. */
  put(at: FiredPane, valueOf: (column: number) => number): void {
    const slot = this.slot(at.startMs, at.endMs, at.key);
    if (slot === null) return;
    const [window, row] = slot;
    window.emittedSeq = at.seq;
    window.emittedAtMs = at.atMs;
    for (let c = 0; c < this.columns; c++) {
      const value = valueOf(c);
      if (row < 0) {
        this.approximate = true;
        if (!Number.isNaN(value)) window.rest[c] = (window.rest[c] ?? 0) + value;
        continue;
      }
      const first = row * this.width + c;
      const before = this.addsPanes ? (window.values[first + this.columns] ?? Number.NaN) : Number.NaN;
      const newest = Number.isNaN(before) ? value : before + (Number.isNaN(value) ? 0 : value);
      if (at.timing === PANE_ON_TIME) window.values[first] = newest;
      if (at.timing === PANE_EARLY) window.values[first + 2 * this.columns] = newest;
      window.values[first + this.columns] = newest;
    }
  }

  /** The key's result is withdrawn. */
  remove(startMs: EventTimeMs, endMs: EventTimeMs, key: string): void {
    const slot = this.slot(startMs, endMs, key);
    if (slot === null) return;
    const [window, row] = slot;
    if (row >= 0) window.values.fill(Number.NaN, row * this.width, (row + 1) * this.width);
  }

  chart({ column, names, isAdditive, isMerging, closedEndMs }: ChartRequest): WindowChart {
    this.closedEndMs = closedEndMs;
    const newest = this.newest(MOST_WINDOWS);
    const totals = new Map<string, number>();
    for (const window of newest) {
      for (const [row, key] of window.keys.entries()) {
        const value = this.newestValue(window, row, column);
        if (!Number.isNaN(value)) totals.set(key, (totals.get(key) ?? 0) + (isAdditive ? Math.abs(value) : 1));
      }
    }
    const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
    const most = isMerging ? NAMED_LANES : NAMED_KEYS;
    const named = ranked.slice(0, ranked.length === most + 1 ? most + 1 : most);
    const hasOther = isAdditive && (ranked.length > named.length || newest.some((window) => window.rest[column] !== 0));
    // A session belongs to one key and takes one bar.
    const series = isMerging ? 1 : named.length + (hasOther ? 1 : 0) + (isAdditive ? 1 : 0);
    const shown = newest.slice(-Math.max(1, Math.min(MOST_WINDOWS, Math.floor(MOST_BARS / Math.max(1, series)))));
    const values = named.map((name): WindowSeries => ({
      name,
      isOther: false,
      values: Float64Array.from(shown, (window) => this.seriesValue(window, name, column, isAdditive)),
    }));
    if (hasOther) values.push({ name: 'other', isOther: true, values: this.others(shown, named, column) });
    return {
      by: 'window',
      column: names[column] ?? '',
      columns: names,
      arrangement: isAdditive ? 'stacked' : 'beside',
      startMs: Float64Array.from(shown, (window) => window.startMs),
      endMs: Float64Array.from(shown, (window) => window.endMs),
      emittedSeq: Float64Array.from(shown, (window) => window.emittedSeq),
      emittedAtMs: Float64Array.from(shown, (window) => window.emittedAtMs),
      series: values,
      early: Float64Array.from(shown, (window) => this.early(window, column, isAdditive)),
      addedLate: isAdditive ? Float64Array.from(shown, (window) => this.addedLate(window, column)) : null,
      isMerging,
      windowsFired: this.fired,
      approximate: this.approximate,
    };
  }

  private windowAt(startMs: EventTimeMs, endMs: EventTimeMs): FiredWindow {
    const name = `${String(startMs)} ${String(endMs)}`;
    const known = this.windows.get(name);
    if (known?.isSealed === false) return known;
    const window = known?.unsealed() ?? new FiredWindow({ startMs, endMs }, this.columns);
    this.windows.set(name, window);
    if (known === undefined) this.fired++;
    if (this.windows.size > KEPT_WINDOWS + SPARE_WINDOWS) this.forgetOldest();
    return window;
  }

  private forgetOldest(): void {
    const kept = this.newest(KEPT_WINDOWS);
    for (const window of this.windows.values()) {
      if (!kept.includes(window)) this.forgottenEndMs = Math.max(this.forgottenEndMs, window.endMs);
    }
    this.windows = new Map(kept.map((window) => [`${String(window.startMs)} ${String(window.endMs)}`, window]));
  }

  /** Ascending by end, then start. */
  private newest(count: number): FiredWindow[] {
    const all = [...this.windows.values()].sort((a, b) => a.endMs - b.endMs || a.startMs - b.startMs);
    return all.slice(-count);
  }

  private newestValue(window: FiredWindow, row: number, column: number): number {
    return window.values[row * this.width + this.columns + column] ?? Number.NaN;
  }

  private onTimeValue(window: FiredWindow, row: number, column: number): number {
    const onTime = window.values[row * this.width + column] ?? Number.NaN;
    return Number.isNaN(onTime) && window.endMs <= this.closedEndMs ? this.earlyValue(window, row, column) : onTime;
  }

  private seriesValue(window: FiredWindow, key: string, column: number, isAdditive: boolean): number {
    const row = window.rowOf(key);
    if (row < 0) return Number.NaN;
    return isAdditive ? this.onTimeValue(window, row, column) : this.newestValue(window, row, column);
  }

  private others(windows: readonly FiredWindow[], named: readonly string[], column: number): Float64Array {
    const known = new Set(named);
    return Float64Array.from(windows, (window) => {
      let sum = window.rest[column] ?? 0;
      for (const [row, key] of window.keys.entries()) {
        const value = known.has(key) ? Number.NaN : this.onTimeValue(window, row, column);
        if (!Number.isNaN(value)) sum += value;
      }
      return sum;
    });
  }

  private addedLate(window: FiredWindow, column: number): number {
    let sum = 0;
    for (const row of window.keys.keys()) {
      const newest = this.newestValue(window, row, column);
      const before = this.valueBeforeLate(window, row, column);
      if (!Number.isNaN(newest)) sum += newest - (Number.isNaN(before) ? 0 : before);
    }
    return sum;
  }

  /** The on-time value; while there is none, that of the last early pane. */
  private valueBeforeLate(window: FiredWindow, row: number, column: number): number {
    const onTime = this.onTimeValue(window, row, column);
    return Number.isNaN(onTime) ? this.earlyValue(window, row, column) : onTime;
  }

  private earlyValue(window: FiredWindow, row: number, column: number): number {
    return window.values[row * this.width + 2 * this.columns + column] ?? Number.NaN;
  }

  /** Early values of the keys that have no on-time one yet: their sum, or 1 where sums mean nothing and no key has one. */
  private early(window: FiredWindow, column: number, isAdditive: boolean): number {
    let sum = 0;
    let keys = 0;
    for (const row of window.keys.keys()) {
      if (!Number.isNaN(this.onTimeValue(window, row, column))) continue;
      const early = this.earlyValue(window, row, column);
      if (Number.isNaN(early)) continue;
      keys++;
      sum += early;
    }
    if (isAdditive) return sum;
    return keys > 0 && keys === window.keys.length ? 1 : 0;
  }
}
