import type { Trigger } from '../shared/trigger.ts';

/** What a trigger may ask of its window and of the clocks, and the timers that it sets. */
export interface Surroundings {
  /** The last time that belongs to the window. */
  readonly maxTime: number;
  readonly isProcessing: boolean;
  readonly watermark: () => number;
  readonly clock: () => number;
  readonly eventTimers: Set<number>;
  readonly clockTimers: Set<number>;
}

export type Verdict = 'wait' | 'fire' | 'fire and purge';

/** One trigger of one window, as in `org.apache.flink.streaming.api.windowing.triggers`. */
export interface FlinkTrigger {
  element(time: number): Verdict;
  eventTimer(time: number): Verdict;
  clockTimer(time: number): Verdict;
  /** Takes over the state of the same trigger in the windows that were merged into this one. */
  merge(others: readonly FlinkTrigger[]): void;
  /** Begins anew. */
  clear(): void;
}

export function flinkTrigger(trigger: Trigger, window: Surroundings): FlinkTrigger {
  switch (trigger.on) {
    case 'event-time':
      return new EventTime(window);
    case 'processing-time':
      return new ProcessingTime(window);
    case 'end-of-stream':
      return new EndOfStream(window);
    case 'count':
      return new Count(trigger.rows);
    case 'continuous-event-time':
      return new ContinuousEventTime(trigger.intervalMs, window);
    case 'continuous-processing-time':
      return new ContinuousProcessingTime(trigger.intervalMs, window);
    case 'processing-delay':
      return new Delay(trigger.delayMs, window);
    case 'purging':
      return new Purging(flinkTrigger(trigger.of, window));
    case 'end-of-window':
      return new EndOfWindow(trigger, window);
    default:
      return new Never();
  }
}

/** A trigger that stands before or after the end of a window. */
function repeated(trigger: Trigger, window: Surroundings): FlinkTrigger {
  if (trigger.on === 'processing-delay') return new Periodic(trigger.delayMs, window);
  if (trigger.on === 'after-first') return new AfterFirst(trigger.of.map((part) => repeated(part, window)));
  return flinkTrigger(trigger, window);
}

const least = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
};

/** `NeverTrigger` of global windows; the others begin with what it does. */
class Never implements FlinkTrigger {
  element(_time: number): Verdict {
    return 'wait';
  }
  eventTimer(_time: number): Verdict {
    return 'wait';
  }
  clockTimer(_time: number): Verdict {
    return 'wait';
  }
  merge(_others: readonly FlinkTrigger[]): void {
    // nothing to take over
  }
  clear(): void {
    // nothing to forget
  }
}

class EventTime extends Never {
  private readonly window: Surroundings;
  constructor(window: Surroundings) {
    super();
    this.window = window;
  }
  override element(): Verdict {
    if (this.window.maxTime <= this.window.watermark()) return 'fire';
    this.window.eventTimers.add(this.window.maxTime);
    return 'wait';
  }
  override eventTimer(time: number): Verdict {
    return time === this.window.maxTime ? 'fire' : 'wait';
  }
  override merge(): void {
    if (this.window.maxTime > this.window.watermark()) this.window.eventTimers.add(this.window.maxTime);
  }
}

class ProcessingTime extends Never {
  private readonly window: Surroundings;
  constructor(window: Surroundings) {
    super();
    this.window = window;
  }
  override element(): Verdict {
    this.window.clockTimers.add(this.window.maxTime);
    return 'wait';
  }
  override clockTimer(time: number): Verdict {
    return time === this.window.maxTime ? 'fire' : 'wait';
  }
  override merge(): void {
    if (this.window.maxTime > this.window.clock()) this.window.clockTimers.add(this.window.maxTime);
  }
}

/** `GlobalWindows.EndOfStreamTrigger` */
class EndOfStream extends Never {
  private readonly window: Surroundings;
  constructor(window: Surroundings) {
    super();
    this.window = window;
  }
  override element(): Verdict {
    this.window.eventTimers.add(Infinity);
    return 'wait';
  }
  override eventTimer(time: number): Verdict {
    return time === Infinity ? 'fire' : 'wait';
  }
  override merge(): void {
    this.window.eventTimers.add(Infinity);
  }
}

