import type { ReactElement } from 'react';
import type { TimeRange } from '../../app/time-view.ts';
import { formatDuration, formatTime } from '../theme/format.ts';
import { axisDuration, axisTime } from './axis-labels.ts';
import type { ClockPoint, LagPoint, PartLag } from './chart-rows.ts';
import { durationTicks, timeTicks } from './chart-rows.ts';
import { GhostLine } from './ghost-line.tsx';
import type { NamedLine } from './line-names.tsx';
import { LineNames } from './line-names.tsx';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { PlotLine } from './plot-lines.tsx';
import { Plot } from './plot-parts.tsx';
import { useTimeRange } from './time-extents.ts';

const LABEL_WIDTH = 52;

const clockNote =
  (word: string) =>
  (point: ClockPoint): readonly string[] => {
    return [
      `processing ${formatTime(point.atMs)}`,
      `event time ${formatTime(point.maxEventTimeMs)}`,
      `${word} ${formatTime(point.watermarkMs)}`,
    ];
  };

interface ClockPlotProps {
  readonly points: readonly ClockPoint[];
  readonly word: string;
  readonly range: TimeRange;
  /** Of a branch with another watermark. */
  readonly ghost: readonly ClockPoint[];
}

/** Three clocks over processing time. The watermark and the newest event move in steps, and are drawn so. */
export function ClockPlot({ points: all, word, range, ghost }: ClockPlotProps): ReactElement {
  const { fromMs, toMs } = range;
  const points = all.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const x = [fromMs, toMs] as const;
  let low = toMs;
  let high = fromMs;
  const others = ghost.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  for (const { atMs, maxEventTimeMs, watermarkMs } of [...points, ...others]) {
    low = Math.min(low, maxEventTimeMs ?? atMs, watermarkMs ?? atMs);
    high = Math.max(high, atMs, maxEventTimeMs ?? atMs);
  }
  const y = [low, Math.max(high, low + 1)] as const;
  const ticks = timeTicks(low, high, 4);
  return (
    <Plot
      rows={points}
      place={{ by: 'value', key: 'atMs', from: fromMs, to: toMs }}
      note={clockNote(word)}
      labelWidth={LABEL_WIDTH}
      axis="processing"
    >
      <LeftAxis from={low} to={high} ticks={ticks} format={axisTime(high - low, ticks)} />
      <TimeAxis from={fromMs} to={toMs} hasGrid />
      <PlotLine
        name="processing"
        points={points.map(({ atMs }) => ({ x: atMs, y: atMs }))}
        x={x}
        y={y}
        shape="straight"
        color="var(--ink-3)"
        width={1.25}
        dash="1.5 4"
      />
      <PlotLine
        name="event time"
        points={points.map(({ atMs, maxEventTimeMs }) => ({ x: atMs, y: maxEventTimeMs }))}
        x={x}
        y={y}
        shape="step"
        color="var(--ink-2)"
        width={1.25}
      />
      <PlotLine
        name="watermark"
        points={points.map(({ atMs, watermarkMs }) => ({ x: atMs, y: watermarkMs }))}
        x={x}
        y={y}
        shape="step"
        color="var(--tide)"
        width={2.25}
      />
      <GhostLine
        points={others.map(({ atMs, watermarkMs }) => ({ x: atMs, y: watermarkMs }))}
        x={x}
        y={y}
        shape="step"
      />
    </Plot>
  );
}

/** Lines beside each other differ by how they are broken. */
const PART_DASHES = [undefined, '6 3', '2 2', '8 2 2 2'] as const;
/** More lines than this have no room for their names. */
const NAMED_PARTS = 4;

/** A saw with many teeth is drawn finer. */
const MANY_POINTS = 150;

const lagNote =
  (word: string) =>
  (point: LagPoint): readonly string[] => {
    return [
      `processing ${formatTime(point.atMs)}`,
      `newest event ${formatDuration(point.eventTimeLagMs)} behind`,
      `${word} ${formatDuration(point.watermarkLagMs)} behind`,
    ];
  };

interface LagPlotProps {
  readonly points: readonly LagPoint[];
  readonly parts: readonly PartLag[];
  readonly word: string;
  /** Of a branch with another watermark. */
  readonly ghost: readonly LagPoint[];
}

