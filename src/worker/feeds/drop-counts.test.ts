import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DROP_POINTS, DropCounts } from './drop-counts.ts';

const SIZE_MS = 10_000;
const drops = fc.array(fc.record({ atMs: fc.nat({ max: 100_000_000 }), window: fc.nat({ max: 400 }) }), {
  minLength: 1,
  maxLength: 500,
  size: 'max',
});

test('counts by window and by time are those of plain loops', () => {
  fc.assert(
    fc.property(drops, (list) => {
      const feed = new DropCounts();
      for (const { atMs, window } of list) feed.add(atMs, [[window * SIZE_MS, (window + 1) * SIZE_MS]]);
      const chart = feed.chart();

      const windows = [...new Set(list.map(({ window }) => window))].sort((a, b) => a - b).slice(-DROP_POINTS);
      const counts = windows.map((window) => list.filter((drop) => drop.window === window).length);
      expect([...chart.windowStartMs]).toEqual(windows.map((window) => window * SIZE_MS));
      expect([...chart.windowCounts]).toEqual(counts);

      expect(chart.atMs.length).toBeLessThanOrEqual(DROP_POINTS);
      expect(chart.counts.reduce((sum, count) => sum + count, 0)).toBe(list.length);
      chart.atMs.forEach((fromMs, i) => {
        const inside = list.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + chart.intervalMs);
        expect(chart.counts[i]).toBe(inside.length);
      });
    }),
  );
});

test('a row that missed two windows counts in both, a row without one in none', () => {
  const feed = new DropCounts();
  feed.add(0, [
    [0, 20],
    [10, 30],
  ]);
  feed.add(0, []);
  const chart = feed.chart();
  expect([...chart.windowCounts]).toEqual([1, 1]);
  expect([...chart.counts]).toEqual([2]);
});
