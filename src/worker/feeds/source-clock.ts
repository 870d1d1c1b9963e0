import type { Batch } from '../../stream/batch.ts';
import type { DurationMs, EventTimeMs } from '../../stream/time.ts';
import { LatenessHistogram } from './lateness-histogram.ts';

/** A round as far as feeds need it. */
export interface RoundSpan {
  readonly firstSeq: number;
  readonly length: number;
  /** Processing time of each entry. */
  readonly at: Float64Array;
}

/** The newest event time of a source, entry by entry, and how far behind it each row came. */
export class SourceClock {
  /** The curve is written anew in each round. */
  static readonly sharedFields = ['curve'];
  lateness = new LatenessHistogram();
  /** Rows that came no later than the delay that was in force. */
  withinDelay = 0;
  maxEventTimeMs: EventTimeMs | null = null;
  /** After each entry of the round, NaN before the first row. */
  private curve = new Float64Array(0);
  private length = 0;
  private readonly delayMs: DurationMs;

  /** `delayMs`: of the watermark; NaN for a source without one. */
  constructor(delayMs: DurationMs = Number.NaN) {
    this.delayMs = delayMs;
  }

  /** Goes on from where another one stands, which is not used any more. */
  goOnFrom({ lateness, withinDelay, maxEventTimeMs }: SourceClock): void {
    Object.assign(this, { lateness, withinDelay, maxEventTimeMs });
  }

  startRound(round: RoundSpan): void {
    if (this.curve.length < round.length) this.curve = new Float64Array(round.length);
    this.length = round.length;
    this.curve.fill(this.maxEventTimeMs ?? Number.NaN, 0, round.length);
  }

  add(round: RoundSpan, batch: Batch): void {
    let max = this.maxEventTimeMs ?? Number.NaN;
    let from = 0;
    for (let row = 0; row < batch.length; row++) {
      const ts = batch.ts[row] ?? Number.NaN;
      if (Number.isNaN(ts)) continue;
      if (ts <= max) {
        this.lateness.add(max - ts);
        if (max - ts <= this.delayMs) this.withinDelay++;
        continue;
      }
      this.lateness.add(0);
      if (this.delayMs >= 0) this.withinDelay++;
      const entry = (batch.seq[row] ?? round.firstSeq) - round.firstSeq;
      this.curve.fill(max, from, entry);
      from = entry;
      max = ts;
    }
    this.curve.fill(max, from, this.length);
    if (!Number.isNaN(max)) this.maxEventTimeMs = max;
  }

  /** The newest event time after an entry of the round; NaN before the first row. */
  newestAt(entry: number): EventTimeMs {
    return this.curve[entry] ?? Number.NaN;
  }

  /** Raises `into` to this source's newest event time, entry by entry. */
  raise(into: Float64Array): void {
    for (let i = 0; i < this.length; i++) {
      const mine = this.curve[i] ?? Number.NaN;
      const other = into[i] ?? Number.NaN;
      if (mine > other || Number.isNaN(other)) into[i] = mine;
    }
  }
}
