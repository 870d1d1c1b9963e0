import type { Batch } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { scalarAt } from '../shared/state/scalar-table.ts';
import type { CarriedWindows } from '../shared/windows/carried-windows.ts';
import type { WindowJoinBound } from './bound.ts';
import type { Span } from './windows-state.ts';

/** The window that a row came with, in UTC; null where it came with none. */
export function inheritedSpan(batch: Batch, row: number, carried: CarriedWindows): Span | null {
  const { start, end, localOffsetMs } = carried;
  const [startColumn, endColumn] = [batch.columns[start], batch.columns[end]];
  if (startColumn === undefined || endColumn === undefined) return null;
  if (isNull(startColumn.nulls, row) || isNull(endColumn.nulls, row)) return null;
  const utc = (column: Column): EventTimeMs => Number(scalarAt(column, row)) - localOffsetMs;
  return { startMs: utc(startColumn), endMs: utc(endColumn) };
}

/** The windows of a row of this time: the newest first, as Flink's `SlidingEventTimeWindows` has them; a session of its own. */
export function spansAt(timeMs: EventTimeMs, bound: WindowJoinBound): readonly Span[] {
  const { window, sizeMs, advanceMs, gapMs, offsetMs } = bound;
  if (window === 'session') return [{ startMs: timeMs, endMs: timeMs + gapMs }];
  const spans: Span[] = [];
  // Floor, so that times before 1970 are in the window that starts before them.
  let startMs = Math.floor((timeMs - offsetMs) / advanceMs) * advanceMs + offsetMs;
  for (; startMs > timeMs - sizeMs; startMs -= advanceMs) spans.push({ startMs, endMs: startMs + sizeMs });
  return spans;
}
