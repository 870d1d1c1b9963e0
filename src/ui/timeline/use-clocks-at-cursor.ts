import type { ClockChart, ClockSeries, Clocks } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { useTimeView } from '../../app/time-view.ts';

/** The clocks of the watched node as they stood at the moment pointed at; null while there is none. */
export function useClocksAtCursor(): Clocks | null {
  const cursor = useTimeView((state) => state.cursor);
  const chart = useRunStore((state) => state.charts.clocks);
  if (cursor === null) return null;
  const { atMs, eventMs } = cursor;
  if (atMs === null) return { maxEventTimeMs: eventMs, watermarkMs: null, processingTimeMs: null };
  return { ...clocksAt(chart, atMs), processingTimeMs: atMs };
}

/** By the points that are nearest before, of the finer series where it goes back so far. */
export function clocksAt(chart: ClockChart | null, atMs: number): Omit<Clocks, 'processingTimeMs'> {
  if (chart === null) return { maxEventTimeMs: null, watermarkMs: null };
  const { recent, whole } = chart;
  const series: ClockSeries = (recent.atMs[0] ?? Infinity) <= atMs ? recent : whole;
  const i = series.atMs.findLastIndex((pointMs) => pointMs <= atMs);
  return { maxEventTimeMs: known(series.maxEventTimeMs[i]), watermarkMs: known(series.watermarkMs[i]) };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
