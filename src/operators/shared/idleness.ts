import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { DurationMs, ProcessingTimeMs } from '../../stream/time.ts';

/** Finds out, by looking at the clock now and then, that nothing comes any more. */
export interface Idleness {
  /** Something came. */
  activity(): void;
  /** A look at the clock: whether nothing came for longer than the timeout. */
  checkIfIdle(nowMs: ProcessingTimeMs): boolean;
  snapshot(writer: StateWriter): void;
  restore(reader: StateReader): void;
}

/**
 * Counts from the first look that saw nothing new; idle when more than the timeout went by since. Flink:
 * `WatermarksWithIdleness.IdlenessTimer`.
 *
 * ```
 * timeout 300   event   look   look   look   look
 *               1000    1200   1400   1700   1701
 *                       busy   |<---- 300 -->| idle
 * ```
 */
export class IdlenessTimer implements Idleness {
  private busy = false;
  private quietSinceMs: ProcessingTimeMs = Number.NaN;
  private readonly idleMs: DurationMs;

  constructor(idleMs: DurationMs) {
    this.idleMs = idleMs;
  }

  activity(): void {
    this.busy = true;
  }

  checkIfIdle(nowMs: ProcessingTimeMs): boolean {
    if (this.busy) {
      this.busy = false;
      this.quietSinceMs = Number.NaN;
      return false;
    }
    if (Number.isNaN(this.quietSinceMs)) {
      this.quietSinceMs = nowMs;
      return false;
    }
    return nowMs - this.quietSinceMs > this.idleMs;
  }

  snapshot(writer: StateWriter): void {
    writer.u8(this.busy ? 1 : 0);
    writer.f64(this.quietSinceMs);
  }

  restore(reader: StateReader): void {
    this.busy = reader.u8() === 1;
    this.quietSinceMs = reader.f64();
  }
}

/**
 * Counts from the last look that saw something new, the first look of all being one; idle when the timeout went by since.
 * Flink: `WatermarkAssignerOperator.onProcessingTime`.
 */
export class BusyProbeTimer implements Idleness {
  private busy = true;
  private busyAtMs: ProcessingTimeMs = -Infinity;
  private readonly idleMs: DurationMs;

  constructor(idleMs: DurationMs) {
    this.idleMs = idleMs;
  }

  activity(): void {
    this.busy = true;
  }

  checkIfIdle(nowMs: ProcessingTimeMs): boolean {
    if (this.busy) this.busyAtMs = nowMs;
    this.busy = false;
    return nowMs - this.busyAtMs >= this.idleMs;
  }

  snapshot(writer: StateWriter): void {
    writer.u8(this.busy ? 1 : 0);
    writer.f64(this.busyAtMs);
  }

  restore(reader: StateReader): void {
    this.busy = reader.u8() === 1;
    this.busyAtMs = reader.f64();
  }
}
