import type { Value } from '../../stream/value.ts';
import type { Reference, ReferenceRequest, ReferenceResult, ReferenceRow } from '../reference.ts';
import { passed } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import type { Cell, Setting, Shown } from './reference-cells.ts';
import { isUnusable, keysOf, resultOf, sameKey, settingOf, timeOf, valuesOf, windowsOf } from './reference-cells.ts';
import { netCount, sameValue } from '../reference-aggregates.ts';
import type { FlinkTrigger, Surroundings, Verdict } from './reference-flink-trigger.ts';
import { flinkTrigger } from './reference-flink-trigger.ts';
import { Holdings } from './reference-holdings.ts';

interface Window extends Cell {
  readonly rows: ReferenceRow[];
  readonly trigger: FlinkTrigger;
  readonly timers: Surroundings;
  /** When the first row of the key came to the window, as a number in order of arrival. */
  readonly first: number;
  /** When the window is forgotten, on the clock that it is on; null before its first row is in. */
  cleanup: number | null;
  panes: number;
  /** What was last said of it and not taken back. */
  said: readonly Value[] | null;
}

const EARLY = 0;
const ON_TIME = 1;
const LATE = 2;

/**
 * Flink's windows that run by triggers: `WindowOperator` of the DataStream API, and the one of the same name behind SQL's
 * group windows, which says what changed instead of what there is. Keeps every row of every window.
 *
 * A row is late for a window when end - 1 + lateness <= W; it is late when that holds for all its windows, or when it falls
 * between two and ts + lateness <= W. All timers due by a watermark happen in order of time, new ones among them.
 */
export function triggerReference(request: ReferenceRequest<WindowBound>): Reference {
  return new Triggered(settingOf(request));
}

class Triggered implements Reference {
  private readonly setting: Setting;
  private readonly bound: WindowBound;
  private readonly isProcessing: boolean;
  private readonly holdings = new Holdings();
  private windows: Window[] = [];
  private watermarkMs = -Infinity;
  private clockMs = -Infinity;
  private arrivals = 0;
  /** What the row at hand took back of the sessions that it merged. */
  private takenBack: ReferenceResult[] = [];

  constructor(setting: Setting) {
    this.setting = setting;
    this.bound = setting.bound;
    this.isProcessing = setting.bound.timeDomain === 'processing';
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
    const windows = windowsOf(this.setting, row);
    const taken: Window[] = [];
    this.takenBack = [];
    let missed = 0;
    for (const [start, end] of windows) {
      let isOpen = false;
      for (const key of keysOf(this.setting, row)) {
        const window = this.opened({ key, start, end }, row);
        if (window === null) continue;
        isOpen = true;
        taken.push(window);
      }
      if (!isOpen) missed++;
    }
    counted.lateWindows += missed;
    // All windows have the row before the first of them purges it.
    for (const window of taken) this.holdings.take(row, window);
    if (taken.length > 0) return [...this.takenBack, ...taken.flatMap((window) => this.add(window, row))];
    const isLate = windows.length > 0 || (!this.isProcessing && row.ts + this.bound.latenessMs <= watermark);
    counted[isLate ? 'late' : 'filtered']++;
    return isLate ? [passed(row, 'late', row.values)] : [];
  }

  watermark(watermark: number, seq: number, now: number): readonly ReferenceResult[] {
    this.clockMs = now;
    this.watermarkMs = watermark;
    return this.timers('eventTimers', watermark, seq);
  }

  clock(now: number, seq: number): readonly ReferenceResult[] {
    this.clockMs = now;
    return this.timers('clockTimers', now, seq);
  }

  /** The window that takes the row, merged with those that it touches; null if it is late. */
  private opened(cell: Cell, row: ReferenceRow): Window | null {
    const { bound } = this;
    const known = this.windows.filter(({ key }) => sameKey(key, cell.key));
    if (bound.kind !== 'session') {
      const found = known.find(({ start, end }) => start === cell.start && end === cell.end);
      return found ?? (this.isLate(cell.end) ? null : this.create(cell, this.arrivals++));
    }
    const touching = known.filter(({ start, end }) => start <= cell.end && end >= cell.start);
    const start = Math.min(cell.start, ...touching.map((window) => window.start));
    const end = Math.max(cell.end, ...touching.map((window) => window.end));
    if (this.isLate(end)) return null;
    const [only] = touching;
    if (only !== undefined && touching.length === 1 && only.start === start && only.end === end) return only;
    return this.merged(touching, { key: cell.key, start, end }, row);
  }

  private merged(from: Window[], cell: Cell, row: ReferenceRow): Window {
    const window = this.create(cell, Math.min(this.arrivals++, ...from.map(({ first }) => first)));
    if (from.length === 0) return window;
    this.takenBack.push(...from.toSorted((a, b) => a.end - b.end).flatMap((other) => this.takeBack(other, row)));
    this.windows = this.windows.filter((other) => !from.includes(other));
    window.rows.push(...from.toSorted((a, b) => a.first - b.first).flatMap(({ rows }) => rows));
    window.trigger.merge(from.map(({ trigger }) => trigger));
    this.holdings.move(from, window);
    return window;
  }

