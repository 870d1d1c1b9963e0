import type { StateContents, StateLook } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { JoinRows } from './join-rows-state.ts';

/** The rows of both sides that may still find a partner, the oldest first. */
export function lookAtRows(kept: JoinRows, most: number): StateLook {
  const [left, right] = kept.rowsOfSides;
  const parts = [
    { what: 'left rows', count: left },
    { what: 'right rows', count: right },
  ];
  return stateLook(parts, rowsOf(kept, 0, most), rowsOf(kept, 1, most));
}

function rowsOf(kept: JoinRows, side: 0 | 1, most: number): StateContents {
  const { schema, reachMs, fromMs, toMs } = kept.sides[side];
  const what = side === 0 ? 'left rows' : 'right rows';
  const contents = new ContentsBuilder({ what, order: 'with the oldest times', fields: schema.fields });
  const rows = firstInOrder(kept.kept(side), most, (a, b) => a.timeMs - b.timeMs);
  const handles = Int32Array.from(rows, ({ handle }) => handle);
  const columns = kept.stores[side].gather(handles);
  rows.forEach(({ timeMs }, row) => {
    contents.appendRow(columns, row);
    const partners = { fromMs: timeMs + fromMs, toMs: timeMs + toMs };
    contents.add(null, { timeMs: timeMs + reachMs, does: 'goes' }, { timeMs, partners });
  });
  return contents.finish(kept.rowsOfSides[side]);
}
