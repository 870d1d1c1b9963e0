import type { ReactElement } from 'react';
import { CartesianGrid, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount, formatTime, formatWindow } from '../theme/format.ts';
import { axisCount, axisTime } from './axis-labels.ts';
import type { DropPoint } from './chart-rows.ts';
import { niceTicks, timeTicks } from './chart-rows.ts';
import { CrossMark } from './marks.tsx';
import { AXIS_LINE, GRID, MARGIN, PlotArea, TICK, X_AXIS_HEIGHT, Y_AXIS_WIDTH, hoverNote } from './plot-parts.tsx';

interface DropPlotProps {
  readonly points: readonly DropPoint[];
  readonly by: 'window' | 'time';
}

/** A cross a drop while they are few, else a cross at the height of the count. */
export function DropPlot({ points, by }: DropPlotProps): ReactElement {
  const fromMs = points.reduce((least, point) => Math.min(least, point.fromMs), Infinity);
  const toMs = points.reduce((most, point) => Math.max(most, point.toMs), -Infinity);
  const top = points.reduce((most, point) => Math.max(most, point.y), 0);
  const ticks = niceTicks(Math.max(2, top), 2).filter(Number.isInteger);
  const Note = hoverNote<DropPoint>((point) => [
    <b key="count">{formatCount(point.count)} dropped</b>,
    by === 'window'
      ? `window ${formatWindow(point.fromMs, point.toMs)}`
      : `processing ${formatTime(point.fromMs)} to ${formatTime(point.toMs)}`,
  ]);
  return (
    <PlotArea>
      <ScatterChart margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="xMs"
          type="number"
          domain={[fromMs, toMs]}
          ticks={[...timeTicks(fromMs, toMs, 5)]}
          tickFormatter={axisTime(toMs - fromMs)}
          tick={TICK}
          tickLine={false}
          axisLine={AXIS_LINE}
          height={X_AXIS_HEIGHT}
        />
        <YAxis
          dataKey="y"
          type="number"
          domain={[0, (ticks.at(-1) ?? 2) + 0.5]}
          ticks={[...ticks]}
          tickFormatter={axisCount}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={Y_AXIS_WIDTH}
        />
        <Tooltip content={Note} cursor={false} isAnimationActive={false} />
        <Scatter data={[...points]} shape={Cross} isAnimationActive={false} />
      </ScatterChart>
    </PlotArea>
  );
}

function Cross({ cx, cy }: { cx?: number | undefined; cy?: number | undefined }): ReactElement {
  return <CrossMark x={cx ?? 0} y={cy ?? 0} />;
}
