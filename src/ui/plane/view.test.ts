import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticksOf } from './draw-axes.ts';
import { frameOf } from './frame.ts';
import { findOutside } from './outside.ts';
import { planeOf } from './plane-data-in-tests.ts';
import { fitted, panned, zoomed } from './view.ts';
import type { View } from './view.ts';

/** What of the plane is in view, whatever came: every point that is fitted lies within, and nothing is NaN or endless. */

const NOON_MS = Date.UTC(2026, 2, 1, 12);
const YEAR_MS = 365.25 * 86_400_000;
const IN_2106_MS = Date.UTC(2106, 0, 1);

function edgesOf({ eventFromMs, eventToMs, atFromMs, atToMs }: View): readonly number[] {
  return [eventFromMs, eventToMs, atFromMs, atToMs];
}

function expectUsable(view: View | null): View {
  if (view === null) throw new Error('There is no view.');
  for (const edge of edgesOf(view)) expect(Number.isFinite(edge)).toBe(true);
  expect(view.eventToMs).toBeGreaterThan(view.eventFromMs);
  expect(view.atToMs).toBeGreaterThan(view.atFromMs);
  return view;
}

function isSeen(view: View, tsMs: number, atMs: number): boolean {
  return tsMs >= view.eventFromMs && tsMs <= view.eventToMs && atMs >= view.atFromMs && atMs <= view.atToMs;
}

test('what comes at an even pace is never told as lying outside of the stretch that is followed', () => {
  for (let count = 20; count < 2_000; count += 171) {
    const points = Array.from({ length: count }, (_, i) => ({
      tsMs: NOON_MS + 400 * i,
      atMs: NOON_MS + 400 * i + 900,
    }));
    const data = planeOf(points, [], { window: null });
    expect(findOutside(data, expectUsable(fitted(data, 'follow')))).toBeNull();
  }
});

test('after a long pause a single event is followed together with some that came before it', () => {
  const points = Array.from({ length: 100 }, (_, i) => ({ tsMs: NOON_MS + 1_000 * i, atMs: NOON_MS + 1_000 * i + 50 }));
  const lateMs = NOON_MS + 900_000;
  const data = planeOf([...points, { tsMs: lateMs, atMs: lateMs + 50 }]);
  const view = expectUsable(fitted(data, 'follow'));
  const seen = [...points, { tsMs: lateMs, atMs: lateMs + 50 }].filter(({ tsMs, atMs }) => isSeen(view, tsMs, atMs));
  expect(seen.length).toBeGreaterThanOrEqual(12);
  expect(seen.length).toBeLessThan(100);
});

test('what a wrong clock of a file left behind is followed as closely as it came, decades after the clock went wrong', () => {
  const times = Array.from({ length: 100 }, (_, i) => (i === 50 ? IN_2106_MS : NOON_MS + 1_000 * i));
  const data = planeOf(times.map((tsMs, i) => ({ tsMs, atMs: i < 50 ? tsMs : IN_2106_MS + i })));
  const view = expectUsable(fitted(data, 'follow'));
  expect(view.eventToMs - view.eventFromMs).toBeLessThan(3_600_000);
  expect(findOutside(data, view)?.text).toBe('1 event up to 2106-01-01 00:00:00.0');
});

test('an event alone stands in the middle of the processing times', () => {
  const view = expectUsable(fitted(planeOf([{ tsMs: NOON_MS, atMs: NOON_MS + 1 }]), 'follow'));
  const share = (NOON_MS + 1 - view.atFromMs) / (view.atToMs - view.atFromMs);
  expect(share).toBeGreaterThan(0.35);
  expect(share).toBeLessThan(0.65);
});

describe.each(['follow', 'all'] as const)('fitted, %s', (mode) => {
  test('no events: no view', () => {
    expect(fitted(planeOf([]), mode)).toBeNull();
  });

  test('one event, and events of one moment, have a stretch around them', () => {
    for (const count of [1, 50]) {
      const points = Array.from({ length: count }, () => ({ tsMs: NOON_MS, atMs: NOON_MS + 1 }));
      const view = expectUsable(fitted(planeOf(points), mode));
      expect(isSeen(view, NOON_MS, NOON_MS + 1)).toBe(true);
    }
  });

  test('events without time alone are shown by when they came', () => {
    const view = expectUsable(fitted(planeOf([{ tsMs: Number.NaN, atMs: NOON_MS }]), mode));
    expect(view.atFromMs).toBeLessThanOrEqual(NOON_MS);
    expect(view.atToMs).toBeGreaterThanOrEqual(NOON_MS);
  });

  test('a clock in the year 2106 does not hide the others: it is told of as outside, and shown on demand', () => {
    const points = Array.from({ length: 200 }, (_, i) => ({ tsMs: NOON_MS + 500 * i, atMs: NOON_MS + 500 * i + 20 }));
    points[150] = { tsMs: IN_2106_MS, atMs: NOON_MS + 500 * 150 + 20 };
    const data = planeOf(points);
    const view = expectUsable(fitted(data, mode));
    expect(view.eventToMs).toBeLessThan(NOON_MS + 3_600_000);
    const last = points[199];
    expect(isSeen(view, last?.tsMs ?? 0, last?.atMs ?? 0)).toBe(true);
    expect(findOutside(data, view)).toEqual({ side: 'after', text: '1 event up to 2106-01-01 00:00:00.0', place: 150 });
    const wide = expectUsable(fitted(data, mode, true));
    expect(isSeen(wide, IN_2106_MS, points[150].atMs)).toBe(true);
    expect(findOutside(data, wide)).toBeNull();
  });

  test('times over 200 years are all there', () => {
    const points = Array.from({ length: 400 }, (_, i) => {
      const tsMs = Date.UTC(1850, 0, 1) + (i / 2) * YEAR_MS;
      return { tsMs, atMs: tsMs };
    });
    const data = planeOf(points);
    const view = expectUsable(fitted(data, 'all'));
    for (const { tsMs, atMs } of points) expect(isSeen(view, tsMs, atMs)).toBe(true);
    const { ticks, format } = ticksOf(view.eventFromMs, view.eventToMs, 6);
    expect(ticks.map(format)).toEqual(['1850', '1900', '1950', '2000', '2050']);
  });
});

