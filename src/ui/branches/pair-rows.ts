import type { Both } from '../../app/branches/branch-store.ts';
import type { DropChart, WindowChart } from '../../app/run-state.ts';

/** A figure of a window, in the run and in the branch. */
export interface PairRow {
  readonly startMs: number;
  readonly endMs: number;
  readonly run: number;
  readonly branch: number;
}

interface Figure {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
}

/**
 * What all keys of a window come to: their sum, or, where values have none, the largest. Windows that are too old to be told by
 * both are left out.
 */
export function resultRows(charts: Both<WindowChart | null>): readonly PairRow[] {
  const fromMs = Math.max(...charts.map(knownFromMs));
  return paired(charts.map((chart) => (chart === null ? [] : windowFigures(chart)))).filter(
    ({ endMs }) => endMs >= fromMs,
  );
}

/** A chart has the newest windows, by their ends. */
function knownFromMs(chart: WindowChart | null): number {
  if (chart === null || chart.by === 'interval' || chart.windowsFired <= chart.endMs.length) return -Infinity;
  return chart.endMs.reduce((least, endMs) => Math.min(least, endMs), Infinity);
}

export function dropRows(charts: Both<DropChart | null>): readonly PairRow[] {
  return paired(
    charts.map((chart) =>
      Array.from(chart?.windowStartMs ?? [], (startMs, i) => ({
        startMs,
        endMs: chart?.windowEndMs[i] ?? startMs,
        value: chart?.windowCounts[i] ?? 0,
      })),
    ),
  );
}

function windowFigures(chart: WindowChart): readonly Figure[] {
  const isStacked = chart.arrangement === 'stacked';
  return Array.from(chart.startMs, (startMs, i) => {
    const values = chart.series.flatMap(({ values: own }) => (Number.isNaN(own[i] ?? Number.NaN) ? [] : [own[i] ?? 0]));
    const beside = (chart.early[i] ?? 0) + (chart.addedLate?.[i] ?? 0);
    const value = isStacked ? values.reduce((sum, each) => sum + each, 0) + beside : Math.max(0, ...values);
    return { startMs, endMs: chart.endMs[i] ?? startMs, value };
  });
}

function paired([run = [], branch = []]: readonly (readonly Figure[])[]): readonly PairRow[] {
  const rows = new Map<string, { startMs: number; endMs: number; run: number; branch: number }>();
  const add = (side: 'run' | 'branch', figures: readonly Figure[]): void => {
    for (const { startMs, endMs, value } of figures) {
      const name = `${String(startMs)} ${String(endMs)}`;
      const row = rows.get(name) ?? { startMs, endMs, run: 0, branch: 0 };
      row[side] += value;
      rows.set(name, row);
    }
  };
  add('run', run);
  add('branch', branch);
  return [...rows.values()].toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}
