import { expect, test } from 'vitest';
import { packingOf } from './packed-floats.ts';

test.each([
  ['one value throughout', [7.5, 7.5, 7.5], 0],
  ['the same NaN', [Number.NaN, Number.NaN], 0],
  ['small counts', [0, 255, 3], 1],
  ['counts over a byte', [0, 256], 2],
  ['times of a minute', [1_700_000_000_000, 1_700_000_059_999], 2],
  ['times of a day', [1_700_000_000_000, 1_700_086_400_000], 4],
  ['times of a year', [1_700_000_000_000, 1_731_536_000_000], 8],
  ['a fraction among counts', [1, 2.5], 8],
  ['-0 among counts', [0, -0], 8],
  ['what lies outside of the safe whole numbers', [2 ** 53, 2 ** 53 + 2], 8],
])('%s', (_name, values, width) => {
  expect(packingOf(Float64Array.from(values)).width).toBe(width);
});
