import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { TimeRules } from '../dialects/dialect.ts';

/** What a clock entry is to the generators of a source or assigner: nothing, a look for idleness, or that and a watermark. */
export type ClockCall = 'nothing' | 'look' | 'emit';

/**
 * When the generators of one source or assigner are asked for periodic watermarks: first an interval after it began, then
 * an interval after the last time. Flink: `TimestampsAndWatermarksOperator.open`, `onProcessingTime`. Flink's SQL assigner
 * has one timer for watermarks and idleness, see `assignerTimerMs`; others look for idleness at every clock entry.
 */
export class EmitTimer {
  private nextEmitMs: ProcessingTimeMs = Number.NaN;
  private nextLookMs: ProcessingTimeMs = Number.NaN;
  private readonly intervalMs: DurationMs;
  private readonly lookMs: DurationMs;

  constructor({ strategy, intervalMs, idleMs }: WatermarkConfig, { activeWith }: TimeRules) {
    this.intervalMs = intervalMs;
    this.lookMs = strategy === 'periodic' && activeWith === 'row' ? assignerTimerMs(intervalMs, idleMs) : 0;
  }

  /** The first entry of the log is processed; further calls do nothing. */
  begin(nowMs: ProcessingTimeMs): void {
    if (!Number.isNaN(this.nextEmitMs)) return;
    this.nextEmitMs = nowMs + this.intervalMs;
    this.nextLookMs = nowMs + this.lookMs;
  }

  /** The clock comes to `nowMs`. */
  tick(nowMs: ProcessingTimeMs): ClockCall {
    if (nowMs < this.nextLookMs) return 'nothing';
    this.nextLookMs = nowMs + this.lookMs;
    if (nowMs < this.nextEmitMs) return 'look';
    this.nextEmitMs = nowMs + this.intervalMs;
    return 'emit';
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.nextEmitMs);
    writer.f64(this.nextLookMs);
  }

  restore(reader: StateReader): void {
    this.nextEmitMs = reader.f64();
    this.nextLookMs = reader.f64();
  }
}

/** Flink: `WatermarkAssignerOperator.calculateProcessingTimeTimerInterval`. */
function assignerTimerMs(intervalMs: DurationMs, idleMs: DurationMs): DurationMs {
  if (idleMs === 0) return intervalMs;
  const smallerMs = Math.min(intervalMs, idleMs);
  const isFarSmaller = smallerMs * 5 < Math.max(intervalMs, idleMs);
  return isFarSmaller ? smallerMs : Math.max(1, Math.floor(smallerMs / 5));
}
