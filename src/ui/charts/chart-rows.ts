import type { ClockChart, ClockPart, DropChart, LatenessChart, WindowChart } from '../../app/run-state.ts';

/** Typed arrays of a chart as rows that a plot and a table can take. Pure. */

export interface WindowBar {
  readonly startMs: number;
  readonly endMs: number;
  /** Of the newest result; NaN where none has come. */
  readonly emittedSeq: number;
  readonly emittedAtMs: number;
  /** One a series; null where there is none. */
  readonly values: readonly (number | null)[];
  /** What early panes say of keys that have no on-time result yet. */
  readonly early: number;
  readonly addedLate: number;
  readonly total: number;
}

/** A bar a window that has a result. */
export function windowBars(chart: WindowChart): readonly WindowBar[] {
  const isStacked = chart.arrangement === 'stacked';
  return Array.from(chart.startMs, (startMs, i) => {
    const values = chart.series.map((series) => finite(series.values[i]));
    const addedLate = chart.addedLate?.[i] ?? 0;
    const early = chart.early[i] ?? 0;
    const sum = values.reduce((total: number, value) => total + (value ?? 0), 0);
    const total = sum + addedLate + (isStacked ? early : 0);
    const emitted = { emittedSeq: chart.emittedSeq[i] ?? Number.NaN, emittedAtMs: chart.emittedAtMs[i] ?? Number.NaN };
    return { startMs, endMs: chart.endMs[i] ?? 0, ...emitted, values, early, addedLate, total };
  });
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

export interface ClockPoint {
  readonly atMs: number;
  readonly maxEventTimeMs: number | null;
  readonly watermarkMs: number | null;
}

export function clockPoints(chart: ClockChart['recent']): readonly ClockPoint[] {
  return Array.from(chart.atMs, (atMs, i) => ({
    atMs,
    maxEventTimeMs: finite(chart.maxEventTimeMs[i]),
    watermarkMs: finite(chart.watermarkMs[i]),
  }));
}

export interface LagPoint {
  readonly atMs: number;
  readonly eventTimeLagMs: number | null;
  readonly watermarkLagMs: number | null;
}

/**
 * Between two steps the clock moves on and the watermark stands, so the lag grows: each step has a point before it. Not
 * where steps were left out: what the lag grew to between two points is then not known.
 */
export function lagPoints(points: readonly ClockPoint[], hasAllSteps: boolean): readonly LagPoint[] {
  const lags: LagPoint[] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before !== undefined && hasAllSteps) lags.push(lag(point.atMs, before));
    lags.push(lag(point.atMs, point));
  });
  return lags;
}

/** How far one of the watermarks that hold each other back is behind. */
export interface PartLag {
  readonly name: string;
  readonly isIdle: boolean;
  readonly points: readonly { readonly atMs: number; readonly lagMs: number | null }[];
}

export function partLag(part: ClockPart, name: string): PartLag {
  const points = Array.from(part.atMs, (atMs, i) => {
    const watermarkMs = finite(part.watermarkMs[i]);
    return { atMs, lagMs: watermarkMs === null ? null : atMs - watermarkMs };
  });
  return { name, isIdle: part.isIdle, points };
}

function lag(atMs: number, { maxEventTimeMs, watermarkMs }: ClockPoint): LagPoint {
  return {
    atMs,
    eventTimeLagMs: maxEventTimeMs === null ? null : atMs - maxEventTimeMs,
    watermarkLagMs: watermarkMs === null ? null : atMs - watermarkMs,
  };
}

