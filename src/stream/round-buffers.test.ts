import { expect, test } from 'vitest';
import { RoundBuffers } from './round-buffers.ts';

test.each([0, 1, 63, 64, 65, 4096, 4097, 2 ** 20, 2 ** 20 + 1])(
  'an array has the length %d that was asked for',
  (length) => {
    for (const buffers of [new RoundBuffers(0), new RoundBuffers(Infinity)]) {
      expect(buffers.floats(length)).toHaveLength(length);
      expect(buffers.ints(length)).toHaveLength(length);
      expect(buffers.bytes(length)).toHaveLength(length);
    }
  },
);

test('two arrays of one round never share memory', () => {
  const buffers = new RoundBuffers(0);
  for (let round = 0; round < 3; round++) {
    const arrays = [100, 128, 4096, 65, 100].flatMap((length) => [buffers.floats(length), buffers.floats(length)]);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(arrays.length);
    buffers.nextRound();
  }
});

test('what is kept by nobody serves again', () => {
  const buffers = new RoundBuffers(0);
  const first = buffers.ints(4096);
  buffers.nextRound();
  expect(buffers.ints(3000).buffer).toBe(first.buffer);
});

test('where arrays may be kept, none serves again', () => {
  const buffers = new RoundBuffers(Infinity);
  const first = buffers.ints(4096);
  buffers.nextRound();
  expect(buffers.ints(4096).buffer).not.toBe(first.buffer);
});

test('a round that needs very much leaves no more than a bound behind', () => {
  const buffers = new RoundBuffers(0);
  const lend = () => Array.from({ length: 40 }, () => buffers.floats(2 ** 17).buffer);
  const first = new Set(lend());
  buffers.nextRound();
  expect(lend().filter((buffer) => first.has(buffer))).toHaveLength(32);
});

test('what may be kept for some rounds serves again after them, and the oldest first', () => {
  const buffers = new RoundBuffers(2);
  const lent: ArrayBufferLike[][] = [];
  for (let round = 0; round < 12; round++) {
    lent.push(Array.from({ length: (round % 3) + 1 }, () => buffers.floats(100).buffer));
    const kept = lent.slice(-3).flat();
    expect(new Set(kept).size).toBe(kept.length);
    buffers.nextRound();
  }
  expect(new Set(lent.flat()).size).toBeLessThanOrEqual(7);
});
