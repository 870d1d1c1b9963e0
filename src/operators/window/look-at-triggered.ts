import type { StateLook, StateUntil } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';
import { keysInWindows } from './look-at-windows.ts';
import type { PaneTime } from './trigger-timers-state.ts';
import type { Pane, TriggerWindowsState } from './trigger-windows-state.ts';
import { comparePanes } from './trigger-windows-state.ts';

interface Looked {
  readonly state: TriggerWindowsState;
  readonly time: PaneTime;
  readonly bound: WindowBound;
}

/** Keys in windows as they stand, with the next timer of each. Where rows are evicted one by one there is no sum before the firing. */
export function lookAtTriggered({ state, time, bound }: Looked, most: number): StateLook {
  const { key, localOffsetMs, kind } = bound;
  const head = keysInWindows(bound, { what: 'keys in windows', order: 'that end first' });
  const fields = [...head.fields, { name: 'rows', type: { kind: 'INT' }, nullable: false } as const];
  const contents = new ContentsBuilder({ ...head, fields });
  for (const pane of firstInOrder(state.all(), most, comparePanes)) {
    state.appendKey(pane.group, contents.columns);
    if (pane.cell >= 0) state.cells.appendTo(contents.columns, key.fields.length, pane.cell);
    else for (const column of contents.columns.slice(key.fields.length, -1)) column.appendNull();
    contents.append(fields.length - 1, pane.balance);
    const window = { startMs: pane.startMs + localOffsetMs, endMs: pane.endMs + localOffsetMs };
    contents.add(hasBounds(kind) ? window : null, untilOf(pane, time, bound));
  }
  return stateLook([{ what: 'sums', count: state.cellsInUse }], contents.finish(state.size));
}

/** The next timer: those of the trigger fire, the last one of a window lets it go. */
function untilOf({ id, maxMs }: Pane, { eventTimers, clockTimers }: PaneTime, bound: WindowBound): StateUntil | null {
  const eventMs = eventTimers.timesOf(id).find(Number.isFinite);
  const clockMs = clockTimers.timesOf(id).find(Number.isFinite);
  const isByClock = bound.timeDomain === 'processing';
  const timeMs = isByClock ? (clockMs ?? eventMs) : (eventMs ?? clockMs);
  if (timeMs === undefined) return null;
  const does = timeMs > maxMs && !isByClock ? 'goes' : 'fires';
  return { timeMs, does, isByClock: timeMs === clockMs && timeMs !== eventMs };
}