/** How far event time and the watermark are behind the clock: both grow between two steps and jump back with each. */
export function LagPlot({ points, parts, word, ghost }: LagPlotProps): ReactElement {
  const ownFromMs = points[0]?.atMs ?? 0;
  const own = { fromMs: ownFromMs, toMs: Math.max(points.at(-1)?.atMs ?? 1, ownFromMs + 1) };
  const { fromMs, toMs } = useTimeRange('processing', own);
  const inView = points.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const x = [fromMs, toMs] as const;
  let least = 0;
  let most = 1;
  const others = ghost.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  for (const { eventTimeLagMs, watermarkLagMs } of [...inView, ...others]) {
    least = Math.min(least, eventTimeLagMs ?? 0, watermarkLagMs ?? 0);
    most = Math.max(most, eventTimeLagMs ?? 0, watermarkLagMs ?? 0);
  }
  for (const part of parts) {
    for (const { atMs, lagMs } of part.points) if (atMs >= fromMs && atMs <= toMs) most = Math.max(most, lagMs ?? 0);
  }
  // Room for the name of the upper line.
  const y = [least, 1.2 * most] as const;
  return (
    <Plot
      rows={points}
      place={{ by: 'value', key: 'atMs', from: fromMs, to: toMs }}
      note={lagNote(word)}
      labelWidth={LABEL_WIDTH}
      axis="processing"
    >
      <LeftAxis from={y[0]} to={y[1]} ticks={durationTicks(most, 3)} format={axisDuration} />
      <TimeAxis from={fromMs} to={toMs} hasGrid />
      {parts.map((part, i) => (
        <PlotLine
          key={part.name}
          name={`lag of ${part.name}`}
          points={part.points.map(({ atMs, lagMs }) => ({ x: atMs, y: lagMs }))}
          x={x}
          y={y}
          shape="straight"
          color="var(--tide)"
          width={1}
          dash={part.isIdle ? '1.5 4' : PART_DASHES[i % PART_DASHES.length]}
        />
      ))}
      <PlotLine
        name="event time lag"
        points={points.map(({ atMs, eventTimeLagMs }) => ({ x: atMs, y: eventTimeLagMs }))}
        x={x}
        y={y}
        shape="straight"
        color="var(--ink-2)"
        width={points.length > MANY_POINTS ? 0.75 : 1.25}
      />
      <PlotLine
        name="watermark lag"
        points={points.map(({ atMs, watermarkLagMs }) => ({ x: atMs, y: watermarkLagMs }))}
        x={x}
        y={y}
        shape="straight"
        color="var(--tide)"
        width={points.length > MANY_POINTS ? 1.25 : 2.25}
      />
      <GhostLine
        points={others.map(({ atMs, watermarkLagMs }) => ({ x: atMs, y: watermarkLagMs }))}
        x={x}
        y={y}
        shape="straight"
      />
      <LineNames lines={linesOf(inView, parts.length <= NAMED_PARTS ? parts : [], toMs, word)} y={y} />
    </Plot>
  );
}

/** One watermark is named; of several each has its source's name, and the one that counts lies on one of them. */
function linesOf(
  inView: readonly LagPoint[],
  parts: readonly PartLag[],
  toMs: number,
  word: string,
): readonly NamedLine[] {
  const color = 'var(--tide-ink)';
  const named = parts.map(({ name, points }) => {
    const last = points.findLast(({ atMs, lagMs }) => atMs <= toMs && lagMs !== null);
    return { name, color, lagMs: last?.lagMs ?? null };
  });
  const watermark = { name: word, color, lagMs: middleOf(inView.map(({ watermarkLagMs }) => watermarkLagMs)) };
  const newest = middleOf(inView.map(({ eventTimeLagMs }) => eventTimeLagMs));
  return [...(named.length > 0 ? named : [watermark]), { name: 'newest event', color: 'var(--ink-2)', lagMs: newest }];
}

/** Where a saw mostly is: its last tooth may be a long one. */
function middleOf(lags: readonly (number | null)[]): number | null {
  const known = lags.filter((lagMs) => lagMs !== null).toSorted((a, b) => a - b);
  return known[known.length >> 1] ?? null;
}
