import { expect, test } from 'vitest';
import type { Overview } from '../../app/travel/overview-store.ts';
import { placeOfMark, timeOfSeq } from './scrub-mark.ts';
import { trackBars } from './track-bars.ts';
import { trackScale } from './track-scale.ts';

function overviewOf(part: Partial<Overview> & Pick<Overview, 'atMs' | 'rows'>): Overview {
  const intervalMs = part.intervalMs ?? 10;
  const lastMs = part.atMs.at(-1) ?? 0;
  return {
    seq: part.rows.reduce((sum, rows) => sum + rows, 0),
    isWhole: true,
    fromMs: part.atMs[0] ?? 0,
    toMs: lastMs + intervalMs - 1,
    intervalMs,
    firstSeq: part.rows.map((_, i) => part.rows.slice(0, i).reduce((sum, rows) => sum + rows, 0)),
    drops: part.rows.map(() => 0),
    ...part,
  };
}

const even = overviewOf({
  atMs: Float64Array.from({ length: 50 }, (_, i) => i * 10),
  rows: new Float64Array(50).fill(2),
});

test('times of a run that was read lie evenly, and places lead back to them', () => {
  const scale = trackScale(even, 1);
  expect(scale.readTo).toBe(1);
  expect(scale.cuts).toEqual([]);
  for (const [atMs, place] of [
    [-5, 0],
    [0, 0],
    [250, 250 / 499],
    [499, 1],
    [900, 1],
  ] as const) {
    expect(scale.placeOf(atMs)).toBeCloseTo(place, 9);
  }
  for (let place = 0; place <= 1; place += 1 / 64) expect(scale.placeOf(scale.timeAt(place))).toBeCloseTo(place, 9);
});

test.each([
  [null, 0.9, 499 + 49.9],
  [0.5, 0.6, 499 * 2],
  [0.8, 0.8, 499 / 0.8],
] as const)('with a share of %s read the end is open', (share, readTo, endMs) => {
  const scale = trackScale({ ...even, isWhole: false }, share);
  expect(scale.readTo).toBe(readTo);
  expect(scale.placeOf(499)).toBeCloseTo(readTo, 9);
  expect(scale.timeAt(1)).toBeCloseTo(endMs, 6);
  for (let place = 0; place <= 1; place += 1 / 64) expect(scale.placeOf(scale.timeAt(place))).toBeCloseTo(place, 9);
});

test('a clock that is eighty years ahead leaves the others their room', () => {
  const farMs = 80 * 365 * 86_400_000;
  const poisoned = overviewOf({ atMs: Float64Array.of(...even.atMs, farMs), rows: Float64Array.of(...even.rows, 1) });
  const scale = trackScale(poisoned, 1);
  expect(scale.cuts).toHaveLength(1);
  expect(scale.resumesMs).toEqual([farMs]);
  expect(scale.placeOf(500)).toBeGreaterThan(0.9);
  expect(scale.placeOf(farMs)).toBeLessThan(1);
  expect(scale.timeAt(scale.placeOf(250))).toBeCloseTo(250, 3);
  const inTheGap = overviewOf({ atMs: Float64Array.of(...even.atMs, 600), rows: Float64Array.of(...even.rows, 1) });
  expect(trackScale(inTheGap, 1).cuts).toEqual([]);
});

test('one time, or one row, has a place', () => {
  const one = overviewOf({ atMs: Float64Array.of(70), rows: Float64Array.of(3), fromMs: 75, toMs: 75 });
  const scale = trackScale(one, 1);
  expect([scale.placeOf(70), scale.placeOf(75), scale.placeOf(80)].every((place) => place >= 0 && place <= 1)).toBe(
    true,
  );
  expect(scale.timeAt(0.4)).toBe(75);
  expect(trackBars(one, scale, 10).rows.some((share) => share === 1)).toBe(true);
});

test('bars share out what lies in them, and lose nothing', () => {
  const scale = trackScale(even, 1);
  for (const count of [1, 7, 50, 333]) {
    const { rows, drops } = trackBars({ ...even, drops: even.rows.map((_, i) => (i === 20 ? 1 : 0)) }, scale, count);
    expect(rows).toHaveLength(count);
    expect(Math.min(...rows)).toBeGreaterThan(0.85);
    expect(drops.flatMap((share, bar) => (share > 0 ? [bar] : []))).toEqual([Math.floor((205 / 499) * count)]);
  }
});

test('an offset has about the time of its entry, a mark its own', () => {
  for (let seq = 1; seq <= 100; seq++) expect(Math.abs((timeOfSeq(even, seq) ?? 0) - seq * 5)).toBeLessThanOrEqual(10);
  expect(timeOfSeq(even, 0)).toBe(0);
  expect(timeOfSeq(even, 101)).toBeNull();
  const scale = trackScale(even, 1);
  const mark = { id: 'a', kind: 'bookmark', label: 'a', seq: 50 } as const;
  expect(placeOfMark({ ...mark, atMs: 400 }, even, scale)).toBeCloseTo(400 / 499, 9);
  expect(placeOfMark({ ...mark, atMs: null }, even, scale)).toBeCloseTo(250 / 499, 1);
  expect(placeOfMark({ ...mark, seq: 500, atMs: null }, even, scale)).toBeNull();
});
