import type { ReactElement } from 'react';
import { Bar, BarChart, CartesianGrid, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { LatenessChart } from '../../app/run-state.ts';
import { formatCount, formatDuration } from '../theme/format.ts';
import { axisDuration } from './axis-labels.ts';
import type { LatenessBar } from './chart-rows.ts';
import { niceTicks } from './chart-rows.ts';
import { AXIS_LINE, GRID, MARGIN, PlotArea, TICK, X_AXIS_HEIGHT, hoverNote } from './plot-parts.tsx';

const SPACE = { ...MARGIN, left: 14 };
const seen = (rows: unknown): number => (Number(rows) > 0 ? 2 : 0);

interface LatenessPlotProps {
  readonly chart: LatenessChart;
  readonly bars: readonly LatenessBar[];
}

/** Bars by root of the count, so that the rare late ones stay in sight beside the many that are on time. */
export function LatenessPlot({ chart, bars }: LatenessPlotProps): ReactElement {
  const endMs = bars.length * chart.binMs;
  const delayMs = chart.delaysMs.at(-1);
  const horizonMs =
    delayMs !== undefined && chart.latenessMs !== null && chart.latenessMs > 0 ? delayMs + chart.latenessMs : null;
  const Note = hoverNote<LatenessBar>((bar) => [
    <b key="rows">{formatCount(bar.rows)} events</b>,
    bar.isLast
      ? `${formatDuration(bar.fromMs)} behind the newest, or more`
      : `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)} behind the newest`,
  ]);
  return (
    <PlotArea>
      <BarChart data={[...bars]} margin={SPACE} barCategoryGap={1} accessibilityLayer={false}>
        <CartesianGrid {...GRID} horizontal={false} />
        <XAxis dataKey="fromMs" hide />
        <XAxis
          xAxisId="ms"
          type="number"
          domain={[0, endMs]}
          ticks={niceTicks(endMs, 4).filter((tick) => tick <= endMs)}
          tickFormatter={axisDuration}
          tick={TICK}
          tickLine={false}
          axisLine={AXIS_LINE}
          height={X_AXIS_HEIGHT}
          allowDataOverflow
        />
        <YAxis scale="sqrt" domain={[0, 'dataMax']} hide />
        <Tooltip content={Note} cursor={{ fill: 'var(--surface-3)' }} isAnimationActive={false} />
        <Bar dataKey="rows" shape={FateBar} isAnimationActive={false} minPointSize={seen} />
        {chart.delaysMs.map((ms) => (
          <ReferenceLine
            key={ms}
            xAxisId="ms"
            x={ms}
            stroke="var(--tide)"
            strokeWidth={2.25}
            label={{
              value: `delay ${formatDuration(ms)}`,
              position: 'insideTopLeft',
              fill: 'var(--tide-ink)',
              fontSize: 'var(--t-xs)',
              fontWeight: 600,
            }}
          />
        ))}
        {horizonMs !== null && (
          <ReferenceLine
            xAxisId="ms"
            x={horizonMs}
            stroke="var(--tide)"
            strokeWidth={1.25}
            strokeDasharray="5 3"
            label={{
              value: `+ lateness ${formatDuration(chart.latenessMs)}`,
              position: 'insideLeft',
              fill: 'var(--ink-2)',
              fontSize: 'var(--t-xs)',
            }}
          />
        )}
      </BarChart>
    </PlotArea>
  );
}

interface FateBarProps {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly payload?: LatenessBar;
}

function FateBar({ x = 0, y = 0, width = 0, height = 0, payload }: FateBarProps): ReactElement | null {
  if (payload === undefined || payload.rows === 0) return null;
  return <rect x={x} y={y} width={width} height={height} fill={`var(--${payload.fate})`} fillOpacity={0.85} />;
}
