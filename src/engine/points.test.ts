import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './points.ts';
import { Points } from './points.ts';

interface Pieced extends Point {
  /** Names of what it holds, each of one byte. */
  readonly pieces: ReadonlySet<number>;
}

test('points stay within their room, however much they have in common; the newest stays', () => {
  const sizes = fc.array(fc.record({ step: fc.integer({ min: 1, max: 9 }), fresh: fc.nat({ max: 30 }) }), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 120, max: 400 }), (steps, mostBytes) => {
      const points = new Points<Pieced>(mostBytes);
      let seq = 0;
      let next = 0;
      let pieces: readonly number[] = [];
      for (const { step, fresh } of steps) {
        seq += step;
        const added = Array.from({ length: fresh }, () => next++);
        const before = points.nearest(seq)?.pieces ?? new Set();
        pieces = [...pieces, ...added].slice(-40);
        const sharedBytes = pieces.filter((piece) => before.has(piece)).length;
        const bytes = pieces.length - sharedBytes;
        points.add({ seq, cost: seq, bytes, sharedBytes, pieces: new Set(pieces) });
        const held = new Set(points.all.flatMap((point) => [...point.pieces]));
        expect(points.bytes).toBeGreaterThanOrEqual(held.size);
        expect(points.bytes).toBeLessThanOrEqual(mostBytes);
        expect(points.all.at(-1)?.seq).toBe(seq);
      }
    }),
  );
});

test('of points that need too much room those go that are closest by work', () => {
  const points = new Points<Point>(30);
  const costs = [10, 20, 21, 40];
  costs.forEach((cost, i) => points.add({ seq: i + 1, cost, bytes: 10, sharedBytes: 0 }));
  expect(points.all.map(({ cost }) => cost)).toEqual([10, 21, 40]);
  expect([points.nearest(0), points.nearest(2)?.seq, points.nearest(9)?.seq]).toEqual([null, 1, 4]);
  points.forgetAfter(3);
  expect([points.all.length, points.bytes]).toEqual([2, 20]);
});
