import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import { windowStartMs } from '../../stream/time.ts';

export interface WindowGrid {
  readonly sizeMs: DurationMs;
  readonly offsetMs: DurationMs;
}

/** Which tumbling windows got a row and have not fired yet. */
export class OpenWindows {
  static readonly sharedFields = ['grid'];
  private readonly grid: WindowGrid;
  private readonly fireAt: (endMs: EventTimeMs) => WatermarkMs;
  private readonly ends = new Set<EventTimeMs>();

  constructor(grid: WindowGrid, fireAt: (endMs: EventTimeMs) => WatermarkMs) {
    this.grid = grid;
    this.fireAt = fireAt;
  }

  /** Windows that are open in another place of the same grid. */
  goOnFrom(before: OpenWindows | null): void {
    for (const endMs of before?.ends ?? []) this.ends.add(endMs);
  }

  add(batch: Batch): void {
    const { sizeMs, offsetMs } = this.grid;
    const count = rowCount(batch);
    let startMs = Number.NaN;
    for (let i = 0; i < count; i++) {
      const ts = batch.ts[rowAt(batch, i)] ?? Number.NaN;
      if (Number.isNaN(ts) || (ts >= startMs && ts < startMs + sizeMs)) continue;
      startMs = windowStartMs(ts, sizeMs, offsetMs);
      this.ends.add(startMs + sizeMs);
    }
  }

  /** Forgets what the watermark has completed. */
  advance(watermark: WatermarkMs): void {
    for (const endMs of this.ends) if (this.fireAt(endMs) <= watermark) this.ends.delete(endMs);
  }

  /** End of the window that fires next; null when none is open. */
  firstEndMs(): EventTimeMs | null {
    let first = Infinity;
    for (const endMs of this.ends) if (endMs < first) first = endMs;
    return first === Infinity ? null : first;
  }
}
