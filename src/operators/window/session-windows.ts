import type { RowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { EventTimeMs, Window } from '../../stream/time.ts';
import { coverOf, sessionsMeet } from '../shared/windows/merge-sessions.ts';
import type { WindowBound } from './bound.ts';
import type { FlinkTrigger } from './flink-trigger.ts';
import type { Group, Pane, TriggerWindowsState } from './trigger-windows-state.ts';

/** What sessions are merged in and by. */
export interface Sessions {
  readonly state: TriggerWindowsState;
  readonly trigger: FlinkTrigger;
  readonly touchingMerge: boolean;
  /** Whether a session that ends here is over. */
  readonly isOver: (endMs: EventTimeMs) => boolean;
}

/**
 * The pane that a row's own session comes into, merged with all that it meets; null when that is over. What would be over
 * after a merge Flink does not take at all (`WindowOperator`: "cannot become earlier than the current watermark by
 * merging"). `takeBack` is called for each session that is about to be another: Flink has no results of sessions that
 * change (`WindowEmitStrategy`), here they would be left standing.
 *
 * ```
 * sessions   [1=====5)   [8====12)          gap 4
 * row at 4      [4====8)
 * merged     [1=================12)         touching is enough
 * ```
 */
export function joinSession(
  group: Group,
  own: Window,
  sessions: Sessions,
  takeBack: (pane: Pane) => void,
): Pane | null {
  const { state, trigger, touchingMerge, isOver } = sessions;
  const met = state.panesOf(group.set, group.key).filter((pane) => sessionsMeet(pane, own, touchingMerge));
  const [only] = met;
  if (only === undefined) return isOver(own.endMs) ? null : state.open(group, own.startMs, own.endMs);
  const merged = met.reduce<Window>(coverOf, own);
  if (met.length === 1 && merged.startMs === only.startMs && merged.endMs === only.endMs) return only;
  if (isOver(merged.endMs)) return null;
  for (const pane of met) takeBack(pane);
  const marks = met.map((pane) => pane.marks);
  const [into = only, ...others] = met.sort((a, b) => a.arrival - b.arrival);
  for (const other of others) state.absorb(into, other);
  state.move(into, merged.startMs, merged.endMs);
  trigger.onMerge(into, marks);
  return into;
}

/** The gap that each physical row states; null where it is fixed. A row without a gap above 0 has failed. */
export function gapsOf({ gap }: WindowBound, batch: Batch, errors: RowErrors): Float64Array | null {
  if (gap === null) return null;
  const column = gap.evaluate(batch, errors);
  const gaps = new Float64Array(batch.length);
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    const isNumber = column.kind === 'int' || column.kind === 'float' || column.kind === 'long';
    gaps[row] = isNumber && !isNull(column.nulls, row) ? Number(column.values[row]!) : 0;
    // DynamicEventTimeSessionWindows: "must satisfy 0 < gap"
    if (!(gaps[row] > 0)) errors.fail(row, 'The gap of the session is not above 0.');
  }
  return gaps;
}
