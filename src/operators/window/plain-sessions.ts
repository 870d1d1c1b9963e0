import type { KernelRequest } from '../operator.ts';
import type { WindowBound } from './bound.ts';

/**
 * Whether `PooledSessionWindows` does the same as `TriggerWindows`: sessions of event time under Flink's rules that fire
 * when the watermark completes them and with each late row, whose results stand as they are given (no purging, no early
 * firing, no changelog in or out) and belong to one group, that of the whole key.
 */
export function arePlainSessions({ bound, dialect }: KernelRequest<WindowBound>): boolean {
  return (
    bound.kind === 'session' &&
    bound.result === 'aggregates' &&
    bound.timeDomain !== 'processing' &&
    dialect.windows.machine === 'triggers' &&
    dialect.windows.touchingSessionsMerge &&
    bound.trigger.on === 'event-time' &&
    bound.changes === 'append' &&
    !bound.takesChanges &&
    bound.groupingSets.length === 1 &&
    bound.groupingSets[0]?.length === bound.key.columns.length &&
    !bound.hasGroupingId
  );
}
