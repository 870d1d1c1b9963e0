import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatOneIn, formatTime, formatWindow } from '../theme/format.ts';
import { ChartFrame } from './chart-frame.tsx';
import { dropPoints } from './chart-rows.ts';
import { Choices } from './choices.tsx';
import { DropPlot } from './drop-plot.tsx';

const VIEWS = { window: 'By window', time: 'Over time' } as const;
type View = keyof typeof VIEWS;

/** Rows that came too late for the watched node, by the window that they missed or by when they came. */
export function DropPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.drops);
  const nodeId = useRunStore((state) => state.watched);
  const late = useRunStore((state) => (state.watched === null ? undefined : state.nodes[state.watched]?.late));
  const all = useRunStore((state) => (state.watched === null ? undefined : state.nodes[state.watched]?.in));
  const [asked, setAsked] = useState<View>('window');
  const hasWindows = chart !== null && chart.windowCounts.length > 0;
  const view = hasWindows ? asked : 'time';
  const points = useMemo(() => (chart === null ? [] : dropPoints(chart, view)), [chart, view]);
  const hasSome = points.length > 0;
  return (
    <ChartFrame
      name="drops"
      title="Late drops"
      figure={
        <span data-tone={hasSome ? 'dropped' : undefined} data-source={`ledger:${nodeId ?? ''}:late`}>
          {formatCount(late)}
        </span>
      }
      controls={hasWindows ? <Choices value={view} options={VIEWS} onChange={setAsked} /> : undefined}
      summary={
        hasSome
          ? `Crosses: ${formatCount(late)} rows dropped as late, ${formatOneIn(late, all)}, ${view === 'window' ? 'by the window that they missed' : 'by when they came'}.`
          : 'No row was dropped as late.'
      }
      table={() => ({
        columns: [view === 'window' ? 'window' : 'processing time', 'dropped'],
        rows: dropRows(points, view),
      })}
      empty={hasSome ? null : late === undefined ? 'Nothing has run yet.' : 'No row was dropped as late.'}
    >
      <DropPlot points={points} by={view} />
    </ChartFrame>
  );
}

/** A stack of crosses is one row. */
function dropRows(points: ReturnType<typeof dropPoints>, view: View): readonly (readonly string[])[] {
  const groups = points.filter((point, i) => points[i - 1]?.fromMs !== point.fromMs);
  return groups.map(({ fromMs, toMs, count }) => [
    view === 'window' ? formatWindow(fromMs, toMs) : `${formatTime(fromMs)} to ${formatTime(toMs)}`,
    formatCount(count),
  ]);
}
