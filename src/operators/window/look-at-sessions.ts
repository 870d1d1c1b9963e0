import type { StateLook } from '../../stream/state-look.ts';
import { ContentsBuilder, firstInOrder, stateLook } from '../shared/state-contents.ts';
import type { WindowBound } from './bound.ts';
import { keysInWindows } from './look-at-windows.ts';
import type { SessionPool } from './session-pool-state.ts';

/** The open sessions, those that are due first first. */
export function lookAtSessions(pool: SessionPool, bound: WindowBound, most: number): StateLook {
  const contents = new ContentsBuilder(keysInWindows(bound, { what: 'sessions', order: 'that are due first' }));
  const inOrder = (a: number, b: number): number =>
    pool.dueOf(a) - pool.dueOf(b) || pool.startMs(a) - pool.startMs(b) || pool.arrival(a) - pool.arrival(b);
  for (const session of firstInOrder(pool.sessions(), most, inOrder)) {
    pool.keys.appendTo(contents.columns, pool.keyAt(session));
    contents.appendResults(bound.key.fields.length, pool.accumulators, session);
    const { localOffsetMs } = bound;
    const window = { startMs: pool.startMs(session) + localOffsetMs, endMs: pool.endMs(session) + localOffsetMs };
    const goesMs = pool.forgottenAt(pool.endMs(session));
    contents.add(window, {
      timeMs: pool.dueOf(session),
      does: pool.hasFired[session] === 1 ? 'goes' : 'fires',
      ...(goesMs > pool.dueOf(session) ? { goesMs } : {}),
    });
  }
  return stateLook([{ what: 'sessions', count: pool.openSessions }], contents.finish(pool.openSessions));
}
