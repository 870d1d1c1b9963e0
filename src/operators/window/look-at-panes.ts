import type { StateLook } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { WindowBound } from './bound.ts';
import { keysInWindows } from './look-at-windows.ts';
import type { PaneState, PaneWindow } from './pane-state.ts';
import { compareWindows } from './pane-state.ts';

/** Windows by key: the open ones with what they hold, then those that their trigger has finished. */
export function lookAtPanes(state: PaneState, bound: WindowBound, most: number): StateLook {
  const head = { what: 'keys in windows', order: 'that end first' };
  const contents = new ContentsBuilder(keysInWindows(bound, head));
  const keys = bound.key.fields.length;
  const openFirst = (a: PaneWindow, b: PaneWindow): number =>
    Number(a.isClosed) - Number(b.isClosed) || compareWindows(a, b);
  for (const window of firstInOrder(state.all(), most, openFirst)) {
    state.keys.appendTo(contents.columns, window.key.id);
    if (window.isClosed) for (const column of contents.columns.slice(keys)) column.appendNull();
    else state.cells.appendTo(contents.columns, keys, window.cell);
    contents.add(window, state.untilOf(window));
  }
  return stateLook([{ what: 'keys in open windows', count: state.rows }], contents.finish(state.size));
}
