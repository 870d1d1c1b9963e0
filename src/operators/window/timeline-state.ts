import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Round } from '../operator.ts';
import { firstStepAtLeast } from '../shared/curve-steps.ts';
import type { PaneTime } from './trigger-timers-state.ts';

/** Told where timers are due, with the entry that brought the time; the time itself stands in the `PaneTime`. */
export interface TimelineListener {
  clock(seq: number): void;
  watermark(seq: number): void;
}

/**
 * Moves time through one round of the log. What an entry brings comes in this order: timers of the clock, if it is a clock
 * entry; the entry's rows; timers of the watermark that the entry moves.
 */
export class RoundTimeline {
  private readonly round: Round;
  private readonly curve: Curve;
  private readonly time: PaneTime;
  private readonly listener: TimelineListener;
  /** Steps and clock entries before these entries were taken. */
  private stepCursor = 0;
  private clockCursor = 0;

  constructor(round: Round, curve: Curve, time: PaneTime, listener: TimelineListener) {
    this.round = round;
    this.curve = curve;
    this.time = time;
    this.listener = listener;
  }

  /** Takes what comes before the rows of entry `entry`, counted from the round's first; everything for its length. */
  advance(entry: number): void {
    const { round, time } = this;
    const clockUntil = Math.min(round.length, entry + 1);
    while (!time.eventTimers.isEmpty || !time.clockTimers.isEmpty) {
      const step = this.nextStep(entry);
      const tick = this.nextTick(clockUntil);
      if (step < 0 && tick < 0) break;
      if (tick >= 0 && (step < 0 || tick <= step)) this.takeTick(tick);
      else this.takeStep(step);
    }
    this.stepCursor = Math.max(this.stepCursor, entry);
    this.clockCursor = Math.max(this.clockCursor, clockUntil);
    if (entry === round.length) return;
    time.watermark = this.watermarkBefore(entry);
    time.clockMs = round.at[entry]!;
  }

  private takeTick(entry: number): void {
    this.stepCursor = Math.max(this.stepCursor, entry);
    this.clockCursor = entry + 1;
    this.time.watermark = this.watermarkBefore(entry);
    this.time.clockMs = this.round.at[entry]!;
    this.listener.clock(this.round.firstSeq + entry);
  }

  private takeStep(entry: number): void {
    this.stepCursor = entry + 1;
    this.clockCursor = Math.max(this.clockCursor, entry + 1);
    this.time.watermark = this.curve.watermarks[entry] as WatermarkMs;
    this.time.clockMs = this.round.at[entry] as ProcessingTimeMs;
    this.listener.watermark(this.round.firstSeq + entry);
  }

  private watermarkBefore(entry: number): WatermarkMs {
    return watermarkBefore(this.curve, this.curve.firstSeq + entry);
  }

  /** The next entry before `until` whose watermark makes a timer due, or -1. */
  private nextStep(until: number): number {
    const { eventTimers } = this.time;
    if (eventTimers.isEmpty) return -1;
    const standing = this.watermarkBefore(this.stepCursor);
    const { firstTime } = eventTimers;
    if (firstTime > standing) return firstStepAtLeast(this.curve, firstTime, this.stepCursor, until);
    // InternalTimerServiceImpl looks at its timers only when the watermark moves: one for a time already past waits.
    for (let entry = this.stepCursor; entry < until; entry++) {
      if (this.curve.watermarks[entry]! > standing) return entry;
    }
    return -1;
  }

  /** The next clock entry before `until` that makes a timer due, or -1. */
  private nextTick(until: number): number {
    const { clockTimers } = this.time;
    if (clockTimers.isEmpty) return -1;
    const { firstTime } = clockTimers;
    for (let entry = this.clockCursor; entry < until; entry++) {
      if (this.round.kinds[entry] === ENTRY_CLOCK && this.round.at[entry]! >= firstTime) return entry;
    }
    return -1;
  }
}
