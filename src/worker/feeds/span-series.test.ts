import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPAN_POINTS, SpanSeries } from './span-series.ts';

const figures = fc
  .array(fc.tuple(fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 5_000 })), fc.integer({ min: -50, max: 5_000 })), {
    minLength: 1,
    maxLength: 1_500,
    size: 'max',
  })
  .map((steps) => {
    let atMs = -700;
    return steps.map(([pause, value]) => ({ atMs: (atMs += pause), value }));
  });

test('each interval has the least, the greatest, the sum and the number of the figures in it', () => {
  fc.assert(
    fc.property(figures, (all) => {
      const series = new SpanSeries();
      for (const { atMs, value } of all) series.add(atMs, value);
      const told = series.figures();
      expect(told.atMs.length).toBeLessThanOrEqual(SPAN_POINTS);
      expect(told.counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      told.atMs.forEach((atMs, i) => {
        const own = all.filter((each) => each.atMs >= atMs && each.atMs < atMs + told.intervalMs);
        const values = own.map(({ value }) => value);
        expect(told.counts[i]).toBe(values.length);
        expect(told.least[i]).toBe(Math.min(...values));
        expect(told.most[i]).toBe(Math.max(...values));
        expect(told.sum[i]).toBe(values.reduce((sum, value) => sum + value, 0));
      });
    }),
    { numRuns: 60 },
  );
});

test('a figure of the moment before is not lost where intervals have doubled since', () => {
  const series = new SpanSeries();
  for (let i = 0; i <= SPAN_POINTS; i++) series.add(i, i);
  expect(series.figures().intervalMs).toBe(2);
  series.add(SPAN_POINTS, 7);
  expect(series.figures().counts.at(-1)).toBe(2);
});
