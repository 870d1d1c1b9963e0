import type { Both } from '../../app/branches/branch-store.ts';
import type { ClockChart, ClockSeries, DropChart, WindowChart } from '../../app/run-state.ts';
import type { ClockPoint } from '../charts/chart-rows.ts';
import { clockPoints } from '../charts/chart-rows.ts';
import { dropRows, resultRows } from './pair-rows.ts';

/** Figures of a branch as charts of the run have them, as far as they are other ones. Pure. */

export interface GhostFigure {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
}

export function ghostResults(charts: Both<WindowChart | null>): readonly GhostFigure[] {
  return resultRows(charts).flatMap(otherThere);
}

/** By the windows that were missed, or by when rows came. */
export function ghostDrops(charts: Both<DropChart | null>, by: 'window' | 'time'): readonly GhostFigure[] {
  if (by === 'window') return dropRows(charts).flatMap(otherThere);
  const [run, branch] = charts;
  // Counts of other intervals cannot be laid over each other.
  if (run !== null && branch !== null && run.intervalMs !== branch.intervalMs) return [];
  const inWindows = (chart: DropChart | null): DropChart | null =>
    chart === null
      ? null
      : {
          ...chart,
          windowStartMs: chart.atMs,
          windowEndMs: chart.atMs.map((atMs) => atMs + chart.intervalMs),
          windowCounts: chart.counts,
        };
  return dropRows([inWindows(run), inWindows(branch)]).flatMap(otherThere);
}

/** Both clocks of the branch over the whole run; none where its watermark is that of the run. */
export function ghostClocks([run, branch]: Both<ClockChart | null>): {
  readonly points: readonly ClockPoint[];
  readonly hasAllSteps: boolean;
} {
  if (branch === null || (run !== null && isAlike(run.whole, branch.whole))) return { points: [], hasAllSteps: true };
  return { points: clockPoints(branch.whole), hasAllSteps: branch.whole.spacingMs === 0 };
}

function isAlike(a: ClockSeries, b: ClockSeries): boolean {
  const alike = (one: Float64Array, other: Float64Array): boolean =>
    one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
  return alike(a.atMs, b.atMs) && alike(a.watermarkMs, b.watermarkMs);
}

function otherThere({ startMs, endMs, run, branch }: ReturnType<typeof resultRows>[number]): readonly GhostFigure[] {
  return run === branch ? [] : [{ startMs, endMs, value: branch }];
}
