import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { passed } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import type { Cell, Setting } from './reference-cells.ts';
import { isUnusable, keysOf, resultOf, sameKey, settingOf, valuesOf, windowsOf } from './reference-cells.ts';
import { Holdings, byArrival } from './reference-holdings.ts';
import type { PaneSurroundings, PaneTrigger } from './reference-pane-trigger.ts';
import { paneTrigger } from './reference-pane-trigger.ts';

const EARLY = 0;
const ON_TIME = 1;
const LATE = 2;

/** What a trigger has asked to be woken at: the end of its window, times of the clock. */
interface Timers {
  atEnd: boolean;
  readonly after: Set<number>;
}

interface Window extends Cell {
  trigger: PaneTrigger;
  readonly first: number;
  /** What the next pane holds. */
  rows: ReferenceRow[];
  /** Came since the last pane. */
  fresh: ReferenceRow[];
  /** Of the rows since the last pane, what holds the output watermark of their key back: `WatermarkHold`. */
  times: number[];
  /** The output watermark of the window's key, as it stood after the last step of the input's. */
  outputMs: number;
  readonly timers: Timers;
  /** The last pane that was given out. */
  pane: { readonly timing: number; readonly index: number } | null;
  isClosed: boolean;
}

/**
 * Beam's windows: `LateDataDroppingDoFnRunner` before `ReduceFnRunner`, whose pane timing is `PaneInfoTracker`'s. A window is
 * expired when end - 1 + lateness <= W in Flink's convention; it gives a last pane then with what no pane has shown.
 */
export function paneReference(request: ReferenceRequest<WindowBound>): Reference {
  return new Panes(settingOf(request));
}

class Panes implements Reference {
  private readonly setting: Setting;
  private readonly bound: WindowBound;
  private readonly holdings = new Holdings();
  private windows: Window[] = [];
  private watermarkMs = -Infinity;
  private clockMs = -Infinity;
  private arrivals = 0;

  constructor(setting: Setting) {
    this.setting = setting;
    this.bound = setting.bound;
  }

  fates(): ReturnType<Reference['fates']> {
    return this.holdings.fates();
  }

  row(_input: number, row: ReferenceRow, watermark: number): readonly ReferenceResult[] {
    const { counted } = this.holdings;
    this.watermarkMs = watermark;
    this.clockMs = row.at;
    if (isUnusable(this.setting, row)) {
      counted.rejected++;
      return [passed(row, 'rejected', row.values)];
    }
    const key = keysOf(this.setting, row)[0]!;
    const assigned = windowsOf(this.setting, row);
    const taking: Window[] = [];
    for (const [start, end] of assigned) {
      // The row's own window counts, before it is merged: an old row is dropped though its session lives.
      const window = this.isExpired(end) ? null : this.opened({ key, start, end });
      if (window === null || window.isClosed) counted.lateWindows++;
      else taking.push(window);
    }
    for (const window of taking) this.add(window, row);
    if (taking.length === 0) {
      counted[assigned.length > 0 ? 'late' : 'filtered']++;
      return assigned.length > 0 ? [passed(row, 'late', row.values)] : [];
    }
    return taking
      .filter(({ trigger }) => trigger.shouldFire())
      .flatMap((window) => this.fire(window, row.seq, row.phase));
  }

  watermark(watermark: number, seq: number, now: number): readonly ReferenceResult[] {
    this.clockMs = now;
    const before = this.watermarkMs;
    this.watermarkMs = watermark;
    const ended = this.windows
      .flatMap((window) => [
        ...(window.timers.atEnd ? [{ time: window.end - 1, window }] : []),
        { time: window.end - 1 + this.bound.latenessMs, window },
      ])
      .filter(({ time }) => time > before && time <= watermark)
      .sort((a, b) => order(a.time, b.time) || byEnd(a.window, b.window));
    const results = ended.flatMap(({ window }) => {
      if (!this.windows.includes(window)) return [];
      if (this.isExpired(window.end)) return this.expire(window, seq);
      return !window.isClosed && window.trigger.shouldFire() ? this.fire(window, seq, 1) : [];
    });
    for (const window of this.windows) {
      const holds = this.windows.filter(({ key }) => sameKey(key, window.key)).map((other) => this.holdOf(other) - 1);
      window.outputMs = Math.max(window.outputMs, Math.min(watermark, ...holds));
    }
    return results;
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    this.clockMs = now;
    const due = this.windows
      .flatMap((window) => [...window.timers.after].map((time) => ({ time, window })))
      .filter(({ time }) => time < now)
      .sort((a, b) => order(a.time, b.time) || byEnd(a.window, b.window));
    return due.flatMap(({ time, window }) => {
      window.timers.after.delete(time);
      return !window.isClosed && window.trigger.shouldFire() ? this.fire(window, seq, 1) : [];
    });
  }

  private isExpired(end: number): boolean {
    return end - 1 + this.bound.latenessMs <= this.watermarkMs;
  }

  private opened(cell: Cell): Window {
    const known = this.windows.filter(({ key }) => sameKey(key, cell.key));
    const same = known.find(({ start, end }) => start === cell.start && end === cell.end);
    if (this.bound.kind !== 'session' || (same !== undefined && !same.isClosed)) return same ?? this.create(cell);
    // Only the ends touching is not enough: IntervalWindow.intersects
    const near = known.filter(({ isClosed, start, end }) => !isClosed && start < cell.end && end > cell.start);
    if (near.length === 0) return same ?? this.create(cell);
    const start = Math.min(cell.start, ...near.map((window) => window.start));
    const end = Math.max(cell.end, ...near.map((window) => window.end));
    return this.merged(near, { key: cell.key, start, end });
  }

