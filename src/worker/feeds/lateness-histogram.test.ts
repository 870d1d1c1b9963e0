import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latenessChart } from './lateness-chart.ts';
import { LatenessHistogram, niceBinMs } from './lateness-histogram.ts';

const lateness = fc.oneof(
  fc.nat({ max: 200 }),
  fc.nat({ max: 100_000 }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.integer({ min: 0, max: 2 ** 52 }),
);
const sets = fc.array(lateness, { minLength: 1, maxLength: 300 });

function histogramOf(values: readonly number[]): LatenessHistogram {
  const histogram = new LatenessHistogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

test('percentiles are nearest rank, rounded up by less than one in a hundred', () => {
  fc.assert(
    fc.property(sets, fc.constantFrom(0.5, 0.95, 0.99, 1), (values, share) => {
      const sorted = values.map(Math.ceil).sort((a, b) => a - b);
      const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
      const told = histogramOf(values).percentileMs(share);
      expect(told).toBeGreaterThanOrEqual(exact);
      expect(told).toBeLessThanOrEqual(exact < 128 ? exact : exact * 1.008);
    }),
  );
});

test('every row is in exactly one bar, and bars below 128 ms are exact', () => {
  fc.assert(
    fc.property(sets, (values) => {
      const bins = histogramOf(values).bins(10, 12);
      expect(bins.reduce((sum, rows) => sum + rows, 0)).toBe(values.length);
      for (let i = 0; i < 11; i++) {
        const rows = values.filter((value) => Math.floor(Math.ceil(value) / 10) === i).length;
        expect(bins[i]).toBe(rows);
      }
    }),
  );
});

test('two histograms add up to that of all rows', () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const both = histogramOf(a);
      both.addAll(histogramOf(b));
      const all = histogramOf([...a, ...b]);
      expect(both.total).toBe(all.total);
      expect(both.maxMs).toBe(all.maxMs);
      expect(both.percentileMs(0.9)).toBe(all.percentileMs(0.9));
    }),
  );
});

test('a chart has at most 100 bars of a round width and reaches beyond delay and lateness', () => {
  fc.assert(
    fc.property(sets, fc.nat({ max: 600_000 }), fc.nat({ max: 600_000 }), (values, delayMs, latenessMs) => {
      const lateness = { all: histogramOf(values), dropped: histogramOf(values.slice(1)) };
      const chart = latenessChart(
        lateness,
        { delaysMs: [delayMs, delayMs], withinDelay: 0, delayedRows: 0 },
        latenessMs,
      )!;
      expect(chart.counts.length).toBeLessThanOrEqual(100);
      expect(chart.counts.length * chart.binMs).toBeGreaterThanOrEqual(delayMs + latenessMs);
      expect(chart.counts.reduce((sum, rows) => sum + rows, 0)).toBe(values.length);
      expect(chart.dropped.reduce((sum, rows) => sum + rows, 0)).toBe(values.length - 1);
      chart.dropped.forEach((rows, i) => expect(rows).toBeLessThanOrEqual(chart.counts[i]!));
      expect(chart.delaysMs).toEqual([delayMs]);
    }),
  );
  expect([niceBinMs(1, 40), niceBinMs(7_000, 40), niceBinMs(8_000, 40), niceBinMs(8_001, 40)]).toEqual([
    1, 200, 200, 500,
  ]);
});
