import type { Batch } from '../../stream/batch.ts';
import { TICK_MS } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME, NO_WATERMARK } from '../../stream/time.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { TimeRules } from '../dialects/dialect.ts';
import type { ClockCall } from './emit-timer.ts';
import type { Idleness } from './idleness.ts';
import { BusyProbeTimer, IdlenessTimer } from './idleness.ts';
import type { WatermarkOutput } from './watermark-output.ts';

/** Rows as their times see them. Numbers of entries may be written when they are read. */
export type TimedRows = Pick<Batch, 'length' | 'ts' | 'seq'>;

/** Events [from, to): rows of a batch without selection. */
export interface EventRun {
  readonly batch: TimedRows;
  readonly from: number;
  readonly to: number;
}

/** How events moved a watermark: where it ended, and, for who asks, each step. Good for as long as the events are. */
export interface WatermarkTrack {
  readonly last: WatermarkMs;
  tell(steps: WatermarkSteps): void;
}

/** How far a generator and its output are. */
interface Stated {
  readonly maxTimeMs: EventTimeMs;
  readonly statedMs: WatermarkMs;
  readonly watermark: WatermarkMs;
}

interface StepRules {
  readonly rules: TimeRules;
  readonly delayMs: DurationMs;
  /** By how much the watermark of an event must be ahead of the last one for the event itself to state it. */
  readonly aheadMs: DurationMs;
}

/** Hears of each entry with which a watermark moves, in order. */
export interface WatermarkSteps {
  raise(seq: number, watermark: WatermarkMs): void;
}

/**
 * States the watermark of one source, partition or assigner. What it says need not move anything: its output sees to it
 * that a watermark never goes back.
 *
 * `per-event`: with each event, the greatest time so far less the delay. `periodic`: the same when the clock asks for it.
 * `punctuated`: what a row states. Idleness is looked for at clock entries under any strategy.
 *
 * Dialects whose source is active with the next row are those of Flink's SQL assigner (`WatermarkAssignerOperator`); the
 * others go by `WatermarksWithIdleness`, where the next watermark that moves ends idleness.
 */
export class WatermarkGenerator {
  private maxTimeMs: EventTimeMs = -Infinity;
  /** The greatest watermark stated so far, whether or not anybody heard it. */
  private statedMs: WatermarkMs;
  /** Found or said to be idle, and no event came since. The output may be idle for longer: until a watermark moves. */
  private quiet = false;
  private readonly idleness: Idleness | null;
  private readonly config: WatermarkConfig;
  private readonly rules: TimeRules;
  private readonly output: WatermarkOutput;
  private readonly periodicOutput: WatermarkOutput;
  private readonly isPeriodic: boolean;

  /** What an event makes it say goes to `output`, what the clock makes it say to `periodicOutput`. */
  constructor(
    config: WatermarkConfig,
    rules: TimeRules,
    output: WatermarkOutput,
    periodicOutput: WatermarkOutput = output,
  ) {
    this.config = config;
    this.rules = rules;
    this.output = output;
    this.periodicOutput = periodicOutput;
    this.isPeriodic = config.strategy === 'periodic';
    this.statedMs = this.isPeriodic ? rules.periodicFromMs : NO_WATERMARK;
    const Timer = rules.activeWith === 'row' ? BusyProbeTimer : IdlenessTimer;
    this.idleness = config.idleMs > 0 ? new Timer(config.idleMs) : null;
  }

  /** An event, its time NaN where it has none; `statedMs` is the watermark that it states, NaN for none. */
  onEvent(timeMs: EventTimeMs, statedMs: WatermarkMs = Number.NaN): void {
    const wasQuiet = this.quiet;
    this.activity();
    const moves = timeMs > this.maxTimeMs;
    if (moves) this.maxTimeMs = timeMs;
    switch (this.config.strategy) {
      case 'per-event':
        // A partition that was idle counts again with any watermark, also with one that does not move.
        if (moves || wasQuiet) this.emit(this.bounded(), this.output);
        return;
      case 'periodic':
        if (moves && this.rules.emitsAhead && this.bounded() - this.statedMs > this.config.intervalMs) {
          this.emit(this.bounded(), this.output);
        }
        return;
      case 'punctuated':
        if (!Number.isNaN(statedMs)) this.emit(statedMs, this.output);
        return;
      case 'none':
        return;
    }
  }