  private merged(from: Window[], cell: Cell): Window {
    const former = from.find(({ start, end }) => start === cell.start && end === cell.end);
    const first = Math.min(...from.map((window) => window.first));
    const window: Window = former ?? { ...this.create(cell), first };
    if (former === undefined) this.windows[this.windows.length - 1] = window;
    const trigger = paneTrigger(this.bound.trigger, this.surroundings(window));
    if (former !== undefined) trigger.finishAs(former.trigger);
    trigger.merge(from.map((other) => other.trigger));
    window.trigger = trigger;
    window.isClosed = trigger.finished;
    window.rows = byArrival(from.flatMap(({ rows }) => rows));
    window.fresh = byArrival(from.flatMap(({ fresh }) => fresh));
    window.times =
      this.bound.engine.timestamps === 'end-of-window'
        ? this.holding(window, window.end - 1)
        : from.flatMap(({ times }) => times);
    this.windows = this.windows.filter((other) => other === window || !from.includes(other));
    this.holdings.move(from, window);
    return window;
  }

  private create(cell: Cell): Window {
    const sibling = this.windows.find(({ key }) => sameKey(key, cell.key));
    const timers: Timers = { atEnd: false, after: new Set() };
    const window: Window = {
      ...cell,
      timers,
      trigger: paneTrigger(this.bound.trigger, this.surroundings({ end: cell.end, timers })),
      first: this.arrivals++,
      rows: [],
      fresh: [],
      times: [],
      // Nothing holds a key back that has no window.
      outputMs: sibling === undefined ? this.watermarkMs : sibling.outputMs,
      pane: null,
      isClosed: false,
    };
    this.windows.push(window);
    return window;
  }

  private surroundings({ end, timers }: Pick<Window, 'end' | 'timers'>): PaneSurroundings {
    return {
      isPastEnd: () => end - 1 <= this.watermarkMs,
      clock: () => this.clockMs,
      isMerging: this.bound.kind === 'session',
      wakeAtEnd: () => (timers.atEnd = true),
      wakeAfter: (time) => timers.after.add(time),
    };
  }

  private add(window: Window, row: ReferenceRow): void {
    window.rows.push(row);
    window.fresh.push(row);
    window.times.push(
      ...this.holding(window, this.bound.engine.timestamps === 'end-of-window' ? window.end - 1 : row.ts),
    );
    this.holdings.take(row, window);
    window.trigger.element();
  }

  private fire(window: Window, seq: number, phase: 0 | 1): readonly ReferenceResult[] {
    window.trigger.fire();
    const isFinal = window.trigger.finished;
    const results = this.pane(window, isFinal, { seq, phase });
    window.fresh = [];
    window.times = [];
    if (isFinal || this.bound.accumulation === 'discarding') {
      this.holdings.forget(window);
      window.rows = [];
    }
    if (isFinal) {
      window.isClosed = true;
      window.trigger.clear();
    }
    return results;
  }

  private expire(window: Window, seq: number): readonly ReferenceResult[] {
    const results = window.isClosed ? [] : this.pane(window, true, { seq, phase: 1 });
    this.holdings.forget(window);
    this.windows = this.windows.filter((other) => other !== window);
    return results;
  }

  /** `ReduceFnRunner.onTrigger`: a pane with something new, or one that its on-time or closing behaviour asks for. */
  private pane(
    window: Window,
    isFinal: boolean,
    at: { readonly seq: number; readonly phase: 0 | 1 },
  ): readonly ReferenceResult[] {
    const { onTime, closing } = this.bound.engine;
    const isBeforeEnd = window.end - 1 > this.watermarkMs;
    const wasEarly = window.pane === null || window.pane.timing === EARLY;
    const isPassed = window.end - 1 <= window.outputMs;
    const timing = !wasEarly || isPassed ? LATE : isBeforeEnd ? EARLY : ON_TIME;
    const ts = this.timeOfPane(window);
    const isEmpty = window.fresh.length === 0;
    const isWanted =
      !isEmpty || (timing === ON_TIME && onTime === 'fire-always') || (isFinal && closing === 'fire-always');
    if (!isWanted) return [];
    const index = window.pane === null ? 0 : window.pane.index + 1;
    window.pane = { timing, index };
    this.holdings.show(window);
    return [resultOf(this.setting, window, valuesOf(this.setting, window.rows), { ...at, ts, timing, index })];
  }

  /** The time at which a row holds the output watermark back; none where it comes too late for that. */
  private holding(window: Window, time: number): number[] {
    return time > window.outputMs && window.end - 1 > this.watermarkMs ? [time] : [];
  }

  private holdOf({ times }: Window): number {
    if (times.length === 0) return Infinity;
    return this.bound.engine.timestamps === 'latest' ? Math.max(...times) : Math.min(...times);
  }

  private timeOfPane(window: Window): number {
    const time = Math.min(this.holdOf(window), window.end - 1);
    return time === Infinity ? Number.NaN : time;
  }
}

function order(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function byEnd(a: Window, b: Window): number {
  return order(a.end, b.end) || order(a.start, b.start) || a.first - b.first;
}