export interface DropPoint {
  readonly xMs: number;
  readonly count: number;
  /** Where the cross stands: its rank in a stack of single drops, else the count. */
  readonly y: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Up to this many drops are drawn one by one, above it as one cross at the height of the count. */
const STACKED_DROPS = 6;
const MOST_CROSSES = 100;

export function dropPoints(chart: DropChart, by: 'window' | 'time'): readonly DropPoint[] {
  const groups =
    by === 'window'
      ? Array.from(chart.windowCounts, (count, i) => ({
          count,
          fromMs: chart.windowStartMs[i] ?? 0,
          toMs: chart.windowEndMs[i] ?? 0,
        }))
      : Array.from(chart.counts, (count, i) => {
          const fromMs = chart.atMs[i] ?? 0;
          return { count, fromMs, toMs: fromMs + chart.intervalMs };
        });
  const most = groups.reduce((max, { count }) => Math.max(max, count), 0);
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const isStacked = most <= STACKED_DROPS && all <= MOST_CROSSES;
  return groups.flatMap(({ count, fromMs, toMs }) => {
    const point = { xMs: (fromMs + toMs) / 2, count, fromMs, toMs };
    return isStacked ? Array.from({ length: count }, (_, k) => ({ ...point, y: k + 1 })) : [{ ...point, y: count }];
  });
}

export type Fate = 'ontime' | 'late' | 'dropped';

export interface LatenessBar {
  readonly fromMs: number;
  readonly toMs: number;
  /** Holds everything from `fromMs` on. */
  readonly isLast: boolean;
  readonly rows: number;
  /** Those that the node dropped. */
  readonly dropped: number;
  /** Of the others: whether they came behind the watermark of their source. */
  readonly isLate: boolean;
}

export function latenessBars(chart: LatenessChart): readonly LatenessBar[] {
  const delayMs = chart.delaysMs.at(-1) ?? Infinity;
  return Array.from(chart.counts, (rows, i) => {
    const fromMs = i * chart.binMs;
    const isLast = i === chart.counts.length - 1;
    const dropped = chart.dropped[i] ?? 0;
    return { fromMs, toMs: fromMs + chart.binMs, isLast, rows, dropped, isLate: fromMs >= delayMs };
  });
}

/** Round values from 0 to at least `top`, at most `count` steps. */
export function niceTicks(top: number, count: number): readonly number[] {
  if (!(top > 0)) return [0, 1];
  const rough = top / count;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * decade).find((size) => size >= rough) ?? rough;
  const ticks: number[] = [];
  for (let k = 0; (k - 1) * step < top; k++) ticks.push(k * step);
  return ticks;
}

/** As `niceTicks`, round as sizes are: powers of two times a unit. */
export function byteTicks(top: number, count: number): readonly number[] {
  let step = 1;
  while (step * count < top) step *= 2;
  const ticks: number[] = [];
  for (let k = 0; (k - 1) * step < top; k++) ticks.push(k * step);
  return ticks;
}

/** Round values from at most `low` to at least `high`, 0 among them. */
export function signedTicks(low: number, high: number, count: number): readonly number[] {
  if (low >= 0) return niceTicks(high, count);
  const step = niceTicks(Math.max(high, -low), count)[1] ?? 1;
  const ticks: number[] = [];
  for (let k = Math.floor(low / step); k <= Math.max(1, Math.ceil(high / step)); k++) ticks.push(k * step);
  return ticks;
}

const DAY_MS = 86_400_000;
const TIME_STEPS_MS = [
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  10_000,
  15_000,
  30_000,
  60_000,
  120_000,
  300_000,
  600_000,
  900_000,
  1_800_000,
  3_600_000,
  7_200_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY_MS,
];

/** Round durations from 0 to at most `endMs`, about `count` of them. */
export function durationTicks(endMs: number, count: number): readonly number[] {
  const rough = endMs / count;
  const stepMs = [1, 2, 5, 10, 20, 50, ...TIME_STEPS_MS].find((size) => size >= rough) ?? roundDaysMs(rough);
  return Array.from({ length: Math.floor(endMs / stepMs) + 1 }, (_, i) => i * stepMs);
}

/** At least `roughMs`, in days that are 1, 2 or 5 times a power of ten. */
function roundDaysMs(roughMs: number): number {
  let power = DAY_MS;
  while (10 * power < roughMs) power *= 10;
  return power * ([1, 2, 5].find((times) => times * power >= roughMs) ?? 10);
}

/** Round times inside [fromMs, toMs], at most `count`. */
export function timeTicks(fromMs: number, toMs: number, count: number): readonly number[] {
  const spanMs = toMs - fromMs;
  if (!(spanMs > 0)) return [fromMs];
  const rough = spanMs / count;
  const stepMs = TIME_STEPS_MS.find((size) => size >= rough) ?? roundDaysMs(rough);
  const ticks: number[] = [];
  for (let atMs = Math.ceil(fromMs / stepMs) * stepMs; atMs <= toMs; atMs += stepMs) ticks.push(atMs);
  return ticks;
}
