import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { ClockChart } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { TimeRange } from '../../app/time-view.ts';
import { useTimeView } from '../../app/time-view.ts';
import { ghostClocks } from '../branches/ghost-figures.ts';
import { useGhost } from '../branches/use-ghost.ts';
import { formatDuration, formatTime } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import type { DataTable } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import type { ClockPoint, PartLag } from './chart-rows.ts';
import { clockPoints, lagPoints, partLag } from './chart-rows.ts';
import { Choices } from './choices.tsx';
import { ClockPlot, LagPlot } from './clock-plot.tsx';
import styles from './charts.module.css';
import { LegendSample } from './marks.tsx';

const NO_GHOST = { points: [], hasAllSteps: true };
const VIEWS = { lag: 'Lag', clocks: 'Clocks' } as const;
type View = keyof typeof VIEWS;

/** Watermark, newest event time and processing time: as three clocks, or as how far the first two are behind. */
export function ClockPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.clocks);
  const [view, setView] = useState<View>('lag');
  const word = useTimeWord();
  const chosen = useTimeView((state) => state.atRange);
  const isFine = isRecentEnough(chart, chosen) && (view === 'clocks' || chosen !== null);
  const series = isFine ? chart?.recent : chart?.whole;
  const points = useMemo(() => (series === undefined ? [] : clockPoints(series)), [series]);
  const names = usePartNames(chart);
  const parts = useMemo(
    () => (chart === null ? [] : chart.parts.map((part, i) => partLag(part, names[i] ?? ''))),
    [chart, names],
  );
  const lags = useMemo(
    () => (view === 'lag' ? lagPoints(points, isFine || series?.spacingMs === 0) : []),
    [view, points, isFine, series],
  );
  const ghost = useGhost();
  const others = useMemo(() => (ghost === null ? NO_GHOST : ghostClocks(ghost.node.clocks)), [ghost]);
  const otherLags = useMemo(() => lagPoints(others.points, others.hasAllSteps), [others]);
  const last = points.at(-1);
  const behindMs = last?.watermarkMs === null || last === undefined ? null : last.atMs - last.watermarkMs;
  return (
    <ChartFrame
      name="clocks"
      title={`${word.slice(0, 1).toUpperCase()}${word.slice(1)}`}
      figure={
        behindMs === null ? null : (
          <span data-tone="tide">
            <span data-room="middle">lag </span>
            {formatDuration(behindMs)}
          </span>
        )
      }
      controls={
        <>
          <Choices label="Shown as" value={view} options={VIEWS} onChange={setView} />
          {view === 'clocks' && <ClockKeys word={word} />}
        </>
      }
      summary={clockSummary(last, behindMs, word) + partsText(chart, parts)}
      table={() => clockTable(points, word)}
      empty={points.length === 0 ? 'No event has arrived yet.' : null}
    >
      {view === 'clocks' ? (
        <ClockPlot points={points} word={word} range={chosen ?? ownRange(points)} ghost={others.points} />
      ) : (
        <LagPlot points={lags} parts={parts} word={word} ghost={otherLags} />
      )}
    </ChartFrame>
  );
}

/** The newest stretch is told finer: it serves while nothing before it is asked for. */
function isRecentEnough(chart: ClockChart | null, chosen: TimeRange | null): boolean {
  return chosen === null || chosen.fromMs >= (chart?.recent.atMs[0] ?? Infinity);
}

function ownRange(points: readonly ClockPoint[]): TimeRange {
  const fromMs = points[0]?.atMs ?? 0;
  return { fromMs, toMs: Math.max(points.at(-1)?.atMs ?? 1, fromMs + 1) };
}

/** `Clicks`, or of partitions `Clicks 2`; `2` where there is one source. */
function usePartNames(chart: ClockChart | null): readonly string[] {
  const nodes = useDocumentStore((state) => state.document.nodes);
  return useMemo(() => {
    const parts = chart?.parts ?? [];
    const isAlone = new Set(parts.map(({ sourceId }) => sourceId)).size === 1;
    return parts.map(({ sourceId, partition }) => {
      const node = nodes.find(({ id }) => id === sourceId);
      const source = node === undefined ? sourceId : displayName(node);
      if (partition === null) return source;
      return isAlone ? `partition ${String(partition)}` : `${source} ${String(partition)}`;
    });
  }, [chart, nodes]);
}

/** Which of several watermarks is the least, and how many there are. */
function partsText(chart: ClockChart | null, parts: readonly PartLag[]): string {
  const ends = parts.flatMap(({ name, isIdle, points }) => {
    const lagMs = points.at(-1)?.lagMs ?? null;
    return isIdle || lagMs === null ? [] : [{ name, lagMs }];
  });
  const last = ends.toSorted((a, b) => b.lagMs - a.lagMs)[0];
  if (last === undefined || chart === null) return '';
  const idle = parts.filter(({ isIdle }) => isIdle).length;
  const idleText = idle === 0 ? '' : ` ${String(idle)} of them idle.`;
  return ` It is the least of ${String(chart.allParts)}, held back by ${last.name}.${idleText}`;
}

/** Three lines that come near each other: no names have room at their ends. */
function ClockKeys({ word }: { word: string }): ReactElement {
  return (
    <span className={styles['keys']}>
      <span>
        <LegendSample mark="watermark" />
        {word}
      </span>
      <span>
        <LegendSample mark="event-time" />
        event time
      </span>
      <span>
        <LegendSample mark="processing" />
        processing
      </span>
    </span>
  );
}

function clockSummary(last: ClockPoint | undefined, behindMs: number | null, word: string): string {
  if (last === undefined) return 'No event has arrived yet.';
  const lag = behindMs === null ? `There is no ${word} yet.` : `The ${word} is ${formatDuration(behindMs)} behind.`;
  return `Lines over processing time, now ${formatTime(last.atMs)}. Newest event time ${formatTime(last.maxEventTimeMs)}, ${word} ${formatTime(last.watermarkMs)}. ${lag}`;
}

const TABLE_ROWS = 100;

function clockTable(points: readonly ClockPoint[], word: string): DataTable {
  return {
    columns: ['processing', 'event time', word, `${word} lag`],
    rows: points
      .slice(-TABLE_ROWS)
      .map((point) => [
        formatTime(point.atMs),
        formatTime(point.maxEventTimeMs),
        formatTime(point.watermarkMs),
        formatDuration(point.watermarkMs === null ? null : point.atMs - point.watermarkMs),
      ]),
  };
}
