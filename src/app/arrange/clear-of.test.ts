import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearOf } from './clear-of.ts';

const by = { gap: 16, grid: 16 };
const at = (x: number, y: number): { x: number; y: number; w: number; h: number } => ({ x, y, w: 100, h: 50 });

describe('making room', () => {
  it('stays where nothing is covered, else goes the shorter way', () => {
    expect(clearOf([at(0, 0)], [at(0, 66), at(200, 0)], by)).toBe(0);
    expect(clearOf([at(0, 0)], [at(0, 20)], by)).toBe(-48);
    expect(clearOf([at(0, 0)], [at(0, -20)], by)).toBe(48);
    expect(clearOf([at(0, 0)], [at(0, 20), at(0, -80)], by)).toBe(96);
  });

  it('covers nothing, and nothing nearer would do', () => {
    const area = fc.record({
      x: fc.nat(400),
      y: fc.nat(600),
      w: fc.constant(100),
      h: fc.integer({ min: 10, max: 90 }),
    });
    const covers = (
      moved: readonly { x: number; y: number; w: number; h: number }[],
      dy: number,
      fixed: typeof moved,
    ) =>
      moved.some((a) =>
        fixed.some(
          (b) =>
            a.x < b.x + b.w + by.gap &&
            b.x < a.x + a.w + by.gap &&
            a.y + dy < b.y + b.h + by.gap &&
            b.y < a.y + dy + a.h + by.gap,
        ),
      );
    fc.assert(
      fc.property(fc.array(area, { maxLength: 5 }), fc.array(area, { maxLength: 8 }), (moved, fixed) => {
        const way = clearOf(moved, fixed, by);
        expect(Math.abs(way) % by.grid).toBe(0);
        expect(covers(moved, way, fixed)).toBe(false);
        for (let step = Math.abs(way) - by.grid; step >= 0; step -= by.grid) {
          expect([covers(moved, step, fixed), covers(moved, -step, fixed)]).toEqual([true, true]);
        }
      }),
    );
  });
});
