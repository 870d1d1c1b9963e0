import { PANE_EARLY, PANE_LATE, PANE_ON_TIME } from '../../stream/batch.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { EventTimeMs, ProcessingTimeMs, WatermarkMs, Window } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import { coverOf } from '../shared/windows/merge-sessions.ts';
import type { WindowBound } from './bound.ts';
import type { KeyPanes, PaneState, PaneWindow } from './pane-state.ts';
import { closedAt } from './pane-state.ts';
import type { PaneTrigger, TriggerMoment } from './pane-trigger.ts';
import { WindowResults } from './window-results.ts';

/** The row, the step of the watermark or the clock entry that makes triggers be asked. */
export interface PaneMoment {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly nowMs: ProcessingTimeMs;
  readonly watermark: WatermarkMs;
  /** The watermark before this very step; for a row the same. */
  readonly watermarkBefore: WatermarkMs;
  readonly out: KernelOutput;
}

/** A row that has come; `arrival` counts those before it. */
export interface ArrivingRow {
  readonly row: number;
  readonly timeMs: EventTimeMs;
  readonly arrival: number;
}

export interface PaneParts {
  readonly bound: WindowBound;
  readonly rules: WindowRules;
  readonly root: PaneTrigger;
  readonly state: PaneState;
  readonly output: StreamType;
}

/** What happens to a window of a key: rows come, sessions merge, its trigger fires, it expires. Beam: `ReduceFnRunner`. */
export class PaneFirings {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly root: PaneTrigger;
  private readonly state: PaneState;
  private readonly results: WindowResults;

  constructor({ bound, rules, root, state, output }: PaneParts) {
    this.bound = bound;
    this.rules = rules;
    this.root = root;
    this.state = state;
    this.results = new WindowResults(bound, output);
  }

  /**
   * Moves the watermark behind a key's results to where it stands when the input's has come to `watermark`: as far, unless
   * a row that no pane has shown yet holds it back. Must be told before anything changes for the key.
   */
  judge(key: KeyPanes, watermark: WatermarkMs): void {
    if (watermark <= key.judgedAt) return;
    key.judgedAt = watermark;
    let reached = watermark;
    for (const { holdMs } of key.open.values()) reached = Math.min(reached, holdMs - 1);
    key.outputWatermark = Math.max(key.outputWatermark, reached);
  }

  addRow(window: PaneWindow, { row, timeMs }: ArrivingRow, moment: PaneMoment): void {
    window.newRows++;
    this.hold(window, this.bound.engine.timestamps === 'end-of-window' ? lastMs(window) : timeMs, moment.watermark);
    this.state.cells.add(window.cell, row);
    this.root.onElement(window.trigger, this.triggerMoment(window, moment));
  }

  /** `WatermarkHold.addElementHold`: a row that comes too late to hold the output back says nothing about its time. */
  private hold(window: PaneWindow, timeMs: EventTimeMs, watermark: WatermarkMs): void {
    if (timeMs <= window.key.outputWatermark || lastMs(window) <= watermark) return;
    const isNone = window.holdMs === Infinity;
    const isLatest = this.bound.engine.timestamps === 'latest';
    window.holdMs = isLatest && !isNone ? Math.max(window.holdMs, timeMs) : Math.min(window.holdMs, timeMs);
  }

  /**
   * Makes one session of those that a new row's own one meets. Panes are counted anew, unless the session has the bounds of
   * one that was there. Null where a closed session has these very bounds and its trigger stays finished: then all is gone.
   */
  merge(key: KeyPanes, met: readonly PaneWindow[], own: Window, moment: PaneMoment): PaneWindow | null {
    const parts = met.toSorted((a, b) => a.startMs - b.startMs);
    const cover = met.reduce<Window>(coverOf, own);
    const same = met.find(({ startMs, endMs }) => startMs === cover.startMs && endMs === cover.endMs);
    const closed = closedAt(key, cover);
    const window = this.state.open(key, cover, Math.min(...met.map(({ first }) => first)));
    const former = same ?? closed;
    if (former !== undefined) window.trigger.copy(former.trigger);
    if (same !== undefined) this.goOn(window, same);
    for (const part of parts) {
      this.state.cells.merge(window.cell, part.cell);
      window.newRows += part.newRows;
      window.freshRows += part.freshRows;
      window.shownRows += part.shownRows;
    }
    this.mergeHolds(window, parts, moment.watermark);
    const triggers = parts.map(({ trigger }) => trigger);
    this.root.onMerge(window.trigger, triggers, this.triggerMoment(window, moment));
    for (const part of parts) this.state.forget(part);
    if (!this.root.isFinished(window.trigger)) return window;
    this.letGo(window, moment.out);
    this.state.close(window);
    return null;
  }

  private goOn(window: PaneWindow, from: PaneWindow): void {
    window.panes = from.panes;
    window.isPastEarly = from.isPastEarly;
    if (from.wakesAtEnd) this.state.wakeAtEnd(window);
    for (const timeMs of from.wakesAfter) this.state.wakeAfter(window, timeMs);
  }

