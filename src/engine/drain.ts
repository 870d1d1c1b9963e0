import type { Plan } from '../pipeline/plan.ts';
import type { ManualEntry } from '../sources/log/log.ts';
import { assert } from '../stream/assert.ts';
import { ENTRY_CLOCK } from '../stream/log-slice.ts';
import type { Engine } from './engine.ts';

/**
 * The entry with which a run that is to be drained goes on once its log has ended: the clock moves to the last timer that
 * waits then, once. What those timers set off in turn stays held. Null where nothing waits, and for runs that end otherwise.
 */
export function drainEntry(plan: Plan, engine: Engine): ManualEntry | null {
  if (plan.end !== 'drain') return null;
  const dueMs = engine.pendingClockMs();
  assert(dueMs < Infinity, 'timers that come due');
  return dueMs === -Infinity ? null : { kind: ENTRY_CLOCK, source: -1, partition: 0, payload: dueMs };
}
