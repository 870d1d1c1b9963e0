import { lookedAt } from '../../app/looked-at.ts';
import type { Charts } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { TimeRange } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { windowBars } from './chart-rows.ts';
import { windowPlaces } from './window-places.ts';

/** The two axes that charts, the plane and the clocks have in common. */
export type TimeAxisName = 'event' | 'processing';

/** What a chart shows of an axis: what was zoomed to, else what there is; `own` where nothing in common is known. */
export function useTimeRange(axis: TimeAxisName, own: TimeRange): TimeRange {
  const chosen = useTimeView((state) => (axis === 'event' ? state.eventRange : state.atRange));
  const fromMs = useRunStore((state) => extentOf(axis, state.charts)?.fromMs ?? null);
  const toMs = useRunStore((state) => {
    const extent = extentOf(axis, state.charts);
    if (extent === null) return null;
    return axis === 'processing' && lookedAt(state).status.kind === 'running' ? steadyEndMs(extent) : extent.toMs;
  });
  if (chosen !== null) return chosen;
  return fromMs === null || toMs === null ? own : { fromMs, toMs };
}

/**
 * An end a little ahead, by up to an eighth, that stays for a while: while a run goes on all that shares an axis would be
 * drawn anew with each chart that comes.
 */
export function steadyEndMs({ fromMs, toMs }: TimeRange): number {
  let stepMs = 1;
  while (stepMs * 16 < toMs - fromMs) stepMs *= 2;
  return fromMs + Math.ceil((toMs - fromMs) / stepMs) * stepMs;
}

/** Of processing time the whole run; of event time the windows that are shown, and those newer ones that lost rows. */
export function extentOf(axis: TimeAxisName, charts: Charts): TimeRange | null {
  return axis === 'processing' ? runExtent(charts) : windowExtent(charts);
}

function runExtent({ clocks }: Charts): TimeRange | null {
  const fromMs = clocks?.whole.atMs[0];
  const toMs = clocks?.whole.atMs.at(-1);
  return fromMs === undefined || toMs === undefined || !(toMs > fromMs) ? null : { fromMs, toMs };
}

const placed = new WeakMap<object, TimeRange | null>();

function windowExtent({ windows, drops }: Charts): TimeRange | null {
  if (windows === null) return null;
  let results = placed.get(windows);
  if (results === undefined) {
    const bars = windowBars(windows);
    if (bars.length === 0) results = null;
    else if (windows.isMerging) {
      const fromMs = bars.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
      results = { fromMs, toMs: bars.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity) };
    } else {
      const { fromMs, toMs } = windowPlaces(bars);
      results = { fromMs, toMs };
    }
    placed.set(windows, results);
  }
  return results === null || drops === null ? results : withDrops(results, drops.windowStartMs, drops.windowEndMs);
}

/** Windows that lost rows after all that is shown are shown, too; of older ones only where there are no others. */
function withDrops({ fromMs, toMs }: TimeRange, starts: Float64Array, ends: Float64Array): TimeRange {
  const lastEndMs = ends.reduce((most, endMs) => Math.max(most, endMs), -Infinity);
  const isOneInView = ends.some((endMs, i) => endMs > fromMs && (starts[i] ?? 0) < toMs);
  if (lastEndMs > toMs || isOneInView || ends.length === 0) return { fromMs, toMs: Math.max(toMs, lastEndMs) };
  return { fromMs: starts.reduce((least, startMs) => Math.min(least, startMs), fromMs), toMs };
}