  private mergeHolds(window: PaneWindow, from: readonly PaneWindow[], watermark: WatermarkMs): void {
    const { timestamps } = this.bound.engine;
    if (timestamps === 'end-of-window') {
      this.hold(window, lastMs(window), watermark);
      return;
    }
    const holds = from.map(({ holdMs }) => holdMs).filter((holdMs) => holdMs !== Infinity);
    if (holds.length > 0) window.holdMs = timestamps === 'earliest' ? Math.min(...holds) : Math.max(...holds);
  }

  private triggerMoment(window: PaneWindow, { nowMs, watermark }: PaneMoment): TriggerMoment {
    const { state } = this;
    return {
      nowMs,
      hasEnded: watermark >= this.rules.fireAt(window.endMs),
      wakeAtEnd: () => state.wakeAtEnd(window),
      wakeAfter: (timeMs) => state.wakeAfter(window, timeMs),
    };
  }

  /** The watermark has moved: windows end and expire. */
  onWatermark(moment: PaneMoment): void {
    for (const window of this.state.dueAt(moment.watermark)) {
      this.judge(window.key, moment.watermarkBefore);
      if (moment.watermark < this.state.expiresAt(window)) {
        this.fireIfReady(window, moment);
        continue;
      }
      if (!window.isClosed) {
        this.firePane(window, true, moment);
        this.letGo(window, moment.out);
      }
      this.state.forget(window);
    }
  }

  /** The clock has moved. */
  onClock(moment: PaneMoment): void {
    for (const window of this.state.dueAfter(moment.nowMs)) {
      this.judge(window.key, moment.watermark);
      this.fireIfReady(window, moment);
    }
  }

  /** Asks the trigger, and fires the window where it says so. */
  fireIfReady(window: PaneWindow, moment: PaneMoment): void {
    if (window.isClosed) return;
    const asked = this.triggerMoment(window, moment);
    if (!this.root.shouldFire(window.trigger, asked)) return;
    this.root.onFire(window.trigger, asked);
    const isFinished = this.root.isFinished(window.trigger);
    this.firePane(window, isFinished, moment);
    window.newRows = 0;
    const forgets = isFinished || this.bound.accumulation === 'discarding';
    if (forgets) this.letGo(window, moment.out);
    if (isFinished) this.state.close(window);
    else if (forgets) this.state.cells.clear(window.cell);
  }

  /** One pane, unless it is empty and nobody wants it. */
  private firePane(window: PaneWindow, isLast: boolean, { seq, phase, watermark, out }: PaneMoment): void {
    const { closing, onTime } = this.bound.engine;
    const ts = Math.min(window.holdMs, lastMs(window));
    window.holdMs = Infinity;
    const timing = this.timingOf(window, watermark);
    const isWanted = (timing === PANE_ON_TIME && onTime === 'fire-always') || (isLast && closing === 'fire-always');
    const isEmpty = window.newRows === 0;
    if (isEmpty && !isWanted) return;
    const { key, cell, panes: paneIndex } = window;
    const [startMs, endMs] = boundsOf(window);
    const { keys, cells } = this.state;
    this.results.add(
      { seq, phase, ts: Number.isFinite(ts) ? ts : Number.NaN, startMs, endMs, timing, paneIndex, isLast },
      (builders) => keys.appendTo(builders, key.id),
      (builders, at) => cells.appendTo(builders, at, cell),
      out,
    );
    out.trace?.fired({ seq, phase, startMs, endMs, timing, paneIndex, results: 1 });
    window.panes++;
    window.isPastEarly ||= timing !== PANE_EARLY;
    window.shownRows += window.freshRows;
    window.freshRows = 0;
  }

  /** `PaneInfoTracker.describePane`: on time only once, and not once the output's watermark has passed the window. */
  private timingOf(window: PaneWindow, watermark: WatermarkMs): number {
    if (window.isPastEarly || lastMs(window) <= window.key.outputWatermark) return PANE_LATE;
    return watermark < this.rules.fireAt(window.endMs) ? PANE_EARLY : PANE_ON_TIME;
  }

  /** The ledger's rows of the window are kept no more. */
  private letGo(window: PaneWindow, { fates }: KernelOutput): void {
    fates.held -= window.freshRows + window.shownRows;
    fates.used += window.shownRows;
    fates.filtered += window.freshRows;
    window.freshRows = 0;
    window.shownRows = 0;
  }

  flush(out: KernelOutput): void {
    this.results.flush(out);
  }
}

/** The last millisecond of a window. */
function lastMs({ endMs }: Window): EventTimeMs {
  return endMs - 1;
}

/** Bounds as they are told: NaN for the window that has none. */
export function boundsOf({ startMs, endMs }: Window): readonly [EventTimeMs, EventTimeMs] {
  return Number.isFinite(endMs) ? [startMs, endMs] : [Number.NaN, Number.NaN];
}