  /** Whether `onEvents` does what `onEvent` does, one after the other, while the output is not idle. */
  get takesEventsAtOnce(): boolean {
    return this.config.strategy !== 'punctuated';
  }

  /** Events with no clock entry between them, one after the other. The output's watermark is `before` now. */
  onEvents(run: EventRun, before: WatermarkMs, steps: WatermarkSteps): void {
    this.activity();
    const stated = { maxTimeMs: this.maxTimeMs, statedMs: this.statedMs, watermark: before };
    const { maxTimeMs, watermark } = eachStep(run, stated, this.stepRules(), steps);
    this.maxTimeMs = maxTimeMs;
    if (watermark > before) this.emit(watermark, this.output);
  }

  /**
   * Whether `onEventsAtOnce` does what `onEvents` does. Every new greatest time states a watermark, and a greater time never
   * a smaller one: so where the watermark ends is known from the greatest time of all.
   */
  get goesByGreatestTime(): boolean {
    return this.config.strategy === 'per-event' && this.statedMs < END_OF_TIME;
  }

  /** As `onEvents`, but for the steps: these are told by what it gives back, as often as somebody asks. */
  onEventsAtOnce(run: EventRun, before: WatermarkMs): WatermarkTrack {
    this.activity();
    const stated = { maxTimeMs: this.maxTimeMs, statedMs: this.statedMs, watermark: before };
    const stepRules = this.stepRules();
    const greatestMs = greatestTime(run, this.maxTimeMs);
    let last = before;
    if (greatestMs > this.maxTimeMs) {
      this.maxTimeMs = greatestMs;
      const boundedMs = this.bounded();
      if (boundedMs > before) this.emit((last = boundedMs), this.output);
    }
    return { last, tell: (steps) => void eachStep(run, stated, stepRules, steps) };
  }

  private stepRules(): StepRules {
    return { rules: this.rules, delayMs: this.config.delayMs, aheadMs: this.statesAheadMs() };
  }

  /** By how much the watermark of an event must be ahead of the last one for the event itself to state it. */
  private statesAheadMs(): DurationMs {
    if (this.config.strategy === 'per-event') return -Infinity;
    return this.isPeriodic && this.rules.emitsAhead ? this.config.intervalMs : Infinity;
  }

  private activity(): void {
    this.idleness?.activity();
    if (!this.quiet) return;
    this.quiet = false;
    if (this.rules.activeWith === 'row') this.output.markActive();
  }

  /** A clock entry. */
  onClock(nowMs: ProcessingTimeMs, call: ClockCall): void {
    if (this.statedMs === END_OF_TIME || call === 'nothing') return;
    if (this.rules.activeWith === 'row') {
      if (this.isPeriodic && call === 'emit') this.emit(this.bounded(), this.periodicOutput);
      this.checkIdleness(nowMs);
    } else if (!this.isPeriodic) this.checkIdleness(nowMs);
    else if (call === 'emit') this.onPeriodicEmit(nowMs);
  }

  /** Asks for the watermark. Flink: `WatermarksWithIdleness.onPeriodicEmit`, which asks the generator only if not idle. */
  onPeriodicEmit(nowMs: ProcessingTimeMs): void {
    if (!this.checkIdleness(nowMs) && !this.quiet) this.emit(this.bounded(), this.periodicOutput);
  }

  private checkIdleness(nowMs: ProcessingTimeMs): boolean {
    if (this.idleness?.checkIfIdle(nowMs) !== true) return false;
    if (!this.quiet) this.periodicOutput.markIdle();
    this.quiet = true;
    return true;
  }

  /** A watermark stated from outside: by the log, by the user, by the end of the input. */
  advanceTo(watermark: WatermarkMs): void {
    this.activity();
    this.emit(watermark, this.output);
  }

