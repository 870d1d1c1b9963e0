import type { ReactElement } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import type { WindowChart } from '../../app/run-state.ts';
import { formatWindow } from '../theme/format.ts';
import { axisCount, axisTime } from './axis-labels.ts';
import type { WindowBar } from './chart-rows.ts';
import { niceTicks, timeTicks } from './chart-rows.ts';
import { seriesOpacity } from './marks.tsx';
import { AXIS_LINE, GRID, MARGIN, PlotArea, TICK, X_AXIS_HEIGHT, Y_AXIS_WIDTH, hoverNote } from './plot-parts.tsx';
import { figureText, keyName } from './window-text.ts';

interface WindowPlotProps {
  readonly chart: WindowChart;
  readonly bars: readonly WindowBar[];
}

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
      <BarChart data={[...bars]} margin={MARGIN} barCategoryGap={1} barGap={0} accessibilityLayer={false}>
        <CartesianGrid {...GRID} vertical={false} />
        <XAxis dataKey="startMs" hide />
        <XAxis
          xAxisId="time"
          type="number"
          domain={[fromMs, toMs]}
          ticks={[...timeTicks(fromMs, toMs, 5)]}
          tickFormatter={axisTime(toMs - fromMs)}
          tick={TICK}
          tickLine={false}
          axisLine={AXIS_LINE}
          height={X_AXIS_HEIGHT}
          allowDataOverflow
        />
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
        {chart.series.map((series, i) => (
          <Bar
            key={series.isOther ? 'other' : `key ${series.name}`}
            dataKey={(bar: WindowBar) => bar.values[i] ?? null}
            fill="var(--ontime)"
            fillOpacity={chart.series.length === 1 ? 0.8 : seriesOpacity(i, series.isOther)}
            isAnimationActive={false}
            {...stack}
          />
        ))}
        {isStacked && (
          <Bar
            key="late"
            dataKey={(bar: WindowBar) => (bar.addedLate > 0 ? bar.addedLate : null)}
            fill="var(--late)"
            minPointSize={(value) => (typeof value === 'number' && value > 0 ? 3 : 0)}
            isAnimationActive={false}
            {...stack}
          />
        )}
      </BarChart>
    </PlotArea>
  );
}
