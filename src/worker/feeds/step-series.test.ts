import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SERIES_POINTS, StepSeries } from './step-series.ts';

interface Entry {
  readonly atMs: number;
  readonly maxEventTimeMs: number;
  readonly watermarkMs: number;
}

function rounds(entries: readonly Entry[], size: number): Entry[][] {
  const cut: Entry[][] = [];
  for (let i = 0; i < entries.length; i += size) cut.push(entries.slice(i, i + size));
  return cut;
}

function feed(series: StepSeries, entries: readonly Entry[], size: number): void {
  for (const round of rounds(entries, size)) {
    series.append({
      length: round.length,
      atMs: Float64Array.from(round, (entry) => entry.atMs),
      maxEventTimeMs: Float64Array.from(round, (entry) => entry.maxEventTimeMs),
      watermarkMs: Float64Array.from(round, (entry) => entry.watermarkMs),
    });
  }
}

/** Steps of processing time, event time and what the watermark is behind it. */
const runs = fc
  .array(fc.tuple(fc.nat({ max: 2_000 }), fc.nat({ max: 3_000 })), { minLength: 1, maxLength: 3_000, size: 'max' })
  .map((steps) => {
    let atMs = 1_000_000;
    let maxEventTimeMs = 990_000;
    return steps.map(([pause, step]): Entry => {
      atMs += pause;
      maxEventTimeMs += step;
      return { atMs, maxEventTimeMs, watermarkMs: maxEventTimeMs - 5_001 };
    });
  });

test.each([true, false])('every point is what stood at its time, and the newest one is there (whole: %s)', (whole) => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 500 }), (entries, size) => {
      const series = new StepSeries(whole);
      feed(series, entries, size);
      const points = series.points();
      const standing = new Map(entries.map((entry) => [entry.atMs, entry]));
      expect(points.atMs.length).toBeLessThanOrEqual(SERIES_POINTS);
      points.atMs.forEach((atMs, i) => {
        const entry = standing.get(atMs)!;
        // Entries at one time that a round boundary parts show the earlier state, but for the newest point.
        expect(points.watermarkMs[i]).toBeLessThanOrEqual(entry.watermarkMs);
        expect(points.watermarkMs[i]).toBe(points.maxEventTimeMs[i]! - 5_001);
        if (i > 0) expect(atMs).toBeGreaterThanOrEqual(points.atMs[i - 1]!);
      });
      expect(points.atMs.at(-1)).toBe(entries.at(-1)!.atMs);
      expect(points.watermarkMs.at(-1)).toBe(entries.at(-1)!.watermarkMs);
      if (whole) expect(points.atMs[0]).toBe(entries[0]!.atMs);
    }),
    { numRuns: 60 },
  );
});

test('a series of the whole run begins with its first entry, also when it is just full', () => {
  const entryAt = (atMs: number): Entry => ({ atMs, maxEventTimeMs: atMs, watermarkMs: atMs - 5_001 });
  for (let length = SERIES_POINTS - 2; length < SERIES_POINTS * 2 + 4; length++) {
    const series = new StepSeries(true);
    const entries = Array.from({ length }, (_, i) => entryAt(i * 1_000));
    // The last one is too near the one before it to be a point that stays.
    feed(series, [...entries, entryAt((length - 1) * 1_000 + 1)], 100);
    const { atMs } = series.points();
    expect([atMs[0], atMs.at(-1)]).toEqual([0, (length - 1) * 1_000 + 1]);
    expect(atMs.length).toBeLessThanOrEqual(SERIES_POINTS);
  }
});

test('few entries are all kept', () => {
  const entries = Array.from({ length: 200 }, (_, i) => ({
    atMs: i * 1_000,
    maxEventTimeMs: i * 1_000,
    watermarkMs: i * 1_000 - 5_001,
  }));
  const series = new StepSeries(true);
  feed(series, entries, 7);
  expect([...series.points().atMs]).toEqual(entries.map((entry) => entry.atMs));
});

test('the end of time is drawn where the watermark stood before, and nothing after it', () => {
  const series = new StepSeries(true);
  feed(
    series,
    [
      { atMs: 0, maxEventTimeMs: 0, watermarkMs: -Infinity },
      { atMs: 10, maxEventTimeMs: 10, watermarkMs: 5 },
      { atMs: 20, maxEventTimeMs: 10, watermarkMs: Infinity },
      { atMs: 90, maxEventTimeMs: 10, watermarkMs: Infinity },
    ],
    2,
  );
  expect([...series.points().atMs]).toEqual([0, 10, 20]);
  expect([...series.points().watermarkMs]).toEqual([Number.NaN, 5, 5]);
});
