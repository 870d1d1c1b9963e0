import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { LatenessChart } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { formatCount, formatDuration, formatDurationNeeded } from '../theme/format.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { LatenessBar } from './chart-rows.ts';
import { latenessBars } from './chart-rows.ts';
import { LatenessPlot } from './lateness-plot.tsx';

const NO_CHART: LatenessChart = {
  rows: 0,
  binMs: 1,
  counts: new Float64Array(),
  dropped: new Float64Array(),
  p50Ms: 0,
  p90Ms: 0,
  p95Ms: 0,
  p99Ms: 0,
  maxMs: 0,
  withinDelay: 0,
  delayedRows: 0,
  delaysMs: [],
  latenessMs: null,
};

/** How far behind the newest event each one came, against the delay that is waited for. */
export function LatenessPanel(): ReactElement {
  const chart = useRunStore((state) => state.charts.lateness);
  const bars = useMemo(() => (chart === null ? [] : latenessBars(chart)), [chart]);
  const shown = chart ?? NO_CHART;
  const isByClock = useDocumentStore((state) => state.document.time.domain === 'processing');
  const none = isByClock ? 'Windows go by the clock: no event is late.' : 'No event has arrived yet.';
  return (
    <ChartFrame
      name="lateness"
      title="Lateness of events"
      figure={chart === null || isByClock ? null : <Percentiles chart={chart} />}
      summary={latenessSummary(shown)}
      table={() => ({ columns: ['behind the newest', 'events', 'dropped'], rows: bars.map(latenessRow) })}
      empty={chart === null || isByClock ? none : null}
    >
      <LatenessPlot chart={shown} bars={bars} />
    </ChartFrame>
  );
}

function Percentiles({ chart }: { chart: LatenessChart }): ReactElement {
  return (
    <>
      p50 {formatDurationNeeded(chart.p50Ms)} · p95 {formatDurationNeeded(chart.p95Ms)} · p99{' '}
      {formatDurationNeeded(chart.p99Ms)}
    </>
  );
}

function latenessSummary(chart: LatenessChart): string {
  const delay = chart.delaysMs.at(-1);
  const against = delay === undefined ? '' : ` The watermark waits ${formatDuration(delay)}.`;
  return `Bars by root of the count: ${formatCount(chart.rows)} events by how far behind the newest they came. Half within ${formatDurationNeeded(chart.p50Ms)}, 99 of 100 within ${formatDurationNeeded(chart.p99Ms)}, the latest ${formatDurationNeeded(chart.maxMs)}.${against}`;
}

function latenessRow(bar: LatenessBar): readonly string[] {
  const range = bar.isLast
    ? `${formatDuration(bar.fromMs)} or more`
    : `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)}`;
  return [range, formatCount(bar.rows), formatCount(bar.dropped)];
}
