import { expect, test } from 'vitest';
import type { ClockChart, DropChart } from '../../app/run-state.ts';
import { ghostClocks, ghostDrops } from './ghost-figures.ts';

function drops(windows: readonly (readonly [startMs: number, count: number])[], intervalMs = 50): DropChart {
  return {
    reasons: {},
    windowStartMs: Float64Array.from(windows, ([startMs]) => startMs),
    windowEndMs: Float64Array.from(windows, ([startMs]) => startMs + 10),
    windowCounts: Float64Array.from(windows, ([, count]) => count),
    intervalMs,
    atMs: Float64Array.of(0, 50),
    counts: Float64Array.of(windows.length, 1),
  };
}

test('of drops by window those are told that the branch has more, fewer or none of', () => {
  const run = drops([
    [0, 2],
    [10, 3],
    [20, 1],
  ]);
  const branch = drops([
    [0, 2],
    [10, 1],
    [30, 4],
  ]);
  expect(ghostDrops([run, branch], 'window')).toEqual([
    { startMs: 10, endMs: 20, value: 1 },
    { startMs: 20, endMs: 30, value: 0 },
    { startMs: 30, endMs: 40, value: 4 },
  ]);
  expect(ghostDrops([run, run], 'window')).toEqual([]);
});

test('drops over time are laid over each other where they are counted by the same intervals', () => {
  const run = drops([[0, 1]]);
  const branch = drops([
    [0, 1],
    [10, 1],
  ]);
  expect(ghostDrops([run, branch], 'time')).toEqual([{ startMs: 0, endMs: 50, value: 2 }]);
  expect(ghostDrops([run, drops([[0, 1]], 100)], 'time')).toEqual([]);
});

test('a watermark is told where it is another one', () => {
  const clocks = (...watermarks: readonly number[]): ClockChart => {
    const series = {
      spacingMs: 0,
      atMs: Float64Array.of(1, 2),
      maxEventTimeMs: Float64Array.of(1, 2),
      watermarkMs: Float64Array.from(watermarks),
    };
    return { recent: series, whole: series, parts: [], allParts: 1 };
  };
  expect(ghostClocks([clocks(Number.NaN, 1), clocks(Number.NaN, 1)]).points).toEqual([]);
  const { points, hasAllSteps } = ghostClocks([clocks(0, 1), clocks(-5, -4)]);
  expect(points.map(({ watermarkMs }) => watermarkMs)).toEqual([-5, -4]);
  expect(hasAllSteps).toBe(true);
  expect(ghostClocks([clocks(0, 1), null]).points).toEqual([]);
});
