import { useMemo } from 'react';
import type { ReactElement } from 'react';
import type { BranchComparison } from '../../app/branches/branch-store.ts';
import { axisCount } from '../charts/axis-labels.ts';
import { signedTicks } from '../charts/chart-rows.ts';
import { LeftAxis, TimeAxis } from '../charts/plot-axes.tsx';
import { BandBars } from '../charts/plot-bars.tsx';
import { Plot } from '../charts/plot-parts.tsx';
import { formatCount, formatWindow } from '../theme/format.ts';
import type { PairRow } from './pair-rows.ts';
import { dropRows, resultRows } from './pair-rows.ts';
import styles from './branches.module.css';

const LABEL_WIDTH = 40;

/** Results and drops by window, of the run and of the branch beside each other. */
export function PairCharts({ comparison }: { comparison: BranchComparison }): ReactElement {
  const { node } = comparison;
  const results = useMemo(() => (node === null ? [] : resultRows(node.windows)), [node]);
  const drops = useMemo(() => (node === null ? [] : dropRows(node.drops)), [node]);
  const column = node?.windows[1]?.column ?? node?.windows[0]?.column ?? '';
  return (
    <section className={styles['middle']} tabIndex={0} aria-label="Charts of the run and the branch">
      <p className={styles['legend']}>
        <Sample mark="run" /> the run
        <Sample mark="branch" /> the branch
      </p>
      <PairChart
        title={column === '' ? 'Results by window' : `${column} by window`}
        rows={results}
        none="No results by window to draw."
      />
      <PairChart title="Late drops by window" rows={drops} none="No late drops by window." />
    </section>
  );
}

interface PairChartProps {
  readonly title: string;
  readonly rows: readonly PairRow[];
  readonly none: string;
}

function PairChart({ title, rows, none }: PairChartProps): ReactElement {
  const [run, branch] = [sum(rows, 'run'), sum(rows, 'branch')];
  return (
    <figure
      className={styles['chart']}
      aria-label={`${title}: ${formatCount(run)} in the run, ${formatCount(branch)} in the branch`}
    >
      <figcaption>
        {title}{' '}
        <span>
          {formatCount(run)} → {formatCount(branch)}
        </span>
      </figcaption>
      {rows.length === 0 ? <p className={styles['empty']}>{none}</p> : <Bars rows={rows} />}
    </figure>
  );
}

function Bars({ rows }: { rows: readonly PairRow[] }): ReactElement {
  const fromMs = rows.reduce((least, { startMs }) => Math.min(least, startMs), Infinity);
  const toMs = rows.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity);
  const ticks = signedTicks(
    Math.min(0, ...rows.flatMap(({ run, branch }) => [run, branch])),
    Math.max(0, ...rows.flatMap(({ run, branch }) => [run, branch])),
    2,
  );
  const [low, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const share = (timeMs: number): number => (timeMs - fromMs) / Math.max(1, toMs - fromMs);
  const spans = (side: 'run' | 'branch') =>
    rows.flatMap((row, band) => (row[side] === 0 ? [] : [{ band, from: 0, to: row[side] }]));
  return (
    <div className={styles['plot']}>
      <Plot
        rows={rows.map((row) => ({ ...row, middleMs: (row.startMs + row.endMs) / 2 }))}
        place={{ by: 'value', key: 'middleMs', from: fromMs, to: toMs }}
        note={({ startMs, endMs, run, branch }) => [
          formatWindow(startMs, endMs),
          `${formatCount(run)} in the run`,
          `${formatCount(branch)} in the branch`,
        ]}
        labelWidth={LABEL_WIDTH}
      >
        <Hatch />
        <LeftAxis from={low} to={top} ticks={ticks} format={axisCount} />
        <BandBars
          bands={rows.length}
          places={rows.map(({ startMs, endMs }) => ({ from: share(startMs), to: share(endMs) }))}
          lanes={2}
          low={low}
          top={top}
          scale="linear"
          series={[
            { name: 'run', color: 'var(--ontime)', opacity: 0.8, spans: spans('run'), leastPx: 2, lane: 0 },
            { name: 'branch', color: 'url(#branch-hatch)', opacity: 1, spans: spans('branch'), leastPx: 2, lane: 1 },
          ]}
        />
        <TimeAxis from={fromMs} to={toMs} />
      </Plot>
    </div>
  );
}

/** Amber stripes: the branch, as its line is below the track of time. */
function Hatch(): ReactElement {
  return (
    <defs>
      <pattern id="branch-hatch" width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={5} height={5} fill="var(--late)" fillOpacity={0.2} />
        <rect width={2.4} height={5} fill="var(--late)" />
      </pattern>
    </defs>
  );
}

function Sample({ mark }: { mark: 'run' | 'branch' }): ReactElement {
  return (
    <svg width={12} height={12} aria-hidden>
      <Hatch />
      <rect
        width={12}
        height={12}
        fill={mark === 'run' ? 'var(--ontime)' : 'url(#branch-hatch)'}
        fillOpacity={mark === 'run' ? 0.8 : 1}
      />
    </svg>
  );
}

function sum(rows: readonly PairRow[], side: 'run' | 'branch'): number {
  return rows.reduce((total, row) => total + row[side], 0);
}
