import type { ReactElement } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { formatDuration, formatTime } from '../theme/format.ts';
import { axisDuration, axisTime } from './axis-labels.ts';
import type { ClockPoint, LagPoint } from './chart-rows.ts';
import { niceTicks, timeTicks } from './chart-rows.ts';
import { AXIS_LINE, GRID, MARGIN, PlotArea, TICK, X_AXIS_HEIGHT, hoverNote } from './plot-parts.tsx';

const NO_DOTS = { dot: false, activeDot: false, isAnimationActive: false } as const;
const TIME_WIDTH = 52;
const LAG_WIDTH = 46;

/** Three clocks over processing time. The watermark and the newest event move in steps, and are drawn so. */
export function ClockPlot({ points }: { points: readonly ClockPoint[] }): ReactElement {
  const fromMs = points[0]?.atMs ?? 0;
  const toMs = Math.max(points.at(-1)?.atMs ?? 1, fromMs + 1);
  const values = points.flatMap(({ atMs, maxEventTimeMs, watermarkMs }) => [
    atMs,
    maxEventTimeMs ?? atMs,
    watermarkMs ?? atMs,
  ]);
  const low = values.reduce((least, value) => Math.min(least, value), toMs);
  const high = values.reduce((most, value) => Math.max(most, value), fromMs);
  const Note = hoverNote<ClockPoint>((point) => [
    `processing ${formatTime(point.atMs)}`,
    `event time ${formatTime(point.maxEventTimeMs)}`,
    `watermark ${formatTime(point.watermarkMs)}`,
  ]);
  return (
    <PlotArea>
      <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <ProcessingAxis fromMs={fromMs} toMs={toMs} />
        <YAxis
          type="number"
          domain={[low, high]}
          ticks={[...timeTicks(low, high, 4)]}
          tickFormatter={axisTime(high - low)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={TIME_WIDTH}
          allowDataOverflow
        />
        <Tooltip content={Note} cursor={{ stroke: 'var(--ink-3)' }} isAnimationActive={false} />
        <Line
          {...NO_DOTS}
          dataKey="atMs"
          type="linear"
          stroke="var(--ink-3)"
          strokeWidth={1.25}
          strokeDasharray="1.5 4"
        />
        <Line {...NO_DOTS} dataKey="maxEventTimeMs" type="stepAfter" stroke="var(--ink-2)" strokeWidth={1.25} />
        <Line {...NO_DOTS} dataKey="watermarkMs" type="stepAfter" stroke="var(--tide)" strokeWidth={2.25} />
      </LineChart>
    </PlotArea>
  );
}

/** How far event time and the watermark are behind the clock: both grow between two steps and jump back with each. */
export function LagPlot({ points }: { points: readonly LagPoint[] }): ReactElement {
  const fromMs = points[0]?.atMs ?? 0;
  const toMs = Math.max(points.at(-1)?.atMs ?? 1, fromMs + 1);
  const most = points.reduce((top, point) => Math.max(top, point.watermarkLagMs ?? 0, point.eventTimeLagMs ?? 0), 0);
  const least = points.reduce((low, point) => Math.min(low, point.watermarkLagMs ?? 0, point.eventTimeLagMs ?? 0), 0);
  const ticks = niceTicks(most, 3);
  const Note = hoverNote<LagPoint>((point) => [
    `processing ${formatTime(point.atMs)}`,
    `newest event ${formatDuration(point.eventTimeLagMs)} behind`,
    `watermark ${formatDuration(point.watermarkLagMs)} behind`,
  ]);
  return (
    <PlotArea>
      <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <ProcessingAxis fromMs={fromMs} toMs={toMs} />
        <YAxis
          type="number"
          domain={[least, ticks.at(-1) ?? 1]}
          ticks={[...ticks]}
          tickFormatter={axisDuration}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={LAG_WIDTH}
        />
        <Tooltip content={Note} cursor={{ stroke: 'var(--ink-3)' }} isAnimationActive={false} />
        <Line {...NO_DOTS} dataKey="eventTimeLagMs" type="linear" stroke="var(--ink-2)" strokeWidth={1.25} />
        <Line {...NO_DOTS} dataKey="watermarkLagMs" type="linear" stroke="var(--tide)" strokeWidth={2.25} />
      </LineChart>
    </PlotArea>
  );
}

function ProcessingAxis({ fromMs, toMs }: { fromMs: number; toMs: number }): ReactElement {
  return (
    <XAxis
      dataKey="atMs"
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
  );
}
