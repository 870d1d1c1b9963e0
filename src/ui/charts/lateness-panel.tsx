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
      title="Lateness"
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
      <span title={percentileText(chart)}>
        <span data-room="middle">
          p50 {formatDurationNeeded(chart.p50Ms)} · p95 {formatDurationNeeded(chart.p95Ms)} ·{' '}
        </span>
        p99 {formatDurationNeeded(chart.p99Ms)}
      </span>
      {chart.delayedRows > 0 && (
        <span data-room="wide" title="Events no later than the delay of their source">
          {' '}
          · {shareText(chart)} in time
        </span>
      )}
    </>
  );
}

/** Of those that can be late, rounded down: nothing is said to be kept that was not. */
function shareText({ withinDelay, delayedRows }: LatenessChart): string {
  return `${(Math.floor((10_000 * withinDelay) / delayedRows) / 100).toFixed(2)}\u00a0%`;
}

function percentileText({ p50Ms, p90Ms, p95Ms, p99Ms, maxMs }: LatenessChart): string {
  const shares = { p50: p50Ms, p90: p90Ms, p95: p95Ms, p99: p99Ms, most: maxMs };
  return Object.entries(shares)
    .map(([name, ms]) => `${name} ${formatDurationNeeded(ms)}`)
    .join(' · ');
}

function latenessSummary(chart: LatenessChart): string {
  const delay = chart.delaysMs.at(-1);
  const share = chart.delayedRows === 0 ? '' : `: ${shareText(chart)} came in time`;
  const against = delay === undefined ? '' : ` The watermark waits ${formatDuration(delay)}${share}.`;
  return `Bars by root of the count: ${formatCount(chart.rows)} events by how far behind the newest they came. Half within ${formatDurationNeeded(chart.p50Ms)}, 9 of 10 within ${formatDurationNeeded(chart.p90Ms)}, 95 of 100 within ${formatDurationNeeded(chart.p95Ms)}, 99 of 100 within ${formatDurationNeeded(chart.p99Ms)}, the latest ${formatDurationNeeded(chart.maxMs)}.${against}`;
}

function latenessRow(bar: LatenessBar): readonly string[] {
  const range = bar.isLast
    ? `${formatDuration(bar.fromMs)} or more`
    : `${formatDuration(bar.fromMs)} to ${formatDuration(bar.toMs)}`;
  return [range, formatCount(bar.rows), formatCount(bar.dropped)];
}
