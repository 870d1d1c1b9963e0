import type { ProcessingTimeMs } from '../stream/time.ts';
import type { Speed } from './protocol.ts';

/** Real time in ms, from any origin; never goes back. */
export type RealClock = () => number;

/** What may be taken from the log now: entries up to a processing time, and rows up to a number. Infinity: no bound. */
export interface Allowance {
  readonly untilMs: ProcessingTimeMs;
  readonly rows: number;
}

/**
 * Longest stretch of real time that counts at once. A tab that was frozen, or an engine that was busy for longer, goes
 * on from where it stood instead of catching up.
 */
const LONGEST_TICK_MS = 250;

/**
 * Turns real time into what a run may take. Holds the virtual clock of processing time while it moves by itself, and
 * the part of a row that a rate in events/s has earned but not spent: over any stretch without a pause the rows taken
 * are floor(rate × time).
 */
export class Pacing {
  private readonly clock: RealClock;
  private speed: Speed = { kind: 'max' };
  private tickedAt: number | null = null;
  private virtualMs: ProcessingTimeMs | null = null;
  private earned = 0;

  constructor(clock: RealClock) {
    this.clock = clock;
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.stop();
  }

  /** Real time passes uncounted until the next `allow`. */
  stop(): void {
    this.tickedAt = null;
    this.earned = 0;
  }

  restart(): void {
    this.stop();
    this.virtualMs = null;
  }

  /** `nextAtMs`: processing time of the entry that comes next, where a run that begins, or jumps, sets its clock. */
  allow(nextAtMs: ProcessingTimeMs): Allowance {
    const now = this.clock();
    const passedMs = this.tickedAt === null ? 0 : Math.min(Math.max(0, now - this.tickedAt), LONGEST_TICK_MS);
    this.tickedAt = now;
    if (this.speed.kind === 'max') return { untilMs: Infinity, rows: Infinity };
    if (this.speed.kind === 'events') {
      this.earned += (passedMs * this.speed.perSec) / 1_000;
      return { untilMs: Infinity, rows: Math.floor(this.earned + 1e-9) };
    }
    this.virtualMs = (this.virtualMs ?? nextAtMs) + passedMs * this.speed.factor;
    return { untilMs: this.virtualMs, rows: Infinity };
  }

  /** What was taken of the last allowance: rows, and the processing time of the newest entry. */
  took(rows: number, atMs: ProcessingTimeMs): void {
    if (this.speed.kind === 'events') this.earned = Math.max(0, this.earned - rows);
    this.virtualMs = this.virtualMs === null || atMs > this.virtualMs ? atMs : this.virtualMs;
  }

  /** The engine did not get as far as it might have: the clock waits for it. */
  fellBehind(atMs: ProcessingTimeMs): void {
    if (this.speed.kind === 'clock') this.virtualMs = atMs;
    this.earned = Math.min(this.earned, 1);
  }

  /** How long nothing can be due: real ms until the entry at `nextAtMs`, or until the next whole row, is allowed. */
  waitMs(nextAtMs: ProcessingTimeMs): number {
    if (this.speed.kind === 'max') return 0;
    if (this.speed.kind === 'events') return Math.max(0, ((1 - this.earned) * 1_000) / this.speed.perSec);
    return Math.max(0, (nextAtMs - (this.virtualMs ?? nextAtMs)) / this.speed.factor);
  }

  /** Where the clock of processing time stands: between the newest entry and the next one it moves by itself. */
  processingTimeMs(newestAtMs: ProcessingTimeMs | null): ProcessingTimeMs | null {
    if (newestAtMs === null) return null;
    return this.speed.kind === 'clock' && this.virtualMs !== null ? Math.max(newestAtMs, this.virtualMs) : newestAtMs;
  }
}
