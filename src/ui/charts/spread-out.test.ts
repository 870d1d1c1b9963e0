import { expect, test } from 'vitest';
import { spreadOut } from './spread-out.ts';

const ROOM = { from: 10, to: 60, apart: 12 };

test('what is apart already stays where it is wanted', () => {
  expect(spreadOut([50, 12, 30], ROOM)).toEqual([50, 12, 30]);
});

test('what would lie on each other is moved apart, in order, and stays in the room', () => {
  expect(spreadOut([20, 22], ROOM)).toEqual([20, 32]);
  expect(spreadOut([58, 59, 57], ROOM)).toEqual([48, 60, 36]);
  expect(spreadOut([0, 2], ROOM)).toEqual([10, 22]);
});

test('names of any lines are apart by the least distance and inside, where they fit', () => {
  for (let a = 0; a <= 80; a += 7) {
    for (let b = 0; b <= 80; b += 9) {
      const [first = 0, second = 0, third = 0] = spreadOut([a, b, 41], ROOM).toSorted((x, y) => x - y);
      expect(second - first).toBeGreaterThanOrEqual(12);
      expect(third - second).toBeGreaterThanOrEqual(12);
      expect(first).toBeGreaterThanOrEqual(10);
      expect(third).toBeLessThanOrEqual(60);
    }
  }
});
