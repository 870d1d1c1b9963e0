import type { ReactElement, ReactNode } from 'react';
import type { WindowChart } from '../../app/run-state.ts';
import { formatWindow } from '../theme/format.ts';
import { axisCount } from './axis-labels.ts';
import type { WindowBar } from './chart-rows.ts';
import { signedTicks } from './chart-rows.ts';
import { EARLY_FILL, EarlyDots, seriesOpacity } from './marks.tsx';
import type { BarSeries, BarSpan } from './plot-bars.tsx';
import { BandBars } from './plot-bars.tsx';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { Plot } from './plot-parts.tsx';
import { figureText, keyName } from './window-text.ts';

const LABEL_WIDTH = 40;

interface WindowPlotProps {
  readonly chart: WindowChart;
  readonly bars: readonly WindowBar[];
}

export function WindowPlot({ chart, bars }: WindowPlotProps): ReactElement {
  const isStacked = chart.arrangement === 'stacked';
  const fromMs = bars[0]?.startMs ?? 0;
  const toMs = bars.at(-1)?.endMs ?? 1;
  const highest = bars.reduce(
    (most, bar) => Math.max(most, isStacked ? bar.total : Math.max(0, ...bar.values.map((value) => value ?? 0))),
    0,
  );
  const lowest = isStacked
    ? 0
    : bars.reduce((least, bar) => Math.min(least, ...bar.values.map((value) => value ?? 0)), 0);
  const ticks = signedTicks(lowest, highest, 3);
  const low = ticks[0] ?? 0;
  const top = ticks.at(-1) ?? 1;
  const note = (bar: WindowBar): readonly ReactNode[] => [
    <b key="window">{formatWindow(bar.startMs, bar.endMs)}</b>,
    ...chart.series.map((series, i) => `${keyName(chart, series)} ${figureText(bar.values[i] ?? null)}`),
    ...(bar.early === 0 ? [] : [isStacked ? `early so far ${figureText(bar.early)}` : 'early: not complete yet']),
    ...(bar.addedLate === 0 ? [] : [`added by late rows ${figureText(bar.addedLate)}`]),
  ];
  return (
    <Plot rows={bars} place={{ by: 'band', key: 'startMs' }} note={note} labelWidth={LABEL_WIDTH}>
      <EarlyDots />
      <LeftAxis from={low} to={top} ticks={ticks} format={axisCount} />
      <BandBars
        bands={bars.length}
        lanes={isStacked ? 1 : Math.max(1, chart.series.length)}
        low={low}
        top={top}
        scale="linear"
        series={isStacked ? stackedSeries(chart, bars) : besideSeries(chart, bars)}
      />
      <TimeAxis from={fromMs} to={toMs} />
    </Plot>
  );
}

/** Keys one upon the other, and on top what came late. */
function stackedSeries(chart: WindowChart, bars: readonly WindowBar[]): readonly BarSeries[] {
  const floor = bars.map(() => 0);
  const span = (band: number, value: number): readonly BarSpan[] => {
    const from = floor[band] ?? 0;
    floor[band] = from + value;
    return value > 0 ? [{ band, from, to: from + value }] : [];
  };
  const keys = chart.series.map((series, i): BarSeries => ({
    name: `key ${i}`,
    color: 'var(--ontime)',
    opacity: chart.series.length === 1 ? 0.8 : seriesOpacity(i, series.isOther),
    spans: bars.flatMap((bar, band) => span(band, bar.values[i] ?? 0)),
    leastPx: 0,
    lane: 0,
  }));
  const early = bars.flatMap((bar, band) => span(band, bar.early));
  const late = bars.flatMap((bar, band) => span(band, bar.addedLate));
  return [
    ...keys,
    { name: 'early', color: EARLY_FILL, opacity: 1, spans: early, leastPx: 2, lane: 0 },
    { name: 'late', color: 'var(--late)', opacity: 1, spans: late, leastPx: 2, lane: 0 },
  ];
}

/** Keys side by side: their values have no sum. */
function besideSeries(chart: WindowChart, bars: readonly WindowBar[]): readonly BarSeries[] {
  return chart.series.flatMap((series, i) =>
    [false, true].map((isEarly) => ({
      name: `key ${i}${isEarly ? ' early' : ''}`,
      color: isEarly ? EARLY_FILL : 'var(--ontime)',
      opacity: chart.series.length === 1 || isEarly ? 0.8 : seriesOpacity(i, series.isOther),
      spans: bars.flatMap((bar, band) => {
        const value = bar.values[i] ?? 0;
        return value === 0 || (bar.early !== 0) !== isEarly ? [] : [{ band, from: 0, to: value }];
      }),
      leastPx: 1,
      lane: i,
    })),
  );
}
