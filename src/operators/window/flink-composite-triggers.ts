import type { EventTimeMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { FlinkTrigger, TriggerContext, TriggeredPane } from './flink-trigger.ts';
import { CONTINUE, FIRE, PURGE, markOf } from './flink-trigger.ts';

/** `PurgingTrigger`. */
export class PurgingTrigger implements FlinkTrigger {
  private readonly of: FlinkTrigger;

  constructor(of: FlinkTrigger) {
    this.of = of;
  }

  onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return purging(this.of.onElement(pane, timeMs));
  }
  onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return purging(this.of.onEventTime(pane, timeMs));
  }
  onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    return purging(this.of.onProcessingTime(pane, timeMs));
  }
  onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    this.of.onMerge(pane, former);
  }
  clear(pane: TriggeredPane): void {
    this.of.clear(pane);
  }
}

function purging(result: number): number {
  return (result & FIRE) === 0 ? result : result | PURGE;
}

/** The first of several, all of which then begin anew: early panes by number and by time. */
export class AfterFirstTrigger implements FlinkTrigger {
  private readonly parts: readonly FlinkTrigger[];

  constructor(parts: readonly FlinkTrigger[]) {
    this.parts = parts;
  }

  onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return this.any(pane, (part) => part.onElement(pane, timeMs));
  }
  onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return this.any(pane, (part) => part.onEventTime(pane, timeMs));
  }
  onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    return this.any(pane, (part) => part.onProcessingTime(pane, timeMs));
  }
  onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    for (const part of this.parts) part.onMerge(pane, former);
  }
  clear(pane: TriggeredPane): void {
    for (const part of this.parts) part.clear(pane);
  }

  private any(pane: TriggeredPane, ask: (part: FlinkTrigger) => number): number {
    let result = CONTINUE;
    for (const part of this.parts) result |= ask(part);
    if ((result & FIRE) !== 0) this.clear(pane);
    return result;
  }
}

/** `EventTimeTriggers.AfterEndOfWindow`, with early firings `AfterEndOfWindowNoLate`: late rows fire one by one. */
export class EndOfWindow implements FlinkTrigger {
  protected readonly context: TriggerContext;
  protected readonly early: FlinkTrigger;

  constructor(context: TriggerContext, early: FlinkTrigger) {
    this.context = context;
    this.early = early;
  }

  onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    if (pane.maxMs <= this.context.watermark) return FIRE;
    this.context.eventTimers.add(pane.id, pane.maxMs);
    return this.early.onElement(pane, timeMs);
  }

  onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return timeMs === pane.maxMs ? FIRE : this.early.onEventTime(pane, timeMs);
  }

  onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    return this.early.onProcessingTime(pane, timeMs);
  }

  onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    this.context.eventTimers.add(pane.id, pane.maxMs);
    this.early.onMerge(pane, former);
  }

  clear(pane: TriggeredPane): void {
    this.context.eventTimers.remove(pane.id, pane.maxMs);
    this.early.clear(pane);
  }
}

/** `EventTimeTriggers.AfterEndOfWindowEarlyAndLate`. */
export class EndOfWindowWithLate extends EndOfWindow {
  private readonly late: FlinkTrigger;
  /** 1 once the window has fired on time. */
  private readonly slot: number;

  constructor(
    context: TriggerContext,
    parts: { readonly early: FlinkTrigger; readonly late: FlinkTrigger },
    slot: number,
  ) {
    super(context, parts.early);
    this.late = parts.late;
    this.slot = slot;
  }

  override onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return this.hasFired(pane) ? this.late.onElement(pane, timeMs) : super.onElement(pane, timeMs);
  }

  override onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    if (this.hasFired(pane)) return this.late.onEventTime(pane, timeMs);
    if (timeMs === pane.maxMs) pane.marks[this.slot] = 1;
    return super.onEventTime(pane, timeMs);
  }

  override onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    return (this.hasFired(pane) ? this.late : this.early).onProcessingTime(pane, timeMs);
  }

  override onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    super.onMerge(pane, former);
    this.late.onMerge(pane, former);
  }

  override clear(pane: TriggeredPane): void {
    super.clear(pane);
    this.late.clear(pane);
    pane.marks[this.slot] = Number.NaN;
  }

  private hasFired(pane: TriggeredPane): boolean {
    return markOf(pane.marks, this.slot) === 1;
  }
}

/** `ProcessingTimeTriggers.AfterEndOfWindow`, with early firings `AfterEndOfWindowNoLate`. */
export class EndOfWindowByClock implements FlinkTrigger {
  private readonly context: TriggerContext;
  private readonly early: FlinkTrigger;

  constructor(context: TriggerContext, early: FlinkTrigger) {
    this.context = context;
    this.early = early;
  }

  onElement(pane: TriggeredPane, timeMs: EventTimeMs): number {
    this.context.clockTimers.add(pane.id, pane.maxMs);
    return this.early.onElement(pane, timeMs);
  }

  onEventTime(pane: TriggeredPane, timeMs: EventTimeMs): number {
    return this.early.onEventTime(pane, timeMs);
  }

  onProcessingTime(pane: TriggeredPane, timeMs: ProcessingTimeMs): number {
    return timeMs === pane.maxMs ? FIRE : this.early.onProcessingTime(pane, timeMs);
  }

  onMerge(pane: TriggeredPane, former: readonly (readonly number[])[]): void {
    this.context.clockTimers.add(pane.id, pane.maxMs);
    this.early.onMerge(pane, former);
  }

  clear(pane: TriggeredPane): void {
    this.context.clockTimers.remove(pane.id, pane.maxMs);
    this.early.clear(pane);
  }
}
