import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GhostSession } from '../../app/branches/ghost.ts';
import { drawGhost } from './draw-ghost.ts';
import { frameOf } from './frame.ts';
import { GhostPlaces } from './ghost-places.ts';
import { MOST_MARKS, bracketsOf, seenOf, thinned } from './ghost-spots.ts';
import { planeOf } from './plane-data-in-tests.ts';
import { RecordedCanvas } from './recorded-canvas-in-tests.ts';

const points = Array.from({ length: 60 }, (_, i) => ({
  tsMs: 1_000 * ((i * 17) % 60),
  atMs: 1_000 * Math.floor(i / 2),
}));
const view = { eventFromMs: 5_000, eventToMs: 40_000, atFromMs: 4_000, atToMs: 20_000 };
const frame = frameOf(view, 640, 400, 1);

test('rows of a branch are found among the points as they grow, as when all are looked at', () => {
  const rows = fc.uniqueArray(fc.nat({ max: 70 }), { maxLength: 30 });
  const lengths = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 });
  fc.assert(
    fc.property(rows, lengths, fc.boolean(), (seqs, more, doubles) => {
      const data = planeOf([]);
      const places = new GhostPlaces();
      const events = Float64Array.from(seqs.toSorted((a, b) => a - b));
      const add = (length: number): void => {
        for (let i = 0; i < length; i++) {
          const place = data.points.length;
          data.points.seq.set(place, doubles ? Math.floor(place / 2) : place);
        }
      };
      for (const length of more) {
        add(length);
        const plain = Array.from({ length: data.points.length }, (_, place) => place).filter((place) =>
          events.includes(data.points.seq.at(place)),
        );
        expect([...places.find(data, events)]).toEqual(plain);
      }
    }),
  );
});

test('those in view are drawn where they stand', () => {
  const data = planeOf(points);
  const places = points.flatMap((_, i) => (i % 3 === 0 ? [i] : []));
  const plain = places.filter((place) => {
    const { tsMs, atMs } = points[place]!;
    const [x, y] = [frame.x(tsMs), frame.y(atMs)];
    return x > frame.left - 9 && x < frame.right + 9 && y >= frame.top - 9 && y <= frame.bottom + 9;
  });
  expect(plain.length).toBeGreaterThan(3);
  expect(seenOf(frame, data, places).map(([x, y]) => [x, y])).toEqual(
    plain.map((place) => [frame.x(points[place]!.tsMs), frame.y(points[place]!.atMs)]),
  );
});

test('however many there are, few are drawn, and each has one beside it', () => {
  const spot = fc.tuple(fc.nat({ max: 640 }), fc.nat({ max: 400 }));
  fc.assert(
    fc.property(fc.array(spot, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (some, times) => {
      const spots = Array.from({ length: times }, (_, i) =>
        some.map(([x, y]) => [(x + 13 * i) % 640, (y + 7 * i) % 400, (x + 13 * i) % 640] as const),
      ).flat();
      const drawn = thinned(frame, spots);
      expect(drawn.length).toBeLessThanOrEqual(MOST_MARKS);
      const far = spots.filter(([x, y]) => !drawn.some(([a, b]) => Math.hypot(a - x, b - y) < 40));
      expect(far).toEqual([]);
    }),
    { numRuns: 50 },
  );
  const crowd = Array.from({ length: 30_000 }, (_, i) => [i % 640, Math.floor(i / 640), i % 640] as const);
  expect(thinned(frame, crowd).length).toBeLessThanOrEqual(MOST_MARKS);
  expect(thinned(frame, [[3, 3, 3] as const])).toEqual([[3, 3, 3]]);
});

const SESSIONS: readonly GhostSession[] = [
  { startMs: 10_000, endMs: 20_000, atMs: 9_000, key: '["a"]', isInRun: false, isInBranch: true },
  { startMs: 12_000, endMs: 14_000, atMs: 9_500, key: '["b"]', isInRun: false, isInBranch: true },
  { startMs: 12_000, endMs: 13_000, atMs: 9_500, key: '["a"]', isInRun: true, isInBranch: true },
  { startMs: 12_000, endMs: 16_000, atMs: 9_600, key: '["a"]', isInRun: true, isInBranch: false },
  { startMs: 15_000, endMs: 16_000, atMs: 99_000, key: '["a"]', isInRun: false, isInBranch: true },
  { startMs: 90_000, endMs: 99_000, atMs: 9_000, key: '["a"]', isInRun: false, isInBranch: true },
];

test('sessions that the branch alone has are brackets as wide, once the run is there', () => {
  const data = planeOf(points);
  expect(bracketsOf(frame, data, SESSIONS, '["a"]')).toEqual([[frame.x(10_000), frame.y(9_000), frame.x(20_000)]]);
  expect(bracketsOf(frame, data, SESSIONS, null)).toHaveLength(2);
  const canvas = new RecordedCanvas();
  const look = { panes: [], key: 0, palette: { surface: 'white', late: 'red' } as never };
  const ghost = { kept: [], dropped: [], windows: new Set<string>(), sessions: SESSIONS };
  drawGhost(canvas.context, frame, data, { ...look, ghost });
  const tops = canvas.strokes
    .filter(({ color }) => color === 'red')
    .flatMap(({ path }) => path.filter(({ op }) => op === 'lineTo').map(({ args }) => args));
  expect(tops).toContainEqual([frame.x(20_000), frame.y(9_000)]);
  expect(tops).toContainEqual([frame.x(14_000), frame.y(9_500)]);
});
