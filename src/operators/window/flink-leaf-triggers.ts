import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import type { TriggerContext, TriggeredPane } from './flink-trigger.ts';
import { CONTINUE, FIRE, NeverTrigger, leastMark, markOf } from './flink-trigger.ts';

/** `EventTimeTrigger`. */
export class EventTimeTrigger extends NeverTrigger {
  private readonly context: TriggerContext;

  constructor(context: TriggerContext) {
    super();
    this.context = context;
  }

  override onElement(pane: TriggeredPane): number {
    if (pane.maxMs <= this.context.watermark) return FIRE;
    this.context.eventTimers.add(pane.id, pane.maxMs);
    return CONTINUE;
  }

  override onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return timeMs === pane.maxMs ? FIRE : CONTINUE;
  }

  override onMerge(pane: TriggeredPane): void {
    if (pane.maxMs > this.context.watermark) this.context.eventTimers.add(pane.id, pane.maxMs);
  }

  override clear(pane: TriggeredPane): void {
    this.context.eventTimers.remove(pane.id, pane.maxMs);
  }
}

/** `ProcessingTimeTrigger`. */
export class ProcessingTimeTrigger extends NeverTrigger {
  private readonly context: TriggerContext;

  constructor(context: TriggerContext) {
    super();
    this.context = context;
  }

  override onElement(pane: TriggeredPane): number {
    this.context.clockTimers.add(pane.id, pane.maxMs);
    return CONTINUE;
  }

  override onProcessingTime(): number {
    return FIRE;
  }

  override onMerge(pane: TriggeredPane): void {
    if (pane.maxMs > this.context.clockMs) this.context.clockTimers.add(pane.id, pane.maxMs);
  }

  override clear(pane: TriggeredPane): void {
    this.context.clockTimers.remove(pane.id, pane.maxMs);
  }
}

/** `GlobalWindows.EndOfStreamTrigger`: the watermark behind the last event. */
export class EndOfStreamTrigger extends NeverTrigger {
  private readonly context: TriggerContext;

  constructor(context: TriggerContext) {
    super();
    this.context = context;
  }

  override onElement(pane: TriggeredPane): number {
    this.context.eventTimers.add(pane.id, END_OF_TIME);
    return CONTINUE;
  }

  override onEventTime(_pane: TriggeredPane, timeMs: number): number {
    return timeMs === END_OF_TIME ? FIRE : CONTINUE;
  }

  override onMerge(pane: TriggeredPane): void {
    this.context.eventTimers.add(pane.id, END_OF_TIME);
  }
}

/** `CountTrigger`, `ElementTriggers.CountElement`. A firing by time leaves the count as it is. */
export class CountTrigger extends NeverTrigger {
  private readonly rows: number;
  private readonly slot: number;

  constructor(rows: number, slot: number) {
    super();
    this.rows = rows;
    this.slot = slot;
  }

  override onElement(pane: TriggeredPane): number {
    const count = (markOf(pane.marks, this.slot) || 0) + 1;
    pane.marks[this.slot] = count >= this.rows ? Number.NaN : count;
    return count >= this.rows ? FIRE : CONTINUE;
  }

  override onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    const sum = former.reduce((total, marks) => total + (markOf(marks, this.slot) || 0), 0);
    pane.marks[this.slot] = sum === 0 ? Number.NaN : sum;
  }

  override clear(pane: TriggeredPane): void {
    pane.marks[this.slot] = Number.NaN;
  }
}

/** `ProcessingTimeoutTrigger`: so long after the first row since it last fired. */
export class DelayTrigger extends NeverTrigger {
  protected readonly context: TriggerContext;
  protected readonly delayMs: number;
  protected readonly slot: number;

  constructor(context: TriggerContext, delayMs: number, slot: number) {
    super();
    this.context = context;
    this.delayMs = delayMs;
    this.slot = slot;
  }

  override onElement(pane: TriggeredPane): number {
    if (Number.isNaN(markOf(pane.marks, this.slot))) this.set(pane, this.context.clockMs + this.delayMs);
    return CONTINUE;
  }

  override onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    if (markOf(pane.marks, this.slot) !== timeMs) return CONTINUE;
    pane.marks[this.slot] = Number.NaN;
    return FIRE;
  }

  override onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    const first = leastMark(former, this.slot);
    if (!Number.isNaN(first)) this.set(pane, first);
  }

  override clear(pane: TriggeredPane): void {
    const timeMs = markOf(pane.marks, this.slot);
    if (Number.isNaN(timeMs)) return;
    this.context.clockTimers.remove(pane.id, timeMs);
    pane.marks[this.slot] = Number.NaN;
  }

  protected set(pane: TriggeredPane, timeMs: ProcessingTimeMs): void {
    pane.marks[this.slot] = timeMs;
    this.context.clockTimers.add(pane.id, timeMs);
  }
}

/** `ProcessingTimeTriggers.AfterFirstElementPeriodic`: at equal distances from the first row on. */
export class PeriodicTrigger extends DelayTrigger {
  override onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    if (markOf(pane.marks, this.slot) !== timeMs) return CONTINUE;
    this.set(pane, timeMs + this.delayMs);
    return FIRE;
  }
}
