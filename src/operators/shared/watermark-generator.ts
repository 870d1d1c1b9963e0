import { TICK_MS } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME, NO_WATERMARK } from '../../stream/time.ts';
import type { WatermarkConfig } from '../../stream/watermark-config.ts';
import type { TimeRules } from '../dialects/dialect.ts';

/**
 * States the watermark of one source, partition or assigner. Never goes back.
 *
 * `per-event`: each event that raises the maximum moves it. `periodic`: the maximum is looked at on the clock, every
 * interval. Idleness is probed on the clock under either (Flink, `WatermarksWithIdleness`): the timer starts at the first
 * probe without new activity and the output is idle once more than `idleMs` went by; it is active again with the next
 * watermark that moves.
 */
export class WatermarkGenerator {
  watermark: WatermarkMs = NO_WATERMARK;
  idle = false;
  private maxTimeMs: EventTimeMs = -Infinity;
  private nextEmitMs: ProcessingTimeMs = -Infinity;
  private active = false;
  private quietSinceMs: ProcessingTimeMs = Number.NaN;
  /** No event came since it was found idle. The output may be idle longer: until a watermark moves. */
  private quiet = false;
  private readonly config: WatermarkConfig;
  private readonly rules: TimeRules;

  constructor(config: WatermarkConfig, rules: TimeRules) {
    this.config = config;
    this.rules = rules;
  }

  onEvent(timeMs: EventTimeMs): void {
    this.active = true;
    this.quiet = false;
    if (timeMs > this.maxTimeMs) {
      this.maxTimeMs = timeMs;
      if (this.config.strategy === 'per-event') this.emit(this.bounded());
    }
  }

  /** Events one after the other, while the output is active: the watermark after each. */
  onEvents(times: Float64Array): Float64Array {
    const watermarks = new Float64Array(times.length);
    const perEvent = this.config.strategy === 'per-event';
    let maxTimeMs = this.maxTimeMs;
    let watermark = this.watermark;
    for (let i = 0; i < times.length; i++) {
      const timeMs = times[i]!;
      if (timeMs > maxTimeMs) {
        maxTimeMs = timeMs;
        if (perEvent) watermark = Math.max(watermark, this.rules.boundedWatermark(timeMs, this.config.delayMs));
      }
      watermarks[i] = watermark;
    }
    this.active = true;
    this.quiet = false;
    this.maxTimeMs = maxTimeMs;
    this.watermark = watermark;
    return watermarks;
  }

  /** A clock entry: looks at the interval first, then at idleness. */
  onClock(nowMs: ProcessingTimeMs): void {
    if (this.config.idleMs > 0) this.probeIdleness(nowMs);
    if (this.config.strategy !== 'periodic' || nowMs < this.nextEmitMs) return;
    const { intervalMs } = this.config;
    this.nextEmitMs = (Math.floor(nowMs / intervalMs) + 1) * intervalMs;
    if (!this.quiet) this.emit(this.bounded());
  }

  /** A watermark stated from outside: by the log, by the user, by the end of the input. */
  advanceTo(watermark: WatermarkMs): void {
    this.emit(watermark);
  }

  setIdle(idle: boolean): void {
    this.idle = this.quiet = idle;
    this.quietSinceMs = Number.NaN;
  }

  private bounded(): WatermarkMs {
    return this.maxTimeMs === -Infinity
      ? NO_WATERMARK
      : this.rules.boundedWatermark(this.maxTimeMs, this.config.delayMs);
  }

  private emit(watermark: WatermarkMs): void {
    if (watermark <= this.watermark) return;
    this.watermark = watermark;
    this.idle = false;
  }

  private probeIdleness(nowMs: ProcessingTimeMs): void {
    if (this.watermark === END_OF_TIME) return;
    if (this.active) {
      this.active = false;
      this.quietSinceMs = Number.NaN;
    } else if (Number.isNaN(this.quietSinceMs)) this.quietSinceMs = nowMs;
    else if (nowMs - this.quietSinceMs > this.config.idleMs) this.idle = this.quiet = true;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    writer.f64(this.maxTimeMs);
    writer.f64(this.nextEmitMs);
    writer.f64(this.quietSinceMs);
    writer.u8((this.idle ? 1 : 0) | (this.active ? 2 : 0) | (this.quiet ? 4 : 0));
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    this.maxTimeMs = reader.f64();
    this.nextEmitMs = reader.f64();
    this.quietSinceMs = reader.f64();
    const flags = reader.u8();
    this.idle = (flags & 1) !== 0;
    this.active = (flags & 2) !== 0;
    this.quiet = (flags & 4) !== 0;
  }
}

/**
 * How long after a row the clock must go on ticking for a generator to have nothing left to do; null when it never needs
 * the clock. The bound is generous: further ticks change nothing.
 */
export function clockHorizonMs(config: WatermarkConfig): DurationMs | null {
  const periodicMs = config.strategy === 'periodic' ? config.intervalMs + TICK_MS : 0;
  const idlenessMs = config.idleMs > 0 ? config.idleMs + 3 * TICK_MS : 0;
  const horizonMs = Math.max(periodicMs, idlenessMs);
  return horizonMs === 0 ? null : horizonMs;
}