  /** Flink gives no results of sessions that may change; here none is left standing of a session that is another now. */
  private takeBack(window: Window, row: ReferenceRow): readonly ReferenceResult[] {
    if (window.said === null) return [];
    const timing = !this.isProcessing && window.end - 1 <= this.watermarkMs ? LATE : EARLY;
    const at = { seq: row.seq, phase: row.phase, ts: window.end - 1, timing, index: window.panes };
    return [resultOf(this.setting, window, window.said, { ...at, op: '-D' })];
  }

  private create(cell: Cell, first: number): Window {
    const timers: Surroundings = {
      maxTime: cell.end - 1,
      isProcessing: this.isProcessing,
      watermark: () => this.watermarkMs,
      clock: () => this.clockMs,
      eventTimers: new Set(),
      clockTimers: new Set(),
    };
    const trigger = flinkTrigger(this.bound.trigger, timers);
    const window: Window = { ...cell, rows: [], trigger, timers, first, cleanup: null, panes: 0, said: null };
    this.windows.push(window);
    return window;
  }

  private isLate(end: number): boolean {
    return !this.isProcessing && end !== Infinity && end - 1 + this.bound.latenessMs <= this.watermarkMs;
  }

  private add(window: Window, row: ReferenceRow): readonly ReferenceResult[] {
    window.rows.push(row);
    const verdict = window.trigger.element(timeOf(this.setting, row));
    const isLate = !this.isProcessing && window.end - 1 <= this.watermarkMs;
    const at = { seq: row.seq, phase: row.phase, timing: isLate ? LATE : EARLY };
    const results = this.obey(window, verdict, at);
    if (window.end !== Infinity) {
      window.cleanup = window.end - 1 + (this.isProcessing ? 0 : this.bound.latenessMs);
      (this.isProcessing ? window.timers.clockTimers : window.timers.eventTimers).add(window.cleanup);
    }
    return results;
  }

  /** Everything that is due by `now`, in order of time; then by the window's end, its start, the key's arrival in it. */
  private timers(kind: 'eventTimers' | 'clockTimers', now: number, seq: number): readonly ReferenceResult[] {
    const results: ReferenceResult[] = [];
    for (;;) {
      const due = this.windows
        .flatMap((window) => [...window.timers[kind]].map((time) => ({ time, window })))
        .filter(({ time }) => time <= now)
        .sort((a, b) => order(a.time, b.time) || order(a.window.end, b.window.end) || byStart(a.window, b.window))[0];
      if (due === undefined) return results;
      const { time, window } = due;
      window.timers[kind].delete(time);
      const isEvent = kind === 'eventTimers';
      const verdict = isEvent ? window.trigger.eventTimer(time) : window.trigger.clockTimer(time);
      results.push(...this.obey(window, verdict, { seq, phase: 1, timing: this.timing(window, isEvent, time) }));
      if (time === window.cleanup && isEvent === !this.isProcessing) {
        this.holdings.forget(window);
        this.windows.splice(this.windows.indexOf(window), 1);
      }
    }
  }

  private timing(window: Window, isEvent: boolean, time: number): number {
    if (isEvent === !this.isProcessing) return time < window.end - 1 ? EARLY : time === window.end - 1 ? ON_TIME : LATE;
    return !this.isProcessing && window.end - 1 <= this.watermarkMs ? LATE : EARLY;
  }

  private obey(window: Window, verdict: Verdict, at: Omit<Shown, 'ts' | 'index' | 'op'>): readonly ReferenceResult[] {
    if (verdict === 'wait' || window.rows.length === 0) return [];
    this.evict(window);
    const results = this.say(window, at);
    if (verdict === 'fire and purge') {
      this.holdings.forget(window);
      window.rows.length = 0;
    }
    return results;
  }

  /** `CountEvictor`: before a result only the last rows stay. */
  private evict(window: Window): void {
    const { everyRows, countRows } = this.bound;
    if (everyRows === 0 || window.rows.length <= countRows) return;
    const gone = window.rows.splice(0, window.rows.length - countRows);
    this.holdings.forget(window, 'filtered', gone);
  }

  /** The result, or what has changed since the last one. Nothing of a window whose rows all were taken back. */
  private say(window: Window, at: Omit<Shown, 'ts' | 'index' | 'op'>): readonly ReferenceResult[] {
    const ts = window.end - 1;
    const values = valuesOf(this.setting, window.rows);
    const isNothing = this.bound.takesChanges && netCount(window.rows) === 0;
    const result = (op: '+I' | '-U' | '+U' | '-D', list: readonly Value[]): ReferenceResult =>
      resultOf(this.setting, window, list, { ...at, ts, index: window.panes, op });
    if (this.bound.changes === 'append') {
      if (isNothing) return [];
      this.holdings.show(window);
      const results = [result('+I', values)];
      window.panes++;
      return results;
    }
    const { said } = window;
    window.said = isNothing ? null : values;
    if (said === null && isNothing) return [];
    this.holdings.show(window);
    if (said !== null && !isNothing && said.every((value, i) => sameResult(value, values[i]!))) return [];
    const results = said === null ? [] : [result(isNothing ? '-D' : '-U', said)];
    if (!isNothing) results.push(result(said === null ? '+I' : '+U', values));
    window.panes++;
    return results;
  }
}

function order(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function byStart(a: { start: number; first: number }, b: { start: number; first: number }): number {
  return order(a.start, b.start) || a.first - b.first;
}

function sameResult(a: Value, b: Value): boolean {
  return sameValue(a, b) || JSON.stringify([a], plain) === JSON.stringify([b], plain);
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
