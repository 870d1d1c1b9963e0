import type { ReactElement, ReactNode } from 'react';
import type { TimeRange } from '../../app/time-view.ts';
import { formatCount, formatDuration, formatTime } from '../theme/format.ts';
import { axisDuration } from './axis-labels.ts';
import { durationTicks } from './chart-rows.ts';
import { usePlotArea } from './plot-area.ts';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { Plot } from './plot-parts.tsx';
import type { SpanRow } from './span-rows.ts';
import { useTimeRange } from './time-extents.ts';

const LABEL_WIDTH = 46;

interface LatencyPlotProps {
  readonly rows: readonly SpanRow[];
  readonly intervalMs: number;
  readonly maxMs: number;
}

/** From the shortest to the longest of each interval, with a dot at the mean. */
export function LatencyPlot({ rows, intervalMs, maxMs }: LatencyPlotProps): ReactElement {
  const own = { fromMs: rows[0]?.atMs ?? 0, toMs: (rows.at(-1)?.atMs ?? 0) + intervalMs };
  const range = useTimeRange('processing', own);
  const top = 1.05 * Math.max(1, maxMs);
  return (
    <Plot
      rows={rows}
      place={{ by: 'value', key: 'atMs', from: range.fromMs, to: range.toMs }}
      note={latencyNote}
      labelWidth={LABEL_WIDTH}
      axis="processing"
    >
      <LeftAxis from={0} to={top} ticks={durationTicks(top, 3)} format={axisDuration} />
      <TimeAxis from={range.fromMs} to={range.toMs} hasGrid />
      <SpanMarks rows={rows} range={range} top={top} />
    </Plot>
  );
}

function latencyNote({ atMs, count, least, mean, most }: SpanRow): readonly ReactNode[] {
  return [
    <b key="count">{count === 1 ? '1 result' : `${formatCount(count)} results`}</b>,
    count === 1 ? `after ${formatDuration(most)}` : `after ${formatDuration(least)} to ${formatDuration(most)}`,
    ...(count === 1 ? [] : [`mean ${formatDuration(mean)}`]),
    `processing ${formatTime(atMs)}`,
  ];
}

interface SpanMarksProps {
  readonly rows: readonly SpanRow[];
  readonly range: TimeRange;
  readonly top: number;
}

function SpanMarks({ rows, range: { fromMs, toMs }, top }: SpanMarksProps): ReactElement | null {
  const area = usePlotArea();
  if (area === null || !(toMs > fromMs)) return null;
  const shown = rows.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const xOf = (atMs: number): string => (area.x + ((atMs - fromMs) / (toMs - fromMs)) * area.width).toFixed(1);
  const yOf = (ms: number): string => (area.y + area.height * (1 - ms / top)).toFixed(1);
  const bars = shown.map(({ atMs, least, most }) => `M${xOf(atMs)} ${yOf(least)}V${yOf(most)}`).join('');
  // A stroke without length and with round caps is a dot.
  const dots = shown.map(({ atMs, mean }) => `M${xOf(atMs)} ${yOf(mean)}h0`).join('');
  return (
    <g fill="none" stroke="var(--ontime)">
      <path data-line="latency" d={bars} strokeWidth={2} strokeOpacity={0.35} />
      <path d={dots} strokeWidth={shown.length > 120 ? 2.4 : 4} strokeLinecap="round" />
    </g>
  );
}