const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }).map((ms) => NOON_MS + ms),
  fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }),
);

test('any times: the view is usable, and what lies outside of it is told of', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ tsMs: anyTime, wait: fc.nat(5_000) }), { minLength: 1, maxLength: 40 }),
      (rows) => {
        let atMs = NOON_MS;
        const points = rows.map(({ tsMs, wait }) => ({ tsMs, atMs: (atMs += wait) }));
        const data = planeOf(points);
        for (const isWide of [false, true]) {
          const view = expectUsable(fitted(data, 'all', isWide));
          const hidden = points.filter((point) => !isSeen(view, point.tsMs, point.atMs));
          expect(findOutside(data, view) === null).toBe(hidden.length === 0);
          if (isWide) expect(hidden).toEqual([]);
        }
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

test('panned and zoomed as far as anybody does, a view stays one that can be labelled', () => {
  const moves = fc.array(
    fc.tuple(fc.constantFrom(0.2, 0.7, 1.4, 50, 1e5), fc.double({ min: -300, max: 300, noNaN: true })),
    {
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(moves, (all) => {
      let view: View = {
        eventFromMs: NOON_MS,
        eventToMs: NOON_MS + 60_000,
        atFromMs: NOON_MS,
        atToMs: NOON_MS + 60_000,
      };
      for (const [factor, by] of all) {
        view = panned(view, by * (view.eventToMs - view.eventFromMs), by * (view.atToMs - view.atFromMs));
        view = zoomed(view, factor, view.eventFromMs, view.atToMs);
        for (const edge of edgesOf(expectUsable(view))) expect(Number.isSafeInteger(Math.trunc(edge))).toBe(true);
      }
      for (const [from, to] of [
        [view.eventFromMs, view.eventToMs],
        [view.atFromMs, view.atToMs],
      ] as const) {
        const { ticks, format } = ticksOf(from, to, 8);
        for (const tick of ticks) expect(format(tick)).not.toMatch(/NaN|undefined|Invalid/);
      }
    }),
    { numRuns: 100, seed: 11 },
  );
});

test('labels of an axis are told apart, at any zoom', () => {
  for (const spanMs of [
    4, 30, 400, 999, 1_000, 2_500, 3_000, 4_000, 20_000, 61_000, 1_800_000, 7_200_000, 43_200_000, 2e8, 1e9, 3e10, 9e10,
    4e12,
  ]) {
    for (const count of [2, 5, 8, 17, 30]) {
      const { ticks, format } = ticksOf(NOON_MS - spanMs / 3, NOON_MS + (2 * spanMs) / 3, count);
      const labels = ticks.map(format);
      expect([spanMs, count, new Set(labels).size]).toEqual([spanMs, count, labels.length]);
      expect(labels.length).toBeLessThanOrEqual(count + 2);
    }
  }
});

test('a place on the screen and a time are each other', () => {
  const view = {
    eventFromMs: NOON_MS,
    eventToMs: NOON_MS + 60_000,
    atFromMs: NOON_MS + 5_000,
    atToMs: NOON_MS + 90_000,
  };
  const frame = frameOf(view, 600, 300, 1);
  expect(frame.x(view.eventFromMs)).toBe(frame.left);
  expect(frame.x(view.eventToMs)).toBeCloseTo(frame.right);
  expect(frame.y(view.atFromMs)).toBe(frame.bottom);
  expect(frame.y(view.atToMs)).toBeCloseTo(frame.top);
  expect(frame.eventAt(frame.x(NOON_MS + 12_345))).toBeCloseTo(NOON_MS + 12_345, 3);
  expect(frame.atAt(frame.y(NOON_MS + 54_321))).toBeCloseTo(NOON_MS + 54_321, 3);
});
