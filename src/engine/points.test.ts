import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './points.ts';
import { Points } from './points.ts';

/** Pieces of one byte each. */
function parts(pieces: Iterable<object>): ReadonlyMap<object, number> {
  return new Map([...pieces].map((piece) => [piece, 1]));
}

test('points stay within their room, however much they have in common; the newest stays', () => {
  const sizes = fc.array(fc.record({ step: fc.integer({ min: 1, max: 9 }), fresh: fc.nat({ max: 30 }) }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 120, max: 400 }), (steps, mostBytes) => {
      const points = new Points<Point>(mostBytes);
      let seq = 0;
      let pieces: readonly object[] = [];
      for (const { step, fresh } of steps) {
        seq += step;
        const added = Array.from({ length: fresh }, () => ({}));
        pieces = [...pieces, ...added].slice(-40);
        points.add({ seq, cost: seq, parts: parts(pieces) });
        const held = new Set(points.all.flatMap((point) => [...point.parts.keys()]));
        expect(points.bytes).toBe(held.size);
        expect(points.bytes).toBeLessThanOrEqual(mostBytes);
        expect(points.all.at(-1)?.seq).toBe(seq);
      }
    }),
  );
});

test('of points that need too much room those go that are closest by work', () => {
  const points = new Points<Point>(30);
  const costs = [10, 20, 21, 40];
  costs.forEach((cost, i) => points.add({ seq: i + 1, cost, parts: new Map([[{}, 10]]) }));
  expect(points.all.map(({ cost }) => cost)).toEqual([10, 21, 40]);
  expect([points.nearest(0), points.nearest(2)?.seq, points.nearest(9)?.seq]).toEqual([null, 1, 4]);
  expect([points.next(0)?.seq, points.next(1)?.seq, points.next(4)]).toEqual([1, 3, null]);
  expect(points.gaps().map(({ from, to, cost }) => [from?.seq ?? 0, to.seq, cost])).toEqual([
    [0, 1, 10],
    [1, 3, 11],
    [3, 4, 19],
  ]);
  expect(points.leastCost).toBe(5.5);
  points.forgetAfter(3);
  expect([points.all.length, points.bytes]).toEqual([2, 20]);
});
