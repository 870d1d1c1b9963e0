import type { EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { PaneTimers } from './trigger-timers-state.ts';

/** What a trigger says: bits, as in Flink's `TriggerResult`. */
export const CONTINUE = 0;
export const FIRE = 1;
export const PURGE = 2;

/** A key's part of a window, as its trigger sees it. */
export interface TriggeredPane {
  readonly id: number;
  /** The last millisecond of the window, on whatever clock it is; +∞ for one without end. */
  maxMs: number;
  /** What the triggers remember, by their slots; NaN for nothing. */
  marks: number[];
}

/** What a trigger may look at and set. */
export interface TriggerContext {
  readonly watermark: WatermarkMs;
  readonly clockMs: ProcessingTimeMs;
  readonly eventTimers: PaneTimers;
  readonly clockTimers: PaneTimers;
}

/**
 * Decides when a pane gives a result. What it remembers lies in the pane, so that one trigger serves all panes. Flink:
 * `streaming.api.windowing.triggers.Trigger`, `table…groupwindow.triggers.Trigger`.
 */
export interface FlinkTrigger {
  onElement(pane: TriggeredPane, timeMs: EventTimeMs): number;
  onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number;
  onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number;
  /** `pane`, without timers and marks, has come to stand for all that had these marks. */
  onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void;
  /** Forgets what it remembers of a pane, with its timers. */
  clear(pane: TriggeredPane): void;
}

/** `GlobalWindows.NeverTrigger`; also the base of those that answer to few of the calls. */
export class NeverTrigger implements FlinkTrigger {
  onElement(_pane: TriggeredPane, _timeMs: EventTimeMs): number {
    return CONTINUE;
  }
  onEventTime(_pane: TriggeredPane, _timeMs: EventTimeMs): number {
    return CONTINUE;
  }
  onProcessingTime(_pane: TriggeredPane, _timeMs: ProcessingTimeMs): number {
    return CONTINUE;
  }
  onMerge(_pane: TriggeredPane, _former: readonly (readonly number[])[]): void {
    return;
  }
  clear(_pane: TriggeredPane): void {
    return;
  }
}

/** NaN where nothing is remembered. */
export function markOf(marks: readonly number[], slot: number): number {
  return marks[slot] ?? Number.NaN;
}

/** NaN where none has a mark. */
export function leastMark(former: readonly (readonly number[])[], slot: number): number {
  let least = Number.NaN;
  for (const marks of former) {
    const mark = markOf(marks, slot);
    if (!Number.isNaN(mark) && !(mark >= least)) least = mark;
  }
  return least;
}
