import type { Fates } from '../operator.ts';
import type { Pane, TriggerWindowsState } from './trigger-windows-state.ts';

/**
 * Forgets all but the last `keep` rows of a pane whose rows have cells of their own. Flink: `CountEvictor.evictBefore`,
 * which looks only when the window fires, so that until then a pane may hold more.
 */
export function evictRows(pane: Pane, state: TriggerWindowsState, keep: number, fates: Fates): void {
  const evicted = (pane.rowCells ?? []).splice(0, Math.max(0, (pane.rowCells ?? []).length - keep));
  for (const cell of evicted) state.cells.release(cell);
  const shown = Math.min(pane.shown, evicted.length);
  const fresh = evicted.length - shown;
  pane.shown -= shown;
  pane.fresh -= fresh;
  fates.held -= evicted.length;
  fates.used += shown;
  fates.filtered += fresh;
}

/** A new cell with all rows of a pane, in order of arrival; the caller releases it. */
export function mergedRows(rowCells: readonly number[], state: TriggerWindowsState): number {
  const merged = state.cells.take();
  for (const cell of rowCells) state.cells.merge(merged, cell);
  return merged;
}
