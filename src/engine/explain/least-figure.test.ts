import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawSeed } from '../../testing/check-laws.ts';
import { figureBelow } from './least-figure.ts';

const LIMIT = 2_000;

interface Found {
  readonly figure: number | null;
  readonly asked: readonly number[];
}

/** Yes for every figure above `lastNo`; none where that is the limit. */
async function search(fromMs: number, guessMs: number, lastNo: number): Promise<Found> {
  const asked: number[] = [];
  const isKept = (figure: number): Promise<boolean> => {
    asked.push(figure);
    return Promise.resolve(figure > lastNo);
  };
  return { figure: await figureBelow(isKept, { fromMs, guessMs, limitMs: LIMIT }), asked };
}

test('finds the last figure that is not enough, from any guess, and asks for none twice or out of bounds', async () => {
  const figure = fc.integer({ min: 0, max: LIMIT });
  const property = fc.asyncProperty(figure, figure, figure, async (from, guess, last) => {
    const lastNo = Math.max(from, last);
    const { figure: found, asked } = await search(from, guess, lastNo);
    expect(found).toBe(lastNo === LIMIT ? null : lastNo);
    expect(new Set(asked).size).toBe(asked.length);
    for (const each of asked) expect(each > from && each <= LIMIT).toBe(true);
  });
  await fc.assert(property, { numRuns: 500, seed: lawSeed });
});

test('a guess that is right takes two runs, one that is 1 ms off three or four, and that there is no figure two', async () => {
  const runs = async (guess: number, last: number): Promise<number> => (await search(100, guess, last)).asked.length;
  expect(await runs(700, 700)).toBe(2);
  expect(await runs(701, 700)).toBe(3);
  expect(await runs(699, 700)).toBeLessThanOrEqual(4);
  expect(await runs(700, LIMIT)).toBe(2);
});
