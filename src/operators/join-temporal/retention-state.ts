import type { ProcessingTimeMs } from '../../stream/time.ts';
import { TimeBuckets } from '../shared/state/time-buckets.ts';
import type { TemporalJoinBound } from './definition.ts';

/** What a key keeps; NaN when nothing waits for the clock to forget it. */
export interface Retained {
  dueMs: ProcessingTimeMs;
}

/**
 * When keys are to be forgotten by the clock. Flink: `BaseTwoInputStreamOperatorWithStateRetention`: a touch sets the time to
 * now + max, unless a later one than now + min waits.
 */
export class RetentionTimers<Cell extends Retained> {
  private readonly figures: TemporalJoinBound['retention'];
  private readonly due = new TimeBuckets<Cell>();

  constructor(figures: TemporalJoinBound['retention']) {
    this.figures = figures;
  }

  touch(cell: Cell, nowMs: ProcessingTimeMs): void {
    if (this.figures === null || nowMs + this.figures.minMs <= cell.dueMs) return;
    this.set(cell, nowMs + this.figures.maxMs);
  }

  /** As it was before, for state that is restored. */
  set(cell: Cell, dueMs: ProcessingTimeMs): void {
    this.end(cell);
    cell.dueMs = dueMs;
    if (!Number.isNaN(dueMs)) this.due.add(dueMs, cell);
  }

  end(cell: Cell): void {
    if (!Number.isNaN(cell.dueMs)) this.due.remove(cell.dueMs, cell);
    cell.dueMs = Number.NaN;
  }

  /** +∞ when nothing waits. */
  get firstMs(): ProcessingTimeMs {
    return this.due.firstTimeMs;
  }

  /** -∞ when nothing waits. */
  get lastMs(): ProcessingTimeMs {
    let last = -Infinity;
    for (const { dueMs } of this.due) last = Math.max(last, dueMs);
    return last;
  }

  /** Cells whose time has come; their wait is over. */
  takeDue(nowMs: ProcessingTimeMs): readonly Cell[] {
    const cells: Cell[] = [];
    while (this.due.size > 0 && this.due.firstTimeMs <= nowMs) {
      for (const cell of this.due.takeFirst()) {
        cell.dueMs = Number.NaN;
        cells.push(cell);
      }
    }
    return cells;
  }
}
