import type { ReactElement } from 'react';
import type { WindowChart } from '../../app/run-state.ts';
import { axisCount } from './axis-labels.ts';
import type { GhostFigure } from '../branches/ghost-figures.ts';
import type { WindowBar } from './chart-rows.ts';
import { signedTicks } from './chart-rows.ts';
import type { GhostStep } from './ghost-steps.tsx';
import { GhostSteps } from './ghost-steps.tsx';
import { EARLY_FILL, EarlyDots, seriesOpacity } from './marks.tsx';
import type { BarSeries, BarSpan } from './plot-bars.tsx';
import { BandBars } from './plot-bars.tsx';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { Plot } from './plot-parts.tsx';
import { useTimeRange } from './time-extents.ts';
import { usePickWindow } from './use-pick-window.ts';
import { useWindowEnd } from './use-window-end.ts';
import type { WindowPlaces } from './window-places.ts';
import { windowNote } from './window-text.ts';

const LABEL_WIDTH = 40;

interface WindowPlotProps {
  readonly chart: WindowChart;
  readonly places: WindowPlaces;
  /** What a branch has otherwise. */
  readonly ghost: readonly GhostFigure[];
}

/** A bar a window, by the end of its window. */
export function WindowPlot({ chart, places: shown, ghost }: WindowPlotProps): ReactElement {
  const { bars: all, places: allPlaces, ...own } = shown;
  const close = useWindowEnd();
  const pick = usePickWindow();
  const { fromMs, toMs } = useTimeRange('event', own);
  const inView = all.flatMap((bar, i) => {
    const place = allPlaces[i];
    return place !== undefined && place.toMs > fromMs && place.fromMs < toMs ? [{ bar, place }] : [];
  });
  const bars = inView.map(({ bar }) => bar);
  const places = inView.map(({ place }) => place);
  const isStacked = chart.arrangement === 'stacked';
  const share = (timeMs: number): number => Math.min(1, Math.max(0, (timeMs - fromMs) / Math.max(1, toMs - fromMs)));
  const steps = ghostSteps(ghost, shown).filter((step) => step.toMs > fromMs && step.fromMs < toMs);
  const highest = bars.reduce(
    (most, bar) => Math.max(most, isStacked ? bar.total : Math.max(0, ...bar.values.map((value) => value ?? 0))),
    steps.reduce((most, { value }) => Math.max(most, value), 0),
  );
  const lowest = isStacked
    ? 0
    : bars.reduce((least, bar) => Math.min(least, ...bar.values.map((value) => value ?? 0)), 0);
  const ticks = signedTicks(lowest, highest, 3);
  const low = ticks[0] ?? 0;
  const top = ticks.at(-1) ?? 1;
  return (
    <Plot
      rows={bars.map((bar, i) => ({ ...bar, middleMs: Math.min(toMs, Math.max(fromMs, middleOf(places[i]))) }))}
      place={{ by: 'value', key: 'middleMs', from: fromMs, to: toMs }}
      note={(bar) => windowNote(chart, bar, close)}
      labelWidth={LABEL_WIDTH}
      axis="event"
      onPick={pick}
    >
      <EarlyDots />
      <LeftAxis from={low} to={top} ticks={ticks} format={axisCount} />
      <BandBars
        bands={bars.length}
        places={places.map((place) => ({ from: share(place.fromMs), to: share(place.toMs) }))}
        lanes={isStacked ? 1 : Math.max(1, chart.series.length)}
        low={low}
        top={top}
        scale="linear"
        series={isStacked ? stackedSeries(chart, bars) : besideSeries(chart, bars)}
      />
      <GhostSteps steps={steps} x={[fromMs, toMs]} y={[low, top]} />
      <TimeAxis from={fromMs} to={toMs} />
    </Plot>
  );
}

/** Where the bar of such a window stands, or would. */
function ghostSteps(ghost: readonly GhostFigure[], { bars, places }: WindowPlaces): readonly GhostStep[] {
  const byEnd = new Map(bars.map(({ endMs }, i) => [endMs, places[i]]));
  const [first] = places;
  const widthMs = first === undefined ? Infinity : first.toMs - first.fromMs;
  return ghost.map(({ startMs, endMs, value }) => {
    const place = byEnd.get(endMs) ?? { fromMs: Math.max(startMs, endMs - widthMs), toMs: endMs };
    return { ...place, value };
  });
}

function middleOf(place: WindowPlaces['places'][number] | undefined): number {
  return place === undefined ? 0 : (place.fromMs + place.toMs) / 2;
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
