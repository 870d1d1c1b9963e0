import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { Round } from '../operator.ts';
import { firstClockAtLeast, firstStepAtLeast } from './curve-steps.ts';

/** What waits for event time or for the clock. */
export interface Timers {
  /** Time of the first; +∞ when nothing waits. */
  readonly firstTimerMs: number;
  /** Event time or the clock has come to `nowMs` with entry `seq`: all that is due goes off. */
  fire(nowMs: number, seq: number): void;
}

/**
 * Walks through the steps of a round that timers wait for: those of the watermark, or the clock's. `begin` with the round,
 * `arrive` before each row in order of position, `finish` behind the last one.
 *
 * A row arrives before the watermark that its entry moves, and after the clock entry that it comes with.
 */
export class TimerSteps {
  private readonly timers: Timers;
  private readonly isByClock: boolean;
  private round: Round | null = null;
  private curve: Curve | null = null;
  /** Entries of the round before this one were seen. */
  private cursor = 0;

  constructor(timers: Timers, isByClock: boolean) {
    this.timers = timers;
    this.isByClock = isByClock;
  }

  begin(round: Round, curve: Curve): void {
    this.round = round;
    this.curve = curve;
    this.cursor = 0;
  }

  /** Lets go off what is due before a row of entry `seq`. Returns what time it is for the row. */
  arrive(seq: number): number {
    const entry = seq - this.round!.firstSeq;
    this.advance(this.isByClock ? entry + 1 : entry);
    return this.isByClock ? this.round!.at[entry]! : watermarkBefore(this.curve!, seq);
  }

  finish(): void {
    this.advance(this.round!.length);
    this.round = null;
    this.curve = null;
  }

  private advance(until: number): void {
    const { round, curve, timers } = this;
    while (this.cursor < until) {
      const waitsFor = timers.firstTimerMs;
      if (waitsFor === Infinity) break;
      const step = this.isByClock
        ? firstClockAtLeast(round!, waitsFor, this.cursor, until)
        : firstStepAtLeast(curve!, waitsFor, this.cursor, until);
      if (step < 0) break;
      this.cursor = step + 1;
      timers.fire(this.isByClock ? round!.at[step]! : curve!.watermarks[step]!, round!.firstSeq + step);
    }
    this.cursor = Math.max(this.cursor, until);
  }
}
