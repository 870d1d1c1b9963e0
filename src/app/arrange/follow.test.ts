import { expect, it } from 'vitest';
import type { Box, Point } from './boxes.ts';
import type { LaidOut } from './follow.ts';
import { follow } from './follow.ts';

const room = { gap: 16, grid: 16 };
const boxes: readonly Box[] = [
  { id: 'a', x: 0, y: 0, w: 176, h: 98 },
  { id: 'b', x: 0, y: 300, w: 176, h: 98 },
];
const notes: readonly Box[] = [
  { id: 'above-a', x: 0, y: -100, w: 176, h: 64 },
  { id: 'below-b', x: 0, y: 420, w: 176, h: 64 },
];
const laidOut = (b: Point): LaidOut => ({
  boxes,
  places: new Map([
    ['a', { x: 0, y: 0 }],
    ['b', b],
  ]),
  titles: [],
});

it('a note stays where it was beside the box that it was nearest to', () => {
  expect([...follow(notes, laidOut({ x: 240, y: 0 }), room)]).toEqual([
    ['above-a', { x: 0, y: -100 }],
    ['below-b', { x: 240, y: 120 }],
  ]);
});

it('a note makes way for a box that has come to lie there, and for other notes', () => {
  const [above] = [...follow(notes, laidOut({ x: 0, y: -120 }), room)];
  expect(above).toEqual(['above-a', { x: 0, y: -212 }]);
  const twins = notes.slice(0, 1).flatMap((note) => [note, { ...note, id: 'twin', y: -90 }]);
  const [one, other] = [...follow(twins, laidOut({ x: 240, y: 0 }), room).values()];
  expect(Math.abs(one!.y - other!.y)).toBeGreaterThanOrEqual(64 + 16);
});

it('a note beside a box that is not laid out stays', () => {
  const places = new Map([['b', { x: 9, y: 300 }]]);
  expect([...follow(notes, { boxes, places, titles: [] }, room).keys()]).toEqual(['below-b']);
});

it('a note does not come to lie over the title of a frame', () => {
  const titles = [{ x: 0, y: -110, w: 300, h: 28 }];
  const [above] = [...follow(notes, { ...laidOut({ x: 240, y: 0 }), titles }, room)];
  expect(above).toEqual(['above-a', { x: 0, y: -196 }]);
});
