import type { ReactElement, ReactNode } from 'react';
import { formatTime } from '../theme/format.ts';
import { axisBytes, axisCount } from './axis-labels.ts';
import { byteTicks, niceTicks } from './chart-rows.ts';
import { LeftAxis, TimeAxis } from './plot-axes.tsx';
import { PlotLine } from './plot-lines.tsx';
import { Plot } from './plot-parts.tsx';
import type { SpanRow } from './span-rows.ts';
import { useTimeRange } from './time-extents.ts';

const LABEL_WIDTH = 46;

interface StatePlotProps {
  readonly rows: readonly SpanRow[];
  readonly isBytes: boolean;
  readonly write: (value: number) => string;
}

/** The most that was kept in each interval; it stays so until the next. */
export function StatePlot({ rows, isBytes, write }: StatePlotProps): ReactElement {
  const range = useTimeRange('processing', { fromMs: rows[0]?.atMs ?? 0, toMs: rows.at(-1)?.atMs ?? 1 });
  const most = rows.reduce((highest, row) => Math.max(highest, row.most), 1);
  const ticks = isBytes ? byteTicks(most, 3) : niceTicks(most, 3).filter(Number.isInteger);
  const top = Math.max(most, ticks.at(-1) ?? 1);
  const last = rows.at(-1);
  const points = rows.map(({ atMs, most: y }) => ({ x: atMs, y }));
  // What is kept stays so to the end of the axis.
  if (last !== undefined && range.toMs > last.atMs) points.push({ x: range.toMs, y: last.most });
  return (
    <Plot
      rows={rows}
      place={{ by: 'value', key: 'atMs', from: range.fromMs, to: range.toMs }}
      note={(row) => stateNote(row, write)}
      labelWidth={LABEL_WIDTH}
      axis="processing"
    >
      <LeftAxis from={0} to={top} ticks={ticks} format={isBytes ? axisBytes : axisCount} />
      <TimeAxis from={range.fromMs} to={range.toMs} hasGrid />
      <PlotLine
        name="state"
        points={points}
        x={[range.fromMs, range.toMs]}
        y={[0, top]}
        shape="step"
        color="var(--ink-2)"
        width={1.75}
      />
    </Plot>
  );
}

function stateNote({ atMs, least, most }: SpanRow, write: (value: number) => string): readonly ReactNode[] {
  return [
    <b key="most">{write(most)}</b>,
    ...(least === most ? [] : [`from ${write(least)} on`]),
    `processing ${formatTime(atMs)}`,
  ];
}
