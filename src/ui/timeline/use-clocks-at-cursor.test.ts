import { expect, test } from 'vitest';
import { clocksAt } from './use-clocks-at-cursor.ts';

function series(points: readonly (readonly [number, number, number])[]): Parameters<typeof clocksAt>[0] & object {
  const told = {
    spacingMs: 0,
    atMs: Float64Array.from(points, ([at]) => at),
    maxEventTimeMs: Float64Array.from(points, ([, max]) => max),
    watermarkMs: Float64Array.from(points, ([, , watermark]) => watermark),
  };
  return { recent: told, whole: told, parts: [], allParts: 0 };
}

test('clocks hold from a point until the next', () => {
  const chart = series([
    [100, 90, Number.NaN],
    [110, 105, 95],
    [130, 125, 115],
  ]);
  expect(clocksAt(chart, 99)).toEqual({ maxEventTimeMs: null, watermarkMs: null });
  expect(clocksAt(chart, 100)).toEqual({ maxEventTimeMs: 90, watermarkMs: null });
  expect(clocksAt(chart, 129)).toEqual({ maxEventTimeMs: 105, watermarkMs: 95 });
  expect(clocksAt(chart, 500)).toEqual({ maxEventTimeMs: 125, watermarkMs: 115 });
});

test('the finer series serves as far back as it goes', () => {
  const recent = series([[120, 119, 118]]).recent;
  const { whole } = series([
    [100, 90, 80],
    [140, 139, 138],
  ]);
  const chart = { recent, whole, parts: [], allParts: 0 };
  expect(clocksAt(chart, 119).maxEventTimeMs).toBe(90);
  expect(clocksAt(chart, 125).maxEventTimeMs).toBe(119);
});
