import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import { formatDuration, formatTime } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import type { DataTable } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import type { ClockPoint } from './chart-rows.ts';
import { clockPoints, lagPoints } from './chart-rows.ts';
import { Choices } from './choices.tsx';
import { ClockPlot, LagPlot } from './clock-plot.tsx';
import styles from './charts.module.css';
import { LegendSample } from './marks.tsx';

const VIEWS = { clocks: 'Clocks', lag: 'Lag' } as const;
type View = keyof typeof VIEWS;

/** Watermark, newest event time and processing time: as three clocks, or as how far the first two are behind. */
export function ClockPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.clocks);
  const [view, setView] = useState<View>('clocks');
  const word = useTimeWord();
  const series = view === 'clocks' ? chart?.recent : chart?.whole;
  const points = useMemo(() => (series === undefined ? [] : clockPoints(series)), [series]);
  const lags = useMemo(() => (view === 'lag' ? lagPoints(points) : []), [view, points]);
  const last = points.at(-1);
  const behindMs = last?.watermarkMs === null || last === undefined ? null : last.atMs - last.watermarkMs;
  return (
    <ChartFrame
      name="clocks"
      title="Time"
      figure={behindMs === null ? null : <span data-tone="tide">lag {formatDuration(behindMs)}</span>}
      controls={
        <>
          <Choices value={view} options={VIEWS} onChange={setView} />
          <ClockKeys view={view} word={word} />
        </>
      }
      summary={clockSummary(last, behindMs, word)}
      table={() => clockTable(points, word)}
      empty={points.length === 0 ? 'No event has arrived yet.' : null}
    >
      {view === 'clocks' ? <ClockPlot points={points} word={word} /> : <LagPlot points={lags} word={word} />}
    </ChartFrame>
  );
}

function ClockKeys({ view, word }: { view: View; word: string }): ReactElement {
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
      {view === 'clocks' && (
        <span>
          <LegendSample mark="processing" />
          processing
        </span>
      )}
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
