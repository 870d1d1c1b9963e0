import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DropChart, LatenessChart, WindowChart } from '../../app/run-state.ts';
import { axisCount, axisDuration, axisTime } from './axis-labels.ts';
import {
  clockPoints,
  dropPoints,
  durationTicks,
  lagPoints,
  latenessBars,
  signedTicks,
  niceTicks,
  timeTicks,
  windowBars,
} from './chart-rows.ts';
import { windowPlaces } from './window-places.ts';
import { waitingText } from './use-waiting-text.ts';

function windowChart(starts: readonly number[], sizeMs: number): WindowChart {
  return {
    by: 'window',
    column: 'clicks',
    columns: ['clicks'],
    arrangement: 'stacked',
    startMs: Float64Array.from(starts),
    endMs: Float64Array.from(starts, (startMs) => startMs + sizeMs),
    emittedSeq: Float64Array.from(starts, (_, i) => i),
    emittedAtMs: Float64Array.from(starts, (startMs) => startMs + sizeMs + 7),
    series: [{ name: 'a', isOther: false, values: Float64Array.from(starts, () => 3) }],
    early: Float64Array.from(starts, () => 0),
    addedLate: Float64Array.from(starts, () => 1),
    isMerging: false,
    windowsFired: starts.length,
    approximate: false,
  };
}

test('windows without a row stand as gaps, so that the axis of time is even', () => {
  const { bars } = windowPlaces(windowBars(windowChart([0, 10, 40], 10)));
  expect(bars.map(({ startMs, total }) => [startMs, total])).toEqual([
    [0, 4],
    [10, 4],
    [20, 0],
    [30, 0],
    [40, 4],
  ]);
});

test('windows that do not lie end to end are left as they are', () => {
  const { bars, fromMs, toMs } = windowPlaces(windowBars(windowChart([0, 15, 1_000_000], 10)));
  expect(bars.map(({ startMs }) => startMs)).toEqual([0, 15, 1_000_000]);
  expect(fromMs).toBeLessThan(10);
  expect(toMs).toBe(1_000_010);
});

test('windows that overlap stand side by side by their ends', () => {
  const { places, fromMs, toMs } = windowPlaces(windowBars(windowChart([0, 5, 10, 20], 10)));
  expect(places.map((place) => [place.fromMs, place.toMs])).toEqual([
    [5, 10],
    [10, 15],
    [15, 20],
    [20, 25],
    [25, 30],
  ]);
  expect([fromMs, toMs]).toEqual([5, 30]);
});

test('windows with gaps between them have bars as far apart as their ends', () => {
  const { bars, places } = windowPlaces(windowBars(windowChart([0, 8, 16], 5)));
  expect(bars).toHaveLength(3);
  expect(places.map((place) => [place.fromMs, place.toMs])).toEqual([
    [-3, 5],
    [5, 13],
    [13, 21],
  ]);
});

test('no two bars of windows of any places lie upon each other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 60 }),
      (starts, sizeMs) => {
        const given = windowBars(
          windowChart(
            starts.toSorted((a, b) => a - b),
            sizeMs,
          ),
        );
        const { bars, places, fromMs, toMs } = windowPlaces(given);
        expect(bars.filter(({ total }) => total > 0)).toEqual(given);
        const isRegular = places.every((place, i) => i === 0 || place.fromMs >= (places[i - 1]?.toMs ?? 0));
        const widest = Math.max(...places.map((place) => place.toMs - place.fromMs));
        expect(isRegular || widest <= (toMs - fromMs) / 100).toBe(true);
        expect(places.every((place) => place.fromMs >= fromMs && place.toMs <= toMs)).toBe(true);
      },
    ),
  );
});

test('the lag grows between two steps and falls with each', () => {
  const points = clockPoints({
    spacingMs: 0,
    atMs: Float64Array.of(100, 110, 130),
    maxEventTimeMs: Float64Array.of(90, 105, 105),
    watermarkMs: Float64Array.of(Number.NaN, 95, 100),
  });
  expect(lagPoints(points, true).map(({ atMs, watermarkLagMs }) => [atMs, watermarkLagMs])).toEqual([
    [100, null],
    [110, null],
    [110, 15],
    [130, 35],
    [130, 30],
  ]);
  expect(lagPoints(points, false).map(({ watermarkLagMs }) => watermarkLagMs)).toEqual([null, 15, 30]);
});

