import type { ReactElement, ReactNode } from 'react';
import type { LatenessChart } from '../../app/run-state.ts';
import { formatCount, formatDuration } from '../theme/format.ts';
import type { Fate, LatenessBar } from './chart-rows.ts';
import { DurationAxis, Marker } from './plot-axes.tsx';
import type { BarSeries } from './plot-bars.tsx';
import { BandBars } from './plot-bars.tsx';
import { Plot } from './plot-parts.tsx';

const LEFT = 14;
const FATES: readonly Fate[] = ['ontime', 'late', 'dropped'];

interface LatenessPlotProps {
  readonly chart: LatenessChart;
  readonly bars: readonly LatenessBar[];
}

/** Bars by root of the count, so that the rare late ones stay in sight beside the many that are on time. */
export function LatenessPlot({ chart, bars }: LatenessPlotProps): ReactElement {
  const endMs = bars.length * chart.binMs;
  const axis = { from: 0, to: endMs };
  const top = bars.reduce((most, { rows }) => Math.max(most, rows), 1);
  const delayMs = chart.delaysMs.at(-1);
  const latenessMs = chart.latenessMs ?? 0;
  return (
    <Plot rows={bars} place={{ by: 'band' }} note={latenessNote} labelWidth={LEFT}>
      <BandBars
        bands={bars.length}
        lanes={1}
        low={0}
        top={top}
        scale="root"
        series={FATES.map((fate) => fateSeries(fate, bars))}
      />
      <DurationAxis to={endMs} />
      {chart.delaysMs.map((ms, row) => (
        <Marker key={ms} {...axis} at={ms} row={row} look="solid" text={`delay ${formatDuration(ms)}`} />
      ))}
      {delayMs !== undefined && latenessMs > 0 && (
        <Marker
          {...axis}
          at={delayMs + latenessMs}
          row={chart.delaysMs.length}
          look="dashed"
          text={`+ lateness ${formatDuration(latenessMs)}`}
        />
      )}
    </Plot>
  );
}

function latenessNote(bar: LatenessBar): readonly ReactNode[] {
  return [
    <b key="rows">{formatCount(bar.rows)} events</b>,
    ...(bar.dropped > 0 ? [`${formatCount(bar.dropped)} of them dropped`] : []),
    bar.isLast
      ? `${formatDuration(bar.fromMs)} behind the newest, or more`
      : `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)} behind the newest`,
  ];
}

/** Dropped rows stand at the foot of a bar, the others on top of them. */
function spanOf(fate: Fate, { rows, dropped, isLate }: LatenessBar): { readonly from: number; readonly to: number } {
  if (fate === 'dropped') return { from: 0, to: dropped };
  return (fate === 'late') === isLate ? { from: dropped, to: rows } : { from: 0, to: 0 };
}

function fateSeries(fate: Fate, bars: readonly LatenessBar[]): BarSeries {
  return {
    name: fate,
    color: `var(--${fate})`,
    opacity: 0.85,
    spans: bars.flatMap((bar, band) => {
      const { from, to } = spanOf(fate, bar);
      return to > from ? [{ band, from, to }] : [];
    }),
    leastPx: 2,
    lane: 0,
  };
}
