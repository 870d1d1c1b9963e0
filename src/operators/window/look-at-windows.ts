import type { OpenWindow, StateContents, StateLook } from '../../stream/state-look.ts';
import type { Window } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { ContentsHead } from '../shared/state-contents.ts';
import { ContentsBuilder } from '../shared/state-contents.ts';
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
  readonly bound: WindowBound;
  /** Whether slots are slices, which windows share. */
  readonly sliced: Pick<SlicedRows, 'isOn'>;
}

/** The open windows in order, and their keys. */
export function lookAtWindows(looked: Looked, most: number): StateLook {
  const { state, sliced } = looked;
  const contents = [slotContents(looked, most)];
  const parts = [{ what: sliced.isOn ? 'keys in slices' : 'keys in windows', count: state.cellsInUse }];
  if (sliced.isOn) return { parts, windows: [], openWindows: 0, contents };
  const windows: OpenWindow[] = [];
  let cells = 0;
  for (let i = 0; i < Math.min(most, state.openSlots) && cells < MOST_CELLS; i++) {
    const slot = state.slot(i);
    cells += slot.cells.length;
    const { hasFired } = slot;
    const untilMs = untilOf(looked, slot);
    windows.push({
      ...boundsOf(looked, slot),
      untilMs,
      hasFired,
      goesMs: goesOf(looked, slot),
      keys: slot.cells.length,
      rows: state.rowsIn(slot),
    });
  }
  return { parts, windows, openWindows: state.openSlots, contents };
}

function slotContents(looked: Looked, most: number): StateContents {
  const { state, bound, sliced } = looked;
  const isSliced = sliced.isOn;
  const what = isSliced ? 'keys in slices, which windows share' : 'keys in windows';
  const contents = new ContentsBuilder(keysInWindows(bound, { what, order: 'that end first' }));
  let left = most;
  for (let s = 0; s < state.openSlots && left > 0; s++) {
    const slot = state.slot(s);
    state.takeSumsBack(slot);
    const window = boundsOf(looked, slot);
    const does = isSliced || slot.hasFired ? 'goes' : 'fires';
    const untilMs = untilOf(looked, slot);
    const until = { timeMs: untilMs, does, ...laterThan(untilMs, isSliced ? untilMs : goesOf(looked, slot)) };
    const count = Math.min(left, slot.cells.length);
    for (let c = 0; c < count; c++) {
      const cell = slot.cells.values[c]!;
      state.keys.appendTo(contents.columns, state.cellKeys[cell]!);
      contents.appendResults(bound.key.fields.length, state.accumulators, cell);
      contents.add(window, until);
    }
    left -= count;
  }
  return contents.finish(state.cellsInUse);
}

/** A slot is a window, or a slice: that begins where a window of its number ends. */
function boundsOf({ grid, sliced }: Looked, { number }: Slot): Window {
  return sliced.isOn ? { startMs: grid.startMs(number), endMs: grid.startMs(number + 1) } : grid.boundsOf(number);
}

function untilOf({ grid, rules, bound, sliced }: Looked, { number, hasFired }: Slot): number {
  if (sliced.isOn) return rules.fireAt(grid.startMs(grid.lastWindow(number)));
  const { endMs } = grid.boundsOf(number);
  return hasFired ? rules.cleanupAt(endMs, bound.latenessMs) : rules.fireAt(endMs);
}

function laterThan(untilMs: number, goesMs: number): { readonly goesMs?: number } {
  return goesMs > untilMs ? { goesMs } : {};
}

/** When a window is let go. */
function goesOf({ grid, rules, bound }: Looked, { number }: Slot): number {
  const { endMs } = grid.boundsOf(number);
  return Math.max(rules.fireAt(endMs), rules.cleanupAt(endMs, bound.latenessMs));
}

/** Entries that have a key and its aggregates as they stand. */
export function keysInWindows(
  { key, aggregates }: Pick<WindowBound, 'key' | 'aggregates'>,
  head: Pick<ContentsHead, 'what' | 'order'>,
): ContentsHead {
  const fields = [...key.fields, ...aggregates.map(({ field }) => field)];
  return { ...head, fields, keys: key.fields.length };
}
