import { expect, test } from 'vitest';
import { pointBytesFor } from './point-room.ts';

test.each([
  [undefined, 128],
  [0.25, 64],
  [2, 64],
  [4, 128],
  [8, 256],
  [32, 256],
])('of a machine with %s GiB %d MiB may be kept to go back by', (memoryGib, mib) => {
  expect(pointBytesFor(memoryGib)).toBe(mib * 1024 * 1024);
});