  /** A status stated from outside. One that is said to be idle is not asked again until something comes. */
  setIdle(idle: boolean): void {
    this.quiet = idle;
    if (idle) this.output.markIdle();
    else {
      this.idleness?.activity();
      this.output.markActive();
    }
  }

  private bounded(): WatermarkMs {
    return this.maxTimeMs === -Infinity
      ? NO_WATERMARK
      : this.rules.boundedWatermark(this.maxTimeMs, this.config.delayMs);
  }

  private emit(watermark: WatermarkMs, output: WatermarkOutput): void {
    if (this.rules.activeWith === 'row') {
      if (watermark <= this.statedMs) return;
      this.statedMs = watermark;
      // RecordWriterOutput.emitWatermark: what an idle assigner states is lost
      if (this.quiet) return;
    } else if (watermark > this.statedMs) this.statedMs = watermark;
    output.emitWatermark(watermark);
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.maxTimeMs);
    writer.f64(this.statedMs);
    writer.u8(this.quiet ? 1 : 0);
    this.idleness?.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.maxTimeMs = reader.f64();
    this.statedMs = reader.f64();
    this.quiet = reader.u8() === 1;
    this.idleness?.restore(reader);
  }
}

/** Tells the steps that events lead to, and says how far they come. */
function eachStep(run: EventRun, from: Stated, stepRules: StepRules, steps: WatermarkSteps): Stated {
  const { ts: times, seq } = run.batch;
  const { to } = run;
  const { rules, delayMs, aheadMs } = stepRules;
  let { maxTimeMs, statedMs, watermark } = from;
  for (let row = nextAbove(times, maxTimeMs, run.from, to); row < to; row = nextAbove(times, maxTimeMs, row + 1, to)) {
    maxTimeMs = times[row]!;
    if (aheadMs === Infinity) continue;
    const boundedMs = rules.boundedWatermark(maxTimeMs, delayMs);
    if (!(boundedMs - statedMs > aheadMs)) continue;
    statedMs = Math.max(statedMs, boundedMs);
    if (boundedMs <= watermark) continue;
    watermark = boundedMs;
    steps.raise(seq[row]!, watermark);
  }
  return { maxTimeMs, statedMs, watermark };
}

/**
 * The greatest of some times and `maxMs`. From the last one on: it stands near the end, so that four at a time are soon known
 * to be less.
 */
function greatestTime({ batch, from, to }: EventRun, maxMs: number): number {
  const { ts: times } = batch;
  let greatestMs = maxMs;
  let row = to - 1;
  for (; row >= from + 3; row -= 4) {
    const a = times[row]!;
    const b = times[row - 1]!;
    const c = times[row - 2]!;
    const d = times[row - 3]!;
    if (!(a > greatestMs || b > greatestMs || c > greatestMs || d > greatestMs)) continue;
    if (a > greatestMs) greatestMs = a;
    if (b > greatestMs) greatestMs = b;
    if (c > greatestMs) greatestMs = c;
    if (d > greatestMs) greatestMs = d;
  }
  for (; row >= from; row--) if (times[row]! > greatestMs) greatestMs = times[row]!;
  return greatestMs;
}

/** First of the times in [from, to) that is greater than `maxMs`; `to` when there is none. */
function nextAbove(times: Float64Array, maxMs: number, from: number, to: number): number {
  let row = from;
  while (row < to && !(times[row]! > maxMs)) row++;
  return row;
}

/**
 * How long after a row the clock must go on ticking for a generator to have nothing left to do; null when it never needs
 * the clock. The bound is generous: further ticks change nothing.
 */
export function clockHorizonMs(config: WatermarkConfig): DurationMs | null {
  const periodicMs = config.strategy === 'periodic' ? config.intervalMs + TICK_MS : 0;
  // Up to three looks may go by before the timeout begins to count; under periodic ones they are an interval apart.
  const idlenessMs = config.idleMs > 0 ? config.idleMs + 3 * Math.max(TICK_MS, periodicMs) : 0;
  const horizonMs = Math.max(periodicMs, idlenessMs);
  return horizonMs === 0 ? null : horizonMs;
}
