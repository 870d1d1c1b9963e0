import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, distribute } from './align.ts';
import type { Box } from './boxes.ts';
import { around } from './boxes.ts';
import { linesOf, snapTo } from './helper-lines.ts';

const boxes: readonly Box[] = [
  { id: 'a', x: 0, y: 10, w: 100, h: 50 },
  { id: 'b', x: 40, y: 200, w: 60, h: 90 },
  { id: 'c', x: 300, y: 90, w: 100, h: 20 },
];

const anyBoxes = fc
  .array(
    fc.record({
      x: fc.integer(),
      y: fc.integer(),
      w: fc.integer({ min: 1, max: 500 }),
      h: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((list) => list.map((box, i): Box => ({ ...box, x: box.x % 9999, y: box.y % 9999, id: String(i) })));

describe('aligning', () => {
  it.each([
    ['left', 'x', [0, 0, 0]],
    ['right', 'x', [300, 340, 300]],
    ['centre', 'x', [150, 170, 150]],
    ['top', 'y', [10, 10, 10]],
    ['bottom', 'y', [240, 200, 270]],
    ['middle', 'y', [125, 105, 140]],
  ] as const)('to the %s changes %s alone', (side, axis, expected) => {
    const places = align(boxes, side);
    const other = axis === 'x' ? 'y' : 'x';
    expect(boxes.map(({ id }) => places.get(id)?.[axis])).toEqual(expected);
    expect(boxes.map(({ id }) => places.get(id)?.[other])).toEqual(boxes.map((box) => box[other]));
  });

  it('stays inside the box around all', () => {
    fc.assert(
      fc.property(anyBoxes, fc.constantFrom('left', 'right', 'top', 'bottom', 'centre', 'middle'), (list, side) => {
        const frame = around(list)!;
        const moved = align(list, side);
        const after = around(list.map((box) => ({ ...box, ...moved.get(box.id) })))!;
        expect(after.x).toBeGreaterThanOrEqual(frame.x);
        expect(after.y + after.h).toBeLessThanOrEqual(frame.y + frame.h);
      }),
    );
  });
});

describe('distributing', () => {
  it('makes gaps equal and keeps the ends', () => {
    const places = distribute(boxes, 'across');
    expect([...places]).toEqual([['b', { x: 170, y: 200 }]]);
    expect([...distribute(boxes, 'down')]).toEqual([['c', { x: 300, y: 120 }]]);
    expect(distribute(boxes.slice(0, 2), 'across').size).toBe(0);
  });

  it('leaves gaps that differ by rounding alone', () => {
    fc.assert(
      fc.property(anyBoxes, (list) => {
        const places = distribute(list, 'across');
        const after = list.map((box) => ({ ...box, ...places.get(box.id) }));
        const middle = ({ x, w }: Box): number => x + w / 2;
        const order = list
          .toSorted((a, b) => middle(a) - middle(b))
          .map(({ id }) => after.find((box) => box.id === id)!);
        const gaps = order.slice(1).map((box, i) => box.x - order[i]!.x - order[i]!.w);
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('helper lines', () => {
  const lines = linesOf([{ x: 100, y: 50, w: 40, h: 40 }]);
  const by = { reach: 6, grid: 16 };

  it('draw an edge or a centre to those of another box, each axis by itself', () => {
    expect(snapTo({ x: 96, y: 300, w: 60, h: 30 }, lines, by)).toEqual({ dx: 4, dy: 4, lines: { x: 100, y: null } });
    expect(snapTo({ x: 93, y: 71, w: 60, h: 30 }, lines, by)).toEqual({ dx: -3, dy: -1, lines: { x: 120, y: 70 } });
  });

  it('leave what is out of reach to the grid', () => {
    expect(snapTo({ x: 1001, y: 1009, w: 60, h: 30 }, lines, by)).toEqual({
      dx: 7,
      dy: -1,
      lines: { x: null, y: null },
    });
  });
});
