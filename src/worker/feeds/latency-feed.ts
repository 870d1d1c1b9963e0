import type { Batch } from '../../stream/batch.ts';
import { PANE_LATE, PANE_ON_TIME, kindAt, rowAt, rowCount } from '../../stream/batch.ts';
import { DELETE, UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { LatencyChart, LatencyFigures } from '../chart-protocol.ts';
import { LatenessHistogram } from './lateness-histogram.ts';
import { SpanSeries } from './span-series.ts';

/** When entries of a round were processed. */
export interface RoundTimes {
  readonly firstSeq: number;
  readonly at: Float64Array;
}

/**
 * How long results took, by processing time when they came forth: a window's on-time result from the end of its window, and
 * any result from its own event time. What is taken back (−U, −D) is no result. Late panes are counted apart: they say when
 * a row came, not how long the window was waited for.
 */
export class LatencyFeed {
  private readonly fromEnd = new Latency();
  private readonly fromEvent = new Latency();
  private corrections = 0;

  add(batch: Batch, { firstSeq, at }: RoundTimes): void {
    const { origin } = batch;
    const count = rowCount(batch);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      const kind = kindAt(batch, row);
      if (kind === UPDATE_BEFORE || kind === DELETE) continue;
      const atMs = at[(batch.seq[row] ?? firstSeq) - firstSeq] ?? Number.NaN;
      this.fromEvent.add(atMs, atMs - (batch.ts[row] ?? Number.NaN));
      const timing = origin?.timing[row];
      if (timing === PANE_ON_TIME) this.fromEnd.add(atMs, atMs - (origin?.windowEndMs[row] ?? Number.NaN));
      else if (timing === PANE_LATE) this.corrections++;
    }
  }

  chart(): LatencyChart {
    return { fromEnd: this.fromEnd.figures(), fromEvent: this.fromEvent.figures(), corrections: this.corrections };
  }
}

class Latency {
  /** Large, so it is made when there is something to count. */
  private histogram: LatenessHistogram | null = null;
  private readonly series = new SpanSeries();
  private ahead = 0;

  /** NaN, and a distance to the end of time, is none. */
  add(atMs: ProcessingTimeMs, tookMs: DurationMs): void {
    if (!Number.isFinite(tookMs)) return;
    if (tookMs < 0) {
      this.ahead++;
      return;
    }
    this.histogram ??= new LatenessHistogram();
    this.histogram.add(tookMs);
    this.series.add(atMs, tookMs);
  }

  figures(): LatencyFigures | null {
    const { histogram } = this;
    if (histogram === null) return null;
    return {
      rows: histogram.total,
      ahead: this.ahead,
      p50Ms: histogram.percentileMs(0.5),
      p90Ms: histogram.percentileMs(0.9),
      p95Ms: histogram.percentileMs(0.95),
      p99Ms: histogram.percentileMs(0.99),
      maxMs: histogram.maxMs,
      over: this.series.figures(),
    };
  }
}
