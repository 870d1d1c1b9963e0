import type { DurationMs } from '../../stream/time.ts';
import type { LatenessChart } from '../chart-protocol.ts';
import type { LatenessHistogram } from './lateness-histogram.ts';
import { niceBinMs } from './lateness-histogram.ts';

const MOST_BINS = 40;

/** Rows by how far behind the newest event of their source they came: all of them, and those that were dropped. */
export interface Lateness {
  readonly all: LatenessHistogram;
  readonly dropped: LatenessHistogram;
}

interface Delays {
  /** Of each source that has one. */
  readonly delaysMs: readonly DurationMs[];
  readonly withinDelay: number;
  readonly delayedRows: number;
}

/** Bars that reach a little beyond the 99.9th percentile and the horizon of lateness. Null without a row. */
export function latenessChart(
  { all: histogram, dropped }: Lateness,
  { delaysMs, withinDelay, delayedRows }: Delays,
  latenessMs: DurationMs | null,
): LatenessChart | null {
  if (histogram.total === 0) return null;
  const delays = [...new Set(delaysMs)].sort((a, b) => a - b);
  const horizonMs = (delays.at(-1) ?? 0) + (latenessMs ?? 0);
  const spanMs = 1.15 * Math.max(histogram.percentileMs(0.999), horizonMs, 1);
  const binMs = niceBinMs(spanMs, MOST_BINS);
  return {
    rows: histogram.total,
    binMs,
    counts: histogram.bins(binMs, Math.ceil(spanMs / binMs)),
    dropped: dropped.bins(binMs, Math.ceil(spanMs / binMs)),
    p50Ms: histogram.percentileMs(0.5),
    p90Ms: histogram.percentileMs(0.9),
    p95Ms: histogram.percentileMs(0.95),
    p99Ms: histogram.percentileMs(0.99),
    maxMs: histogram.maxMs,
    withinDelay,
    delayedRows,
    delaysMs: delays,
    latenessMs,
  };
}