class Count extends Never {
  private readonly rows: number;
  private seen = 0;
  constructor(rows: number) {
    super();
    this.rows = rows;
  }
  override element(): Verdict {
    this.seen++;
    if (this.seen < this.rows) return 'wait';
    this.seen = 0;
    return 'fire';
  }
  override merge(others: readonly FlinkTrigger[]): void {
    this.seen = (others as readonly Count[]).reduce((sum, other) => sum + other.seen, 0);
  }
  override clear(): void {
    this.seen = 0;
  }
}

/** First at the end of the interval that the first row falls into, then every interval; at the latest with the window. */
class ContinuousEventTime extends Never {
  private readonly interval: number;
  private readonly window: Surroundings;
  private next: number | null = null;
  constructor(interval: number, window: Surroundings) {
    super();
    this.interval = interval;
    this.window = window;
  }
  override element(time: number): Verdict {
    if (this.window.maxTime <= this.window.watermark()) return 'fire';
    this.window.eventTimers.add(this.window.maxTime);
    // The remainder of Java: negative for a negative time.
    if (this.next === null) this.schedule(time - (time % this.interval));
    return 'wait';
  }
  override eventTimer(time: number): Verdict {
    if (time === this.window.maxTime) return 'fire';
    if (time !== this.next) return 'wait';
    this.schedule(time);
    return 'fire';
  }
  override merge(others: readonly FlinkTrigger[]): void {
    this.next = least((others as readonly ContinuousEventTime[]).map((other) => other.next));
    if (this.next !== null) this.window.eventTimers.add(this.next);
  }
  private schedule(from: number): void {
    const { maxTime, watermark } = this.window;
    // A window without end fires once more at the end of time, not at all times before.
    this.next = watermark() === Infinity && maxTime === Infinity ? Infinity : Math.min(from + this.interval, maxTime);
    this.window.eventTimers.add(this.next);
  }
}

class ContinuousProcessingTime extends Never {
  private readonly interval: number;
  private readonly window: Surroundings;
  private next: number | null = null;
  constructor(interval: number, window: Surroundings) {
    super();
    this.interval = interval;
    this.window = window;
  }
  override element(): Verdict {
    const now = this.window.clock();
    if (this.next === null) this.schedule(now - (now % this.interval));
    return 'wait';
  }
  override clockTimer(time: number): Verdict {
    if (time !== this.next) return 'wait';
    this.schedule(time);
    return 'fire';
  }
  override merge(others: readonly FlinkTrigger[]): void {
    this.next = least((others as readonly ContinuousProcessingTime[]).map((other) => other.next));
    if (this.next !== null) this.window.clockTimers.add(this.next);
  }
  private schedule(from: number): void {
    const { isProcessing, maxTime } = this.window;
    this.next = isProcessing ? Math.min(from + this.interval, maxTime) : from + this.interval;
    this.window.clockTimers.add(this.next);
  }
}

/** So long after the first row since it last fired: `ProcessingTimeoutTrigger`. */
class Delay extends Never {
  private readonly delay: number;
  private readonly window: Surroundings;
  private next: number | null = null;
  constructor(delay: number, window: Surroundings) {
    super();
    this.delay = delay;
    this.window = window;
  }
  override element(): Verdict {
    if (this.next === null) this.schedule(this.window.clock());
    return 'wait';
  }
  override clockTimer(time: number): Verdict {
    if (time !== this.next) return 'wait';
    this.next = null;
    return 'fire';
  }
  override merge(others: readonly FlinkTrigger[]): void {
    this.next = least((others as readonly Delay[]).map((other) => other.next));
    if (this.next !== null) this.window.clockTimers.add(this.next);
  }
  override clear(): void {
    if (this.next !== null) this.window.clockTimers.delete(this.next);
    this.next = null;
  }
  protected schedule(from: number): void {
    this.next = from + this.delay;
    this.window.clockTimers.add(this.next);
  }
}

/** `ProcessingTimeTriggers.AfterFirstElementPeriodic`: so long after the first row, then every so often. */
class Periodic extends Delay {
  override clockTimer(time: number): Verdict {
    const verdict = super.clockTimer(time);
    if (verdict === 'fire') this.schedule(time);
    return verdict;
  }
}

