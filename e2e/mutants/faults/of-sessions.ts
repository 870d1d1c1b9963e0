import type { Mutant } from '../mutant.ts';

const windows = 'src/operators/window/pooled-session-windows.ts';
const pool = 'src/operators/window/session-pool-state.ts';
const timers = 'src/operators/window/session-timers-state.ts';
const results = 'src/operators/window/session-results.ts';

/** Flink's sessions of event time in pooled arrays. */
export const faultsOfSessions: readonly Mutant[] = [
  {
    id: 'pooled-due-ignored',
    file: windows,
    fault: 'Rows are taken over a step of the watermark at which sessions fire.',
    old: 'return step < 0 ? rowCount(batch) : firstRowBehind(batch, from, clock.firstSeq + step);',
    new: 'return step < -1 ? from : rowCount(batch);',
  },
  {
    id: 'pooled-late-taken',
    file: windows,
    fault: 'A row is late only behind the watermark that forgets its session.',
    old: 'if (pool.forgottenAt(endMs) <= watermark) {',
    new: 'if (pool.forgottenAt(endMs) < watermark) {',
  },
  {
    id: 'pooled-fills-later',
    file: windows,
    fault: 'The result of a session that is kept has the rows that came after it.',
    old: '    this.fillResults();\n    pool.setFired(session, 1);',
    new: '    pool.setFired(session, 1);',
  },
  {
    id: 'pooled-merges-before-rows',
    file: windows,
    fault: 'Sessions become one before their last rows were added to them.',
    old: 'if (met.length > 1) this.addPending();\n    else if',
    new: 'if (met.length > 1) this.met.length += 0;\n    else if',
  },
  {
    id: 'pooled-merged-keeps-timer',
    file: windows,
    fault: 'A session that fired and was extended fires again only when it would have been forgotten.',
    old: 'if (pool.hasFired[into] === 1) timers.set(into, endMs - 1);',
    new: '',
  },
  {
    id: 'pooled-order-by-start',
    file: windows,
    fault: 'Sessions that fire together come by start.',
    old: 'return pool.endMs(a) - pool.endMs(b) || pool.startMs',
    new: 'return pool.startMs',
  },
  {
    id: 'pooled-fired-extended',
    file: pool,
    fault: 'A row extends a session that has fired as if it had not.',
    old: 'this.nextOfKey[session] === 0 && this.hasFired[session] === 0;',
    new: 'this.nextOfKey[session] === 0;',
  },
  {
    id: 'pooled-panes-go-on',
    file: pool,
    fault: 'The panes of an extended session are counted on.',
    old: 'this.panes[session] = 0;\n    this.setFired(session, 0);',
    new: 'this.setFired(session, 0);',
  },
  {
    id: 'pooled-merge-loses-rows',
    file: pool,
    fault: 'A merged session has its own rows only.',
    old: 'stores[s]!.merge(into, from);',
    new: '',
  },
  {
    id: 'pooled-late-added',
    file: windows,
    fault: 'A row that came too late is added to the session that another batch had at its place.',
    old: 'this.pendingFrom = this.pendingTo = i + 1;',
    new: 'this.pendingTo = i + 1;',
  },
  {
    id: 'timers-bucket-late',
    file: timers,
    fault: 'A session waits one bucket too long.',
    old: '(aheadMs * this.perMs) | 0 :',
    new: '((aheadMs * this.perMs) | 0) + 1 :',
  },
  {
    id: 'timers-stale-entry',
    file: timers,
    fault: 'A session whose timer was set anew comes up at its old time.',
    old: 'if (this.place[session] === NEAR && this.nearMs[session] === timeMs) this.judge',
    new: 'this.judge',
  },
  {
    id: 'session-results-stale-key',
    file: results,
    fault: 'The bounds of a result are those that the session had at first.',
    old: 'this.end[length] = endMs + this.localOffsetMs;',
    new: 'this.end[length] = startMs + this.localOffsetMs;',
  },
];
