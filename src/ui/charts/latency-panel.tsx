import { useState } from 'react';
import type { ReactElement } from 'react';
import { lookedAt } from '../../app/looked-at.ts';
import type { LatencyChart, LatencyFigures } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatDuration, formatDurationNeeded, formatTime } from '../theme/format.ts';
import type { DataTable } from './chart-frame.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { Choices } from './choices.tsx';
import { LatencyPlot } from './latency-plot.tsx';
import { spanRows } from './span-rows.ts';
import type { SpanRow } from './span-rows.ts';

const VIEWS = { fromEnd: 'From end', fromEvent: 'From event' } as const;
type View = keyof typeof VIEWS;

const STARTS: Readonly<Record<View, string>> = {
  fromEnd: 'the end of their window',
  fromEvent: 'their own event time',
};

/** How long results took to come forth, by when they did. */
export function LatencyPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.latency);
  const hasRun = useRunStore((state) => lookedAt(state).seq > 0);
  const [asked, setAsked] = useState<View>('fromEnd');
  const hasEnds = (chart?.fromEnd ?? null) !== null;
  const hasBoth = hasEnds && (chart?.fromEvent ?? null) !== null;
  const view = hasEnds ? asked : 'fromEvent';
  const figures = chart?.[view] ?? null;
  const rows = figures === null ? [] : spanRows(figures.over);
  return (
    <ChartFrame
      name="latency"
      title="Latency"
      figure={figures === null ? null : <Percentiles figures={figures} />}
      controls={hasBoth ? <Choices label="Measured" value={view} options={VIEWS} onChange={setAsked} /> : undefined}
      summary={figures === null ? whyNone(chart, hasRun) : summaryOf(figures, view, chart?.corrections ?? 0)}
      table={() => latencyTable(rows)}
      empty={figures === null ? whyNone(chart, hasRun) : null}
    >
      <LatencyPlot rows={rows} intervalMs={figures?.over.intervalMs ?? 1} maxMs={figures?.maxMs ?? 1} />
    </ChartFrame>
  );
}

function Percentiles({ figures: { p50Ms, p95Ms, p99Ms } }: { figures: LatencyFigures }): ReactElement {
  return (
    <>
      <span data-room="wide">p50 {formatDurationNeeded(p50Ms)} · </span>p95 {formatDurationNeeded(p95Ms)}
      <span data-room="wide"> · p99 {formatDurationNeeded(p99Ms)}</span>
    </>
  );
}

function whyNone(chart: LatencyChart | null, hasRun: boolean): string {
  if (!hasRun) return 'Nothing has run yet.';
  return chart === null
    ? 'This node hands each row on as it comes. See Lateness for how late they are.'
    : 'No result has come yet.';
}

function summaryOf(figures: LatencyFigures, view: View, corrections: number): string {
  const { rows, ahead, p50Ms, p90Ms, p99Ms, maxMs } = figures;
  const late = corrections === 0 || view === 'fromEvent' ? '' : ` ${formatCount(corrections)} late panes stand apart.`;
  const early = ahead === 0 ? '' : ` ${formatCount(ahead)} came before it by the clock and are not counted.`;
  return `Bars over processing time: ${formatCount(rows)} results by how long after ${STARTS[view]} they came. Half within ${formatDurationNeeded(p50Ms)}, 9 of 10 within ${formatDurationNeeded(p90Ms)}, 99 of 100 within ${formatDurationNeeded(p99Ms)}, the longest ${formatDurationNeeded(maxMs)}.${late}${early}`;
}

const TABLE_ROWS = 100;

function latencyTable(rows: readonly SpanRow[]): DataTable {
  return {
    columns: ['processing', 'results', 'shortest', 'mean', 'longest'],
    rows: rows
      .slice(-TABLE_ROWS)
      .map(({ atMs, count, least, mean, most }) => [
        formatTime(atMs),
        formatCount(count),
        formatDuration(least),
        formatDuration(mean),
        formatDuration(most),
      ]),
  };
}
