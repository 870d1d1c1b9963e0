import { describe, expect, test } from 'vitest';
import { Random } from './random.ts';

const draw = (random: Random, count: number): readonly number[] => Array.from({ length: count }, () => random.uint32());

describe('seeded random numbers', () => {
  test('the same seed and stream give the same numbers, others differ', () => {
    expect(draw(new Random(7), 50)).toEqual(draw(new Random(7), 50));
    expect(draw(new Random(7), 50)).not.toEqual(draw(new Random(8), 50));
    expect(draw(new Random(7, 1), 50)).not.toEqual(draw(new Random(7, 0), 50));
    expect(draw(new Random(2 ** 32 + 7), 50)).not.toEqual(draw(new Random(7), 50));
  });

  test('never change: kept numbers of seed 1', () => {
    expect(draw(new Random(1), 4)).toMatchInlineSnapshot(`
      [
        4076303445,
        944738407,
        229349386,
        186794294,
      ]
    `);
  });

  test('a restored state goes on where it was taken', () => {
    const random = new Random(3);
    draw(random, 10);
    const state = random.state();
    const next = draw(random, 10);
    const other = new Random(99);
    other.restore(state);
    expect(draw(other, 10)).toEqual(next);
  });

  test('are spread evenly', () => {
    const random = new Random(5);
    const buckets = new Array<number>(16).fill(0);
    const count = 160_000;
    for (let i = 0; i < count; i++) buckets[random.below(16)]!++;
    const chiSquare = buckets.reduce((sum, seen) => sum + (seen - count / 16) ** 2 / (count / 16), 0);
    // 15 degrees of freedom: 37.7 is passed by chance once in a thousand seeds.
    expect(chiSquare).toBeLessThan(37.7);
  });
});
