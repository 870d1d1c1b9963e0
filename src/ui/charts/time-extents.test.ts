import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Charts, DropChart, WindowChart } from '../../app/run-state.ts';
import { NO_CHARTS } from '../../app/run-state.ts';
import { extentOf, steadyEndMs } from './time-extents.ts';

function windows(starts: readonly number[]): WindowChart {
  return {
    by: 'window',
    column: 'n',
    columns: ['n'],
    arrangement: 'stacked',
    startMs: Float64Array.from(starts),
    endMs: Float64Array.from(starts, (startMs) => startMs + 10),
    emittedSeq: Float64Array.from(starts, (_, i) => i),
    emittedAtMs: Float64Array.from(starts),
    series: [{ name: '', isOther: false, values: Float64Array.from(starts, () => 1) }],
    early: new Float64Array(starts.length),
    addedLate: null,
    isMerging: false,
    windowsFired: starts.length,
    approximate: false,
  };
}

function drops(starts: readonly number[]): DropChart {
  return {
    reasons: { late: starts.length },
    windowStartMs: Float64Array.from(starts),
    windowEndMs: Float64Array.from(starts, (startMs) => startMs + 10),
    windowCounts: Float64Array.from(starts, () => 1),
    intervalMs: 1_000,
    atMs: new Float64Array(),
    counts: new Float64Array(),
  };
}

const charts = (results: readonly number[], lost: readonly number[]): Charts => ({
  ...NO_CHARTS,
  windows: windows(results),
  drops: drops(lost),
});

test('results and drops share the axis of the windows that are shown', () => {
  expect(extentOf('event', charts([100, 110, 120], []))).toEqual({ fromMs: 100, toMs: 130 });
  expect(extentOf('event', charts([100, 110, 120], [10, 110]))).toEqual({ fromMs: 100, toMs: 130 });
});

test('a newer window that lost rows is on it, an older one only where no other did', () => {
  expect(extentOf('event', charts([100, 110, 120], [110, 140]))).toEqual({ fromMs: 100, toMs: 150 });
  expect(extentOf('event', charts([100, 110, 120], [40]))).toEqual({ fromMs: 40, toMs: 130 });
});

test('without a chart an axis has no extent in common', () => {
  expect(extentOf('event', NO_CHARTS)).toBeNull();
  expect(extentOf('processing', NO_CHARTS)).toBeNull();
});

test('the end of a run that goes on is a little ahead, and moves in few steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 2e12 }), fc.integer({ min: 1, max: 1e9 }), (fromMs, spanMs) => {
      const endMs = steadyEndMs({ fromMs, toMs: fromMs + spanMs });
      expect(endMs).toBeGreaterThanOrEqual(fromMs + spanMs);
      expect(endMs - fromMs).toBeLessThanOrEqual(spanMs * 1.125 + 1);
    }),
  );
  const ends = new Set(Array.from({ length: 500 }, (_, i) => steadyEndMs({ fromMs: 0, toMs: 1_000 + 2 * i })));
  expect(ends.size).toBeLessThanOrEqual(9);
});
