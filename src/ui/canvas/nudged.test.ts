import { expect, it } from 'vitest';
import { nudged } from './nudged.ts';

const before = { width: 1000, height: 500 };

it.each([
  ['stays where it is seen', { x: 100, y: 100, width: 176, height: 96 }, { width: 700, height: 500 }, null],
  [
    'moves as far as it must',
    { x: 700, y: 100, width: 176, height: 96 },
    { width: 700, height: 500 },
    { x: -192, y: 0 },
  ],
  ['moves both ways', { x: 700, y: 400, width: 176, height: 96 }, { width: 700, height: 300 }, { x: -192, y: -212 }],
  [
    'shows its near edge where both do not fit',
    { x: 300, y: 100, width: 176, height: 96 },
    { width: 100, height: 500 },
    { x: -284, y: 0 },
  ],
  ['stays out of view where it was', { x: 900, y: 100, width: 176, height: 96 }, { width: 700, height: 500 }, null],
  ['stays when there is more room', { x: 700, y: 100, width: 176, height: 96 }, { width: 1400, height: 800 }, null],
])('what was in view %s', (_, box, after, moved) => {
  expect(nudged(box, before, after)).toEqual(moved);
});
