import type { Kernel, KernelRequest } from '../operator.ts';
import { AlignedWindows } from './aligned-windows.ts';
import type { WindowBound } from './bound.ts';
import { PaneWindows } from './pane-windows.ts';
import { arePlainSessions } from './plain-sessions.ts';
import { PooledSessionWindows } from './pooled-session-windows.ts';
import { RowWindows } from './row-windows.ts';
import { SliceGrid } from './slice-grid.ts';
import { SessionRowWindows } from './session-row-windows.ts';
import { TriggerWindows } from './trigger-windows.ts';
import { sessionStoreWindows } from './session-store-windows.ts';
import { slidingStoreWindows } from './sliding-store-windows.ts';
import type { StoreRules } from './store-windows.ts';
import { StoreWindows } from './store-windows.ts';
import { timeStoreWindows } from './time-store-windows.ts';

/** The kernel for a window's kind under the rules of its dialect. */
export function windowKernel(request: KernelRequest<WindowBound>): Kernel {
  const { kind, result } = request.bound;
  if (result === 'rows') return kind === 'session' ? new SessionRowWindows(request) : new RowWindows(request);
  if (request.dialect.windows.machine === 'stores') return new StoreWindows(request, storeRules(request));
  if (request.dialect.windows.machine === 'panes') return new PaneWindows(request);
  if (arePlainSessions(request)) return new PooledSessionWindows(request);
  return isPlain(request) ? new AlignedWindows(request) : new TriggerWindows(request);
}

function storeRules(request: KernelRequest<WindowBound>): StoreRules {
  const { kind } = request.bound;
  if (kind === 'session') return sessionStoreWindows(request);
  return kind === 'sliding' ? slidingStoreWindows(request) : timeStoreWindows(request);
}

/** Slices that a window of the fast path may consist of: all of them are looked at when it fires. */
const MOST_SLICES = 4096;

/** Whether the fast path for windows on a grid does the same as the general one. */
function isPlain({ bound, dialect }: KernelRequest<WindowBound>): boolean {
  return (
    isOnGrid(bound) &&
    bound.result === 'aggregates' &&
    bound.timeDomain !== 'processing' &&
    dialect.windows.machine === 'triggers' &&
    bound.trigger.on === 'event-time' &&
    bound.localOffsetMs === 0 &&
    bound.changes === 'append' &&
    !bound.takesChanges &&
    bound.groupingSets.length === 1 &&
    bound.groupingSets[0]?.length === bound.key.columns.length &&
    !bound.hasGroupingId
  );
}

/** Whether every time belongs to a window, and windows to few slices. */
function isOnGrid(bound: WindowBound): boolean {
  const { kind, sizeMs, advanceMs, stepMs } = bound;
  const isCovering = kind === 'tumbling' || (kind === 'hopping' && advanceMs <= sizeMs);
  const isGrowing = kind === 'cumulate' && sizeMs % stepMs === 0;
  return (isCovering || isGrowing) && new SliceGrid(bound).length <= MOST_SLICES;
}