test('few drops are drawn one by one, many by their count', () => {
  const chart = (counts: readonly number[]): DropChart => ({
    reasons: { late: 1 },
    windowStartMs: Float64Array.from(counts, (_, i) => i * 10),
    windowEndMs: Float64Array.from(counts, (_, i) => (i + 1) * 10),
    windowCounts: Float64Array.from(counts),
    intervalMs: 1_000,
    atMs: Float64Array.of(5_000),
    counts: Float64Array.of(7),
  });
  expect(dropPoints(chart([2, 1]), 'window').map(({ xMs, y }) => [xMs, y])).toEqual([
    [5, 1],
    [5, 2],
    [15, 1],
  ]);
  expect(dropPoints(chart([200, 1]), 'window').map(({ xMs, y }) => [xMs, y])).toEqual([
    [5, 200],
    [15, 1],
  ]);
  expect(dropPoints(chart([1]), 'time')).toEqual([{ xMs: 5_500, count: 7, y: 7, fromMs: 5_000, toMs: 6_000 }]);
});

test('bars tell the dropped rows, and whether the others came behind the watermark', () => {
  const chart: LatenessChart = {
    rows: 30,
    binMs: 1_000,
    counts: Float64Array.of(9, 8, 7, 6),
    dropped: Float64Array.of(0, 0, 2, 6),
    p50Ms: 0,
    p90Ms: 0,
    p95Ms: 0,
    p99Ms: 0,
    maxMs: 0,
    withinDelay: 0,
    delayedRows: 0,
    delaysMs: [2_000],
    latenessMs: 1_000,
  };
  expect(latenessBars(chart).map(({ rows, dropped, isLate }) => [rows, dropped, isLate])).toEqual([
    [9, 0, false],
    [8, 0, false],
    [7, 2, true],
    [6, 6, true],
  ]);
});

test('ticks are round, inside the axis, and few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2e12 }), fc.integer({ min: 1, max: 1e10 }), (fromMs, spanMs) => {
      const ticks = timeTicks(fromMs, fromMs + spanMs, 5);
      expect(ticks.length).toBeLessThanOrEqual(6);
      for (const tick of ticks) expect(tick >= fromMs && tick <= fromMs + spanMs).toBe(true);
      const durations = durationTicks(spanMs, 6);
      expect(durations.length).toBeLessThanOrEqual(7);
      expect(durations.at(-1)).toBeLessThanOrEqual(spanMs);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (top) => {
      const ticks = niceTicks(top, 3);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(top);
      expect(ticks.length).toBeLessThanOrEqual(5);
    }),
  );
});

test('an axis with values below zero has zero among its ticks', () => {
  expect(signedTicks(0, 9, 3)).toEqual(niceTicks(9, 3));
  expect(signedTicks(-4, 9, 3)).toEqual([-5, 0, 5, 10]);
  expect(signedTicks(-4, 0, 3)[0]).toBeLessThanOrEqual(-4);
});

test('axis labels are no longer than they must be', () => {
  const noon = Date.UTC(2026, 2, 1, 12, 41, 35, 200);
  expect(axisTime(60_000)(noon)).toBe('41:35');
  expect(axisTime(1_000)(noon)).toBe('41:35.2');
  expect(axisTime(3_600_000)(noon)).toBe('12:41');
  expect(axisTime(10 * 86_400_000)(noon)).toBe('03-01');
  expect(axisTime(4_000 * 86_400_000)(noon)).toBe('2026-03');
  expect(axisTime(3 * 86_400_000, [0, 43_200_000])(noon)).toBe('03-01 12:41');
  expect([0, 500, 5_000, 600_000].map(axisDuration)).toEqual(['0', '500\u00a0ms', '5\u00a0s', '10\u00a0min']);
  expect([0, 500, 20_000, 2_500_000].map(axisCount)).toEqual(['0', '500', '20\u00a0k', '2.5\u00a0M']);
});

test('what an empty result waits for names the event', () => {
  const waiting = {
    windowStartMs: Date.UTC(2026, 2, 1, 12, 41, 30),
    windowEndMs: Date.UTC(2026, 2, 1, 12, 41, 40),
    firesAtMs: Date.UTC(2026, 2, 1, 12, 41, 40) - 1,
    neededEventTimeMs: Date.UTC(2026, 2, 1, 12, 41, 45),
    sourceId: 'clicks',
  };
  expect(waitingText(waiting, 'Clicks')).toBe(
    '[12:41:30, 12:41:40) needs an event at 12:41:45.0 or later from Clicks.',
  );
  expect(waitingText({ ...waiting, neededEventTimeMs: null }, 'Clicks')).toContain('Clicks holds it back');
  expect(waitingText(null, null)).toBeNull();
});
