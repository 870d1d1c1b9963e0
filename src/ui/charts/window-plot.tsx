import type { ReactElement } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import type { WindowChart } from '../../app/run-state.ts';
import { formatWindow } from '../theme/format.ts';
import { axisCount, axisTime } from './axis-labels.ts';
import type { WindowBar } from './chart-rows.ts';
import { niceTicks, timeTicks } from './chart-rows.ts';
import { seriesOpacity } from './marks.tsx';
import { LinearAxis } from './plot-overlay.tsx';
import { AXIS_SPACE, GRID, PlotArea, TICK, Y_AXIS_WIDTH, hoverNote } from './plot-parts.tsx';
import { figureText, keyName } from './window-text.ts';

interface WindowPlotProps {
  readonly chart: WindowChart;
  readonly bars: readonly WindowBar[];
}

/** Most named keys, and the rest. */
const SERIES = [0, 1, 2, 3, 4] as const;
const valueOf = SERIES.map((i) => (bar: WindowBar) => bar.values[i] ?? null);
const lateOf = (bar: WindowBar): number | null => (bar.addedLate > 0 ? bar.addedLate : null);

export function WindowPlot({ chart, bars }: WindowPlotProps): ReactElement {
  const isStacked = chart.arrangement === 'stacked';
  const fromMs = bars[0]?.startMs ?? 0;
  const toMs = bars.at(-1)?.endMs ?? 1;
  const top = bars.reduce(
    (most, bar) => Math.max(most, isStacked ? bar.total : Math.max(0, ...bar.values.map((value) => value ?? 0))),
    0,
  );
  const ticks = niceTicks(top, 3);
  const Note = hoverNote<WindowBar>((bar) => [
    <b key="window">{formatWindow(bar.startMs, bar.endMs)}</b>,
    ...chart.series.map((series, i) => `${keyName(chart, series)} ${figureText(bar.values[i] ?? null)}`),
    ...(bar.addedLate === 0 ? [] : [`added by late rows ${figureText(bar.addedLate)}`]),
  ]);
  const stack = isStacked ? { stackId: 'window' } : {};
  return (
    <PlotArea>
      <BarChart data={[...bars]} margin={AXIS_SPACE} barCategoryGap={1} barGap={0} accessibilityLayer={false}>
        <CartesianGrid {...GRID} vertical={false} />
        <XAxis dataKey="startMs" hide />
        <YAxis
          ticks={[...ticks]}
          domain={[0, ticks.at(-1) ?? 1]}
          tickFormatter={axisCount}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={Y_AXIS_WIDTH}
        />
        <Tooltip content={Note} cursor={{ fill: 'var(--surface-3)' }} isAnimationActive={false} />
        {/* Always all of them: they are stacked in the order in which they came to the plot. */}
        {SERIES.filter((i) => isStacked || i < chart.series.length).map((i) => (
          <Bar
            key={i}
            dataKey={valueOf[i] ?? lateOf}
            fill="var(--ontime)"
            fillOpacity={chart.series.length === 1 ? 0.8 : seriesOpacity(i, chart.series[i]?.isOther === true)}
            isAnimationActive={false}
            {...stack}
          />
        ))}
        {isStacked && (
          <Bar
            dataKey={lateOf}
            fill="var(--late)"
            minPointSize={(_, i) => ((bars[i]?.addedLate ?? 0) > 0 ? 2 : 0)}
            isAnimationActive={false}
            {...stack}
          />
        )}
        <LinearAxis from={fromMs} to={toMs} ticks={timeTicks(fromMs, toMs, 5)} format={axisTime(toMs - fromMs)} />
      </BarChart>
    </PlotArea>
  );
}
