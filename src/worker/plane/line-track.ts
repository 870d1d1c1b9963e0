import type { LineSteps, PlaneLine } from '../plane-protocol.ts';
import { bytes, floats } from './number-list.ts';

/** So many steps are told before some are left out; every time as many again, twice as many are. */
const STEPS = 150_000;

/** Gathers the steps of one line. */
export class LineTrack {
  readonly line: PlaneLine;
  private readonly seq = floats();
  private readonly atMs = floats();
  private readonly watermarkMs = floats();
  private readonly idle = bytes();
  private told = 0;
  private mostBeforeWider = STEPS;
  private firstAtMs = Number.NaN;
  private lastAtMs = -Infinity;
  private spacingMs = 0;
  /** A step that came too soon after another. It is told when nothing newer took its place in time. */
  private waiting: readonly [seq: number, atMs: number, watermarkMs: number, idle: boolean] | null = null;
  private watermark = -Infinity;
  private isIdle = false;

  constructor(line: PlaneLine) {
    this.line = line;
  }

  /** How the line stands after entry `seq`. */
  stand(seq: number, atMs: number, watermarkMs: number, idle: boolean): void {
    if (watermarkMs === this.watermark && idle === this.isIdle) return;
    this.watermark = watermarkMs;
    this.isIdle = idle;
    if (watermarkMs === -Infinity) return;
    if (this.spacingMs > 0 && atMs - this.lastAtMs < this.spacingMs && watermarkMs !== Infinity) {
      this.waiting = [seq, atMs, watermarkMs, idle];
      return;
    }
    this.settle(seq);
    this.push(seq, atMs, watermarkMs, idle);
  }

  /** The steps since the last call. The newest is among them, so that the line ends where it stands. */
  take(index: number): LineSteps | null {
    this.settle(Infinity);
    const { length } = this.seq;
    if (length === 0) return null;
    return {
      line: index,
      length,
      seq: this.seq.take(),
      atMs: this.atMs.take(),
      watermarkMs: this.watermarkMs.take(),
      idle: this.idle.take(),
      spacingMs: this.spacingMs,
    };
  }

  private settle(seq: number): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting !== null && waiting[0] < seq) this.push(...waiting);
  }

  private push(seq: number, atMs: number, watermarkMs: number, idle: boolean): void {
    if (this.told === 0) this.firstAtMs = atMs;
    if (++this.told > this.mostBeforeWider) {
      this.mostBeforeWider += STEPS;
      this.spacingMs = Math.max(2 * this.spacingMs, (atMs - this.firstAtMs) / STEPS);
    }
    this.lastAtMs = atMs;
    this.seq.push(seq);
    this.atMs.push(atMs);
    this.watermarkMs.push(watermarkMs);
    this.idle.push(idle ? 1 : 0);
  }
}
