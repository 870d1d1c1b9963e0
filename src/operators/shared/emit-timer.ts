import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';

/**
 * When the generators of one source or assigner are asked for periodic watermarks: first an interval after it began, then
 * an interval after the last time. Flink: `TimestampsAndWatermarksOperator.open`, `onProcessingTime`.
 */
export class EmitTimer {
  private nextMs: ProcessingTimeMs = Number.NaN;
  private readonly intervalMs: DurationMs;

  constructor(intervalMs: DurationMs) {
    this.intervalMs = intervalMs;
  }

  /** The first entry of the log is processed; further calls do nothing. */
  begin(nowMs: ProcessingTimeMs): void {
    if (Number.isNaN(this.nextMs)) this.nextMs = nowMs + this.intervalMs;
  }

  /** Whether it is time at this clock entry. */
  isDue(nowMs: ProcessingTimeMs): boolean {
    if (nowMs < this.nextMs) return false;
    this.nextMs = nowMs + this.intervalMs;
    return true;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.nextMs);
  }

  restore(reader: StateReader): void {
    this.nextMs = reader.f64();
  }
}
