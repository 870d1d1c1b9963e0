import { expect, it } from 'vitest';
import type { Box } from '../../app/arrange/boxes.ts';
import { frameAround } from './frame-geometry.ts';
import type { GroupDrag } from './group-drag.ts';
import { homesOf, notesIn } from './group-drag.ts';

const box = (id: string, x: number, y: number): Box => ({ id, x, y, w: 176, h: 98 });
const groups = [
  { id: 'g', title: '', nodes: ['a', 'b'] },
  { id: 'h', title: '', nodes: ['c'] },
];
const drag: GroupDrag = {
  groups,
  frames: new Map([
    ['g', frameAround([box('a', 0, 0), box('b', 240, 0)])!],
    ['h', frameAround([box('c', 1000, 0)])!],
  ]),
  notes: [
    { id: 'inside', x: 10, y: 20, w: 80, h: 64 },
    { id: 'across', x: 400, y: 20, w: 80, h: 64 },
  ],
};
const homes = (...moved: Box[]): object => Object.fromEntries(homesOf(drag, moved));

it('a node that is let go in a frame joins its group', () => {
  expect(homes(box('x', 120, 10))).toEqual({ x: 'g' });
  expect(homes(box('x', 420, 10))).toEqual({});
  expect(homes(box('b', 1010, 10))).toEqual({ b: 'h' });
});

it('a node leaves its group when it is pulled out of the frame altogether', () => {
  expect(homes(box('b', 400, 0))).toEqual({});
  expect(homes(box('b', 440, 0))).toEqual({ b: null });
  expect(homes(box('b', 240, 300))).toEqual({ b: null });
});

it('nodes that are moved with their whole group stay in it, wherever they go', () => {
  expect(homes(box('a', 1000, 0), box('b', 1240, 0))).toEqual({});
  expect(homes(box('c', 20, 10))).toEqual({});
});

it('notes go with the frame that they lie in', () => {
  expect(notesIn(drag, 'g')).toEqual(['inside']);
  expect(notesIn(drag, 'h')).toEqual([]);
});
