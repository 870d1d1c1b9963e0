import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { DropChart } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { ghostDrops } from '../branches/ghost-figures.ts';
import { ghostWords, plural } from '../branches/ghost-words.ts';
import { useGhost } from '../branches/use-ghost.ts';
import { formatCount, formatOneIn, formatTime, formatWindow } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { ChartFrame } from './chart-frame.tsx';
import { dropPoints } from './chart-rows.ts';
import { Choices } from './choices.tsx';
import { reasonWords } from './drop-reasons.ts';
import { useWindowEnd } from './use-window-end.ts';
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
  const close = useWindowEnd();
  const ghost = useGhost();
  const others = useMemo(() => (ghost === null ? [] : ghostDrops(ghost.node.drops, view)), [ghost, view]);
  const hasSome = points.length > 0;
  const missed = chart?.windowCounts.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <ChartFrame
      name="drops"
      title="Drops"
      figure={
        <>
          <OtherReasons chart={chart} />
          <span data-tone={hasSome ? 'dropped' : undefined} data-source={`ledger:${nodeId ?? ''}:late`}>
            {formatCount(late)}
          </span>
          {/* A row that missed several windows has a cross at each of them. */}
          {view === 'window' && missed !== (late ?? 0) && (
            <span data-room="wide"> in {formatCount(missed)} windows</span>
          )}
        </>
      }
      controls={hasWindows ? <Choices label="Counted" value={view} options={VIEWS} onChange={setAsked} /> : undefined}
      summary={
        (hasSome
          ? `Crosses: ${formatCount(late)} rows dropped as late, ${formatOneIn(late, all)}, ${view === 'window' ? 'by the window that they missed' : 'by when they came'}.`
          : 'No row was dropped as late.') +
        ghostWords(ghost, plural(others.length, view === 'window' ? 'window' : 'stretch'))
      }
      table={() => ({
        columns: [view === 'window' ? 'window' : 'processing time', 'dropped'],
        rows: dropRows(points, view, close),
      })}
      empty={
        hasSome || others.length > 0 ? null : late === undefined ? 'Nothing has run yet.' : <NoneLate chart={chart} />
      }
    >
      <DropPlot points={points} by={view} close={close} ghost={others} />
    </ChartFrame>
  );
}

/** Drops that have nothing to do with lateness, which the plot does not show. */
function OtherReasons({ chart }: { chart: DropChart | null }): ReactElement | null {
  const word = useTimeWord();
  const others = Object.entries(chart?.reasons ?? {}).filter(([reason]) => reason !== 'late');
  return (
    <>
      {others.map(([reason, count]) => {
        const { title, cure } = reasonWords(reason, word);
        return (
          <span key={reason} title={cure} data-reason={reason}>
            {formatCount(count)} {title} ·{' '}
          </span>
        );
      })}
    </>
  );
}

function NoneLate({ chart }: { chart: DropChart | null }): ReactElement {
  const word = useTimeWord();
  const others = Object.entries(chart?.reasons ?? {}).filter(([reason]) => reason !== 'late');
  const cures = others.map(([reason, count]) => {
    const { title, cure } = reasonWords(reason, word);
    return `${formatCount(count)} dropped, ${title}: ${cure}`;
  });
  return <>{['No row was dropped as late.', ...cures].join(' ')}</>;
}

/** A stack of crosses is one row. */
function dropRows(
  points: ReturnType<typeof dropPoints>,
  view: View,
  close: (window: string) => string,
): readonly (readonly string[])[] {
  const groups = points.filter((point, i) => points[i - 1]?.fromMs !== point.fromMs);
  return groups.map(({ fromMs, toMs, count }) => [
    view === 'window' ? close(formatWindow(fromMs, toMs)) : `${formatTime(fromMs)} to ${formatTime(toMs)}`,
    formatCount(count),
  ]);
}
