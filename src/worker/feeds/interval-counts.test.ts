import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../stream/batch.ts';
import { IntervalCounts } from './interval-counts.ts';

function batchOf(times: readonly number[]): Batch {
  return {
    length: times.length,
    selection: null,
    columns: [],
    seq: Float64Array.from(times, (_, i) => i),
    phase: null,
    ts: Float64Array.from(times),
    kinds: null,
    origin: null,
  };
}

test('rows by event time are those of plain loops, in at most 60 intervals end to end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: -1e9, max: 1e10 }), { maxLength: 50 }), { minLength: 1, maxLength: 20 }),
      (batches) => {
        const counts = new IntervalCounts();
        for (const times of batches) counts.add(batchOf(times));
        const all = batches.flat();
        const chart = counts.chart();
        if (all.length === 0) {
          expect(chart).toBeNull();
          return;
        }
        expect(chart!.startMs.length).toBeLessThanOrEqual(60);
        chart!.startMs.forEach((startMs, i) => {
          const endMs = chart!.endMs[i]!;
          expect(chart!.series[0]!.values[i]).toBe(all.filter((ts) => ts >= startMs && ts < endMs).length);
          if (i > 0) expect(startMs).toBe(chart!.endMs[i - 1]);
        });
        expect(chart!.series[0]!.values.reduce((sum, rows) => sum + rows, 0)).toBe(all.length);
      },
    ),
  );
});

test('a row without an event time is in none', () => {
  const counts = new IntervalCounts();
  counts.add(batchOf([Number.NaN, 5, Number.NaN]));
  expect([...counts.chart()!.series[0]!.values]).toEqual([1]);
});
