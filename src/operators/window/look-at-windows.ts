import type { OpenWindow, StateLook } from '../../stream/state-look.ts';
import { partsLook } from '../../stream/state-look.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { WindowBound } from './bound.ts';
import type { SliceGrid } from './slice-grid.ts';
import type { SlicedRows } from './sliced-rows-state.ts';
import type { Slot, WindowState } from './window-state.ts';

/** Cells whose rows are counted for a look. */
const MOST_CELLS = 100_000;

interface Looked {
  readonly state: WindowState;
  readonly grid: SliceGrid;
  readonly rules: WindowRules;
  readonly bound: Pick<WindowBound, 'latenessMs'>;
  /** Whether slots are slices, which windows share: those are not told one by one. */
  readonly sliced: Pick<SlicedRows, 'isOn'>;
}

/** The open windows in order. Changes nothing: rows that are lent stay lent. */
export function lookAtWindows({ state, grid, rules, bound, sliced }: Looked, most: number): StateLook {
  if (sliced.isOn) return partsLook({ what: 'slices, which windows share', count: state.openSlots });
  const windows: OpenWindow[] = [];
  let cells = 0;
  for (let i = 0; i < Math.min(most, state.openSlots) && cells < MOST_CELLS; i++) {
    const slot = state.slot(i);
    const { hasFired } = slot;
    const bounds = grid.boundsOf(slot.number);
    const untilMs = hasFired ? rules.cleanupAt(bounds.endMs, bound.latenessMs) : rules.fireAt(bounds.endMs);
    cells += slot.cells.length;
    windows.push({ ...bounds, untilMs, hasFired, keys: slot.cells.length, rows: rowsIn(state, slot) });
  }
  return { parts: [], windows, openWindows: state.openSlots };
}

function rowsIn({ laneSums, rowCounts, cellKeys }: WindowState, { lane, cells, areSumsLent }: Slot): number {
  const lent = areSumsLent ? laneSums : null;
  let rows = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells.values[i]!;
    rows += lent === null ? rowCounts.counts[cell]! : lent.rows[lane * lent.stride + cellKeys[cell]!]!;
  }
  return rows;
}
