import type { ReactElement, ReactNode } from 'react';
import { formatCount, formatTime, formatWindow } from '../theme/format.ts';
import { axisCount } from './axis-labels.ts';
import type { DropPoint } from './chart-rows.ts';
import { niceTicks } from './chart-rows.ts';
import type { GhostFigure } from '../branches/ghost-figures.ts';
import type { GhostStep } from './ghost-steps.tsx';
import { GhostSteps } from './ghost-steps.tsx';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { Crosses } from './plot-bars.tsx';
import { Plot } from './plot-parts.tsx';
import { useTimeRange } from './time-extents.ts';

const LABEL_WIDTH = 40;

interface DropPlotProps {
  readonly points: readonly DropPoint[];
  readonly by: 'window' | 'time';
  /** Writes the end of a window. */
  readonly close: (window: string) => string;
  /** What a branch has otherwise. */
  readonly ghost: readonly GhostFigure[];
}

/** A cross a drop while they are few, else a cross at the height of the count. */
export function DropPlot({ points: all, by, close, ghost }: DropPlotProps): ReactElement {
  const axis = by === 'window' ? 'event' : 'processing';
  const steps = ghost.map(({ startMs, endMs, value }): GhostStep => ({ fromMs: startMs, toMs: endMs, value }));
  const { fromMs, toMs } = useTimeRange(axis, {
    fromMs: [...all, ...steps].reduce((least, { fromMs: start }) => Math.min(least, start), Infinity),
    toMs: [...all, ...steps].reduce((most, { toMs: end }) => Math.max(most, end), -Infinity),
  });
  const points = all.filter(({ xMs }) => xMs >= fromMs && xMs <= toMs);
  const inView = steps.filter((step) => step.toMs > fromMs && step.fromMs < toMs);
  const most = [...points.map(({ y }) => y), ...inView.map(({ value }) => value)].reduce((a, b) => Math.max(a, b), 2);
  const ticks = niceTicks(most, 2).filter(Number.isInteger);
  const top = 1.12 * Math.max(most, ticks.at(-1) ?? 0);
  const place = { by: 'value', key: 'xMs', from: fromMs, to: toMs } as const;
  return (
    <Plot
      rows={points}
      place={place}
      note={by === 'window' ? (point) => windowNote(point, close) : timeNote}
      labelWidth={LABEL_WIDTH}
      axis={axis}
    >
      <LeftAxis from={0} to={top} ticks={ticks} format={axisCount} />
      <TimeAxis from={fromMs} to={toMs} hasGrid />
      <GhostSteps steps={inView} x={[fromMs, toMs]} y={[0, top]} />
      <Crosses points={points.map(({ xMs, y }) => ({ x: xMs, y }))} x={[fromMs, toMs]} top={top} />
    </Plot>
  );
}

function windowNote({ count, fromMs, toMs }: DropPoint, close: (window: string) => string): readonly ReactNode[] {
  return [<b key="count">{formatCount(count)} dropped</b>, `window ${close(formatWindow(fromMs, toMs))}`];
}

function timeNote({ count, fromMs, toMs }: DropPoint): readonly ReactNode[] {
  return [<b key="count">{formatCount(count)} dropped</b>, `processing ${formatTime(fromMs)} to ${formatTime(toMs)}`];
}
