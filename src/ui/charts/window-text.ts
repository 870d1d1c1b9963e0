import type { WindowChart } from '../../app/run-state.ts';
import { NOTHING, formatDuration, formatWindow } from '../theme/format.ts';
import type { DataTable } from './chart-frame.tsx';
import type { WindowBar } from './chart-rows.ts';

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** A result of any size: whole numbers in full, others with up to three digits behind the point. */
export function figureText(value: number | null): string {
  return value === null || !Number.isFinite(value) ? NOTHING : figures.format(value).replace('-', '\u2212');
}

export function keyName(chart: WindowChart, series: WindowChart['series'][number]): string {
  if (series.isOther) return 'others';
  return series.name === '' ? chart.column : series.name;
}

/** `10 s` for windows of one length; nothing for sessions. */
export function windowSize(bars: readonly WindowBar[]): string {
  const first = bars[0];
  if (first === undefined) return '';
  const sizeMs = first.endMs - first.startMs;
  return bars.every((bar) => bar.endMs - bar.startMs === sizeMs) ? formatDuration(sizeMs) : '';
}

/** What the pointer finds at a bar. */
export function windowNote(chart: WindowChart, bar: WindowBar, close: (window: string) => string): readonly string[] {
  const isStacked = chart.arrangement === 'stacked';
  const named = chart.series.map((series, i) => ({
    name: keyName(chart, series),
    isOther: series.isOther,
    value: bar.values[i] ?? null,
  }));
  // Of windows that belong to one key the others say nothing.
  const told = chart.isMerging
    ? named.filter(({ value, isOther }) => value !== null && !(isOther && value === 0))
    : named;
  return [
    close(formatWindow(bar.startMs, bar.endMs)),
    ...told.map(({ name, value }) => `${name} ${figureText(value)}`),
    ...(bar.early === 0 ? [] : [isStacked ? `early so far ${figureText(bar.early)}` : 'early: not complete yet']),
    ...(bar.addedLate === 0 ? [] : [`added by late rows ${figureText(bar.addedLate)}`]),
  ];
}

export function windowSummary(chart: WindowChart, bars: readonly WindowBar[]): string {
  const last = bars.at(-1);
  if (last === undefined) return 'No window has fired yet.';
  const newest = `The newest, ${formatWindow(last.startMs, last.endMs)}, has ${figureText(last.total)}.`;
  if (chart.by === 'interval') {
    return `Bars: rows by event time, ${windowSize(bars)} each. ${newest}`;
  }
  const late = bars.filter((bar) => bar.addedLate !== 0).length;
  const corrected = late === 0 ? '' : ` Late rows changed ${String(late)} of them.`;
  const kind = chart.arrangement === 'stacked' ? `${chart.column} per window` : `${chart.column} per window and key`;
  const first = chart.arrangement === 'stacked' ? newest : '';
  const early = bars.filter((bar) => bar.early !== 0).length;
  const open = early === 0 ? '' : ` ${String(early)} of them are early and not complete.`;
  return `Bars: ${kind}, ${String(chart.startMs.length)} windows. ${first}${corrected}${open}`;
}

export function windowTable(
  chart: WindowChart,
  bars: readonly WindowBar[],
  close: (window: string) => string,
): DataTable {
  const hasEarly = chart.arrangement === 'stacked' && chart.early.some((value) => value !== 0);
  const hasLate = chart.addedLate !== null;
  return {
    columns: [
      chart.by === 'window' ? 'window' : 'event time',
      ...chart.series.map((series) => keyName(chart, series)),
      ...(hasEarly ? ['early'] : []),
      ...(hasLate ? ['added late'] : []),
    ],
    rows: bars.map((bar) => [
      close(formatWindow(bar.startMs, bar.endMs)),
      ...bar.values.map(figureText),
      ...(hasEarly ? [figureText(bar.early)] : []),
      ...(hasLate ? [figureText(bar.addedLate)] : []),
    ]),
  };
}
