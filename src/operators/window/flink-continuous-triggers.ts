import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import type { TriggerContext, TriggeredPane } from './flink-trigger.ts';
import { CONTINUE, FIRE, NeverTrigger, leastMark, markOf } from './flink-trigger.ts';

/** `ContinuousEventTimeTrigger`: on the grid of its interval, and at the end of the window. */
export class ContinuousEventTimeTrigger extends NeverTrigger {
  private readonly context: TriggerContext;
  private readonly intervalMs: number;
  private readonly slot: number;

  constructor(context: TriggerContext, intervalMs: number, slot: number) {
    super();
    this.context = context;
    this.intervalMs = intervalMs;
    this.slot = slot;
  }

  override onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    if (pane.maxMs <= this.context.watermark) return FIRE;
    this.context.eventTimers.add(pane.id, pane.maxMs);
    // Java's remainder: times before 1970 go up to the grid, not down
    if (Number.isNaN(markOf(pane.marks, this.slot))) this.setNext(pane, timeMs - (timeMs % this.intervalMs));
    return CONTINUE;
  }

  override onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    if (timeMs === pane.maxMs) return FIRE;
    if (markOf(pane.marks, this.slot) !== timeMs) return CONTINUE;
    this.setNext(pane, timeMs);
    return FIRE;
  }

  override onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    const first = leastMark(former, this.slot);
    pane.marks[this.slot] = first;
    if (!Number.isNaN(first)) this.context.eventTimers.add(pane.id, first);
  }

  override clear(pane: TriggeredPane): void {
    this.context.eventTimers.remove(pane.id, markOf(pane.marks, this.slot));
    pane.marks[this.slot] = Number.NaN;
  }

  private setNext(pane: TriggeredPane, fromMs: number): void {
    // At the end of time a window without end fires once more; Flink would go on through all the times that there are.
    const isLast = this.context.watermark === END_OF_TIME && pane.maxMs === END_OF_TIME;
    const next = isLast ? END_OF_TIME : Math.min(fromMs + this.intervalMs, pane.maxMs);
    pane.marks[this.slot] = next;
    this.context.eventTimers.add(pane.id, next);
  }
}

/** `ContinuousProcessingTimeTrigger`: on the grid of its interval, up to the end of the window. */
export class ContinuousProcessingTimeTrigger extends NeverTrigger {
  private readonly context: TriggerContext;
  private readonly intervalMs: number;
  private readonly slot: number;
  private readonly isByClock: boolean;

  constructor(context: TriggerContext, intervalMs: number, slot: number, isByClock: boolean) {
    super();
    this.isByClock = isByClock;
    this.context = context;
    this.intervalMs = intervalMs;
    this.slot = slot;
  }

  override onElement(pane: TriggeredPane): number {
    const { clockMs } = this.context;
    if (Number.isNaN(markOf(pane.marks, this.slot))) this.setNext(pane, clockMs - (clockMs % this.intervalMs));
    return CONTINUE;
  }

  override onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    if (markOf(pane.marks, this.slot) !== timeMs) return CONTINUE;
    this.setNext(pane, timeMs);
    return FIRE;
  }

  override onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    const first = leastMark(former, this.slot);
    pane.marks[this.slot] = first;
    if (!Number.isNaN(first)) this.context.clockTimers.add(pane.id, first);
  }

  override clear(pane: TriggeredPane): void {
    this.context.clockTimers.remove(pane.id, markOf(pane.marks, this.slot));
    pane.marks[this.slot] = Number.NaN;
  }

  private setNext(pane: TriggeredPane, fromMs: ProcessingTimeMs): void {
    // The end of a window of event time says nothing on the clock; Flink caps there too, and fires without end.
    const lastMs = this.isByClock ? pane.maxMs : END_OF_TIME;
    const next = Math.min(fromMs + this.intervalMs, lastMs);
    pane.marks[this.slot] = next;
    this.context.clockTimers.add(pane.id, next);
  }
}
