import type { Batch } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { EventTimeMs, Window } from '../../stream/time.ts';
import { windowStartMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { WindowBounds } from '../shared/row-outcomes.ts';
import { assignWindows } from '../shared/windows/assign-windows.ts';
import type { WindowBound } from './bound.ts';

/**
 * The windows of one row after the other, ascending by start and end: bounds in two arrays that the next row overwrites.
 * Not for sessions.
 */
export class RowAssignment {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  count = 0;
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;

  constructor(bound: WindowBound, rules: WindowRules) {
    this.bound = bound;
    this.rules = rules;
  }

  /** False where the row does not tell its window. */
  assign(batch: Batch, row: number, timeMs: EventTimeMs): boolean {
    const { kind, sizeMs, offsetMs, localOffsetMs, inherited } = this.bound;
    this.count = 0;
    switch (kind) {
      case 'tumbling': {
        const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
        this.add(startMs, startMs + sizeMs);
        return true;
      }
      case 'count':
      case 'global':
        this.add(-Infinity, Infinity);
        return true;
      case 'inherited': {
        const startMs = timeIn(batch, inherited?.start ?? -1, row) - localOffsetMs;
        const endMs = timeIn(batch, inherited?.end ?? -1, row) - localOffsetMs;
        if (Number.isNaN(startMs) || Number.isNaN(endMs)) return false;
        this.add(startMs, endMs);
        return true;
      }
      default:
        for (const { startMs, endMs } of assignWindows(timeMs, this.bound, this.rules)) this.add(startMs, endMs);
        return true;
    }
  }

  /** Puts one window in the place of the row's. */
  only({ startMs, endMs }: Window): void {
    this.count = 0;
    this.add(startMs, endMs);
  }

  bounds(): WindowBounds {
    return Array.from({ length: this.count }, (_, w) => [this.starts[w]!, this.ends[w]!]);
  }

  private add(startMs: EventTimeMs, endMs: EventTimeMs): void {
    this.starts[this.count] = startMs;
    this.ends[this.count++] = endMs;
  }
}

/** NaN for NULL. */
function timeIn(batch: Batch, index: number, row: number): EventTimeMs {
  const column = batch.columns[index];
  if (column?.kind !== 'float' || isNull(column.nulls, row)) return Number.NaN;
  return column.values[row] ?? Number.NaN;
}
