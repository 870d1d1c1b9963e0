import type { Batch } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { EventTimeMs } from '../../stream/time.ts';
import { scalarAt } from '../shared/state/scalar-table.ts';
import type { WindowColumns, WindowJoinBound } from './bound.ts';
import type { Span } from './windows-state.ts';

/** The window that a row came with; null where it came with none. */
export function inheritedSpan(batch: Batch, row: number, { start, end }: WindowColumns): Span | null {
  const [startColumn, endColumn] = [batch.columns[start], batch.columns[end]];
  if (startColumn === undefined || endColumn === undefined) return null;
  if (isNull(startColumn.nulls, row) || isNull(endColumn.nulls, row)) return null;
  return { startMs: Number(scalarAt(startColumn, row)), endMs: Number(scalarAt(endColumn, row)) };
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