/** As soon as one of them fires, all begin anew. */
class AfterFirst implements FlinkTrigger {
  private readonly parts: readonly FlinkTrigger[];
  constructor(parts: readonly FlinkTrigger[]) {
    this.parts = parts;
  }
  element(time: number): Verdict {
    return this.first(this.parts.map((part) => part.element(time)));
  }
  eventTimer(time: number): Verdict {
    return this.first(this.parts.map((part) => part.eventTimer(time)));
  }
  clockTimer(time: number): Verdict {
    return this.first(this.parts.map((part) => part.clockTimer(time)));
  }
  merge(others: readonly FlinkTrigger[]): void {
    const merged = others as readonly AfterFirst[];
    this.parts.forEach((part, i) => part.merge(merged.map(({ parts }) => parts[i]!)));
  }
  clear(): void {
    for (const part of this.parts) part.clear();
  }
  private first(verdicts: readonly Verdict[]): Verdict {
    if (!verdicts.includes('fire')) return 'wait';
    this.clear();
    return 'fire';
  }
}

class Purging implements FlinkTrigger {
  private readonly of: FlinkTrigger;
  constructor(of: FlinkTrigger) {
    this.of = of;
  }
  element(time: number): Verdict {
    return purged(this.of.element(time));
  }
  eventTimer(time: number): Verdict {
    return purged(this.of.eventTimer(time));
  }
  clockTimer(time: number): Verdict {
    return purged(this.of.clockTimer(time));
  }
  merge(others: readonly FlinkTrigger[]): void {
    this.of.merge((others as readonly Purging[]).map((other) => other.of));
  }
  clear(): void {
    this.of.clear();
  }
}

function purged(verdict: Verdict): Verdict {
  return verdict === 'wait' ? 'wait' : 'fire and purge';
}

/**
 * `EventTimeTriggers.AfterEndOfWindow` with its early and late firings, `ProcessingTimeTriggers.AfterEndOfWindow` for windows
 * on the clock. A late trigger of every row is none: without one, every late row fires.
 */
class EndOfWindow implements FlinkTrigger {
  private readonly window: Surroundings;
  private readonly early: FlinkTrigger | null;
  private readonly late: FlinkTrigger | null;
  private hasFired = false;

  constructor({ early, late }: Extract<Trigger, { on: 'end-of-window' }>, window: Surroundings) {
    this.window = window;
    this.early = early === undefined ? null : repeated(early, window);
    const isEveryRow = late?.on === 'count' && late.rows === 1;
    // Flink keeps the next time of both by the length of the delay: with equal ones the late part goes on where it was.
    const isSame =
      early?.on === 'processing-delay' && late?.on === 'processing-delay' && early.delayMs === late.delayMs;
    const rest = late === undefined || isEveryRow || window.isProcessing ? null : late;
    this.late = rest === null ? null : isSame ? this.early : repeated(rest, window);
  }

  element(time: number): Verdict {
    const { window } = this;
    if (this.late !== null && this.hasFired) return this.late.element(time);
    if (window.isProcessing) window.clockTimers.add(window.maxTime);
    else if (window.maxTime <= window.watermark()) return 'fire';
    else window.eventTimers.add(window.maxTime);
    return this.early?.element(time) ?? 'wait';
  }

  eventTimer(time: number): Verdict {
    if (this.late !== null && this.hasFired) return this.late.eventTimer(time);
    if (time !== this.window.maxTime || this.window.isProcessing) return this.early?.eventTimer(time) ?? 'wait';
    this.hasFired = true;
    return 'fire';
  }

  clockTimer(time: number): Verdict {
    if (this.late !== null && this.hasFired) return this.late.clockTimer(time);
    if (time === this.window.maxTime && this.window.isProcessing) return 'fire';
    return this.early?.clockTimer(time) ?? 'wait';
  }

  merge(others: readonly FlinkTrigger[]): void {
    const merged = others as readonly EndOfWindow[];
    this.early?.merge(merged.flatMap(({ early }) => early ?? []));
    this.late?.merge(merged.flatMap(({ late }) => late ?? []));
    if (this.window.isProcessing) this.window.clockTimers.add(this.window.maxTime);
    else this.window.eventTimers.add(this.window.maxTime);
  }

  clear(): void {
    this.early?.clear();
    this.late?.clear();
  }
}
