import type { StateLook } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { WindowBound } from './bound.ts';
import type { SessionRowState } from './session-row-state.ts';
import { inOrder } from './session-row-state.ts';

/** The open sessions, and how many rows wait in each. */
export function lookAtSessionRows(state: SessionRowState, bound: WindowBound, most: number): StateLook {
  const { fields } = bound.key;
  const contents = new ContentsBuilder({
    what: 'sessions',
    order: 'that end first',
    fields: [...fields, { name: 'rows', type: { kind: 'INT' }, nullable: false }],
    keys: fields.length,
  });
  const isByClock = bound.timeDomain === 'processing';
  for (const session of firstInOrder(state.all(), most, inOrder)) {
    state.keys.appendTo(contents.columns, session.key);
    contents.append(fields.length, session.rows.length);
    contents.add(session, { timeMs: state.endsAt(session), does: 'ends', isByClock });
  }
  return stateLook([{ what: 'rows that wait', count: state.rows }], contents.finish(state.size));
}
