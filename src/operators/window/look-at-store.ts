import type { StateLook } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { WindowBound } from './bound.ts';
import { keysInWindows } from './look-at-windows.ts';
import type { StoredWindow, WindowStore } from './window-store.ts';
import { compareStored } from './window-store.ts';

interface Looked {
  readonly store: WindowStore;
  readonly bound: WindowBound;
  /** The windows that end up to this time are closed, when stream time less grace is `closeTimeMs`. */
  readonly rules: { readonly closedThroughMs: (closeTimeMs: number) => number };
}

/** What the store holds: windows that take rows before those that are closed and stay until retention has passed. */
export function lookAtStore({ store, bound, rules }: Looked, most: number): StateLook {
  const head = { what: 'windows in the store', order: 'that are open and end first' };
  const contents = new ContentsBuilder(keysInWindows(bound, head));
  // The rule moves the time by a fixed span; with it a window is closed from this stream time on.
  const closedAt = ({ endMs }: StoredWindow): number => endMs - rules.closedThroughMs(0) + bound.graceMs;
  const does = bound.emission === 'on-close' ? 'fires' : 'closes';
  let closed = 0;
  for (const { isClosed } of store.all()) if (isClosed) closed++;
  const openFirst = (a: StoredWindow, b: StoredWindow): number =>
    Number(a.isClosed) - Number(b.isClosed) || compareStored(a, b);
  for (const window of firstInOrder(store.all(), most, openFirst)) {
    store.keys.appendTo(contents.columns, window.key);
    store.cells.appendTo(contents.columns, bound.key.fields.length, window.cell);
    contents.add(window, window.isClosed ? null : { timeMs: closedAt(window), does });
  }
  const parts = [
    { what: 'open windows', count: store.size - closed },
    { what: 'closed, until retention has passed', count: closed },
  ];
  return stateLook(parts, contents.finish(store.size));
}
