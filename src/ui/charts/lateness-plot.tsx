import type { ReactElement } from 'react';
import { Bar, BarChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { LatenessChart } from '../../app/run-state.ts';
import { formatCount, formatDuration } from '../theme/format.ts';
import { axisDuration } from './axis-labels.ts';
import type { LatenessBar } from './chart-rows.ts';
import { durationTicks } from './chart-rows.ts';
import { LinearAxis, Marker } from './plot-overlay.tsx';
import { AXIS_SPACE, PlotArea, hoverNote } from './plot-parts.tsx';

const SPACE = { ...AXIS_SPACE, left: 14 };
const visible = (rows: unknown): number => (Number(rows) > 0 ? 2 : 0);

interface LatenessPlotProps {
  readonly chart: LatenessChart;
  readonly bars: readonly LatenessBar[];
}

/** Bars by root of the count, so that the rare late ones stay in sight beside the many that are on time. */
export function LatenessPlot({ chart, bars }: LatenessPlotProps): ReactElement {
  const endMs = bars.length * chart.binMs;
  const axis = { from: 0, to: endMs };
  const delayMs = chart.delaysMs.at(-1);
  const latenessMs = chart.latenessMs ?? 0;
  const Note = hoverNote<LatenessBar>((bar) => [
    <b key="rows">{formatCount(bar.rows)} events</b>,
    bar.isLast
      ? `${formatDuration(bar.fromMs)} behind the newest, or more`
      : `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)} behind the newest`,
  ]);
  return (
    <PlotArea>
      <BarChart data={[...bars]} margin={SPACE} barCategoryGap={1} accessibilityLayer={false}>
        <XAxis dataKey="fromMs" hide />
        <YAxis scale="sqrt" domain={[0, 'dataMax']} hide />
        <Tooltip content={Note} cursor={{ fill: 'var(--surface-3)' }} isAnimationActive={false} />
        <Bar dataKey="rows" shape={FateBar} isAnimationActive={false} minPointSize={visible} />
        <LinearAxis {...axis} ticks={durationTicks(endMs, 6)} format={axisDuration} />
        {chart.delaysMs.map((ms) => (
          <Marker key={ms} {...axis} at={ms} row={0} look="solid" text={`delay ${formatDuration(ms)}`} />
        ))}
        {delayMs !== undefined && latenessMs > 0 && (
          <Marker
            {...axis}
            at={delayMs + latenessMs}
            row={1}
            look="dashed"
            text={`+ lateness ${formatDuration(latenessMs)}`}
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
