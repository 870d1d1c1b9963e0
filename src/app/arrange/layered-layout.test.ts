import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaidOutBox, LaidOutEdge } from './layered-layout.ts';
import { anchored, layeredLayout } from './layered-layout.ts';

const box = (id: string): LaidOutBox => ({ id, x: 0, y: 0, w: 176, h: 98, portY: 45 });
const edge = (text: string): LaidOutEdge => {
  const [from = '', to = ''] = text.split('>');
  return { from, to };
};

describe('the layout in columns', () => {
  it('leads from left to right, straight where nothing is in the way, with room for labels', () => {
    const places = layeredLayout(['a', 'b', 'c'].map(box), ['a>b', 'b>c'].map(edge), 16);
    const [a, b, c] = ['a', 'b', 'c'].map((id) => places.get(id)!);
    expect(b!.x - a!.x).toBeGreaterThanOrEqual(176 + 56);
    expect(c!.x - b!.x).toBeGreaterThanOrEqual(176 + 56);
    expect([a!.y, c!.y]).toEqual([b!.y, b!.y]);
  });

  it.each([
    [['l>j', 'r>j', 'j>s'], 'l', 'r'],
    [['r>j', 'l>j', 'j>s'], 'r', 'l'],
    [['a>l', 'b>r', 'l>j', 'r>j'], 'l', 'r'],
    [['a>l', 'b>r', 'r>j', 'l>j'], 'r', 'l'],
  ])('puts the upper input above the lower: %s', (edges, upper, lower) => {
    const places = layeredLayout(['r', 'l', 'b', 'a', 'j', 's'].map(box), edges.map(edge), 16);
    expect(places.get(upper)!.y).toBeLessThan(places.get(lower)!.y);
  });

  it.each([[['a>j', 'b>j', 'b>k', 'a>k']], [['a>j', 'b>j', 'a>j']], [['3>5', '1>6', '0>5', '3>5']]])(
    'holds where inputs contradict each other: %s',
    (edges) => {
      const ids = [...new Set(edges.flatMap((text) => text.split('>')))];
      const places = [...layeredLayout(ids.map(box), edges.map(edge), 16).values()];
      expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(ids.length);
    },
  );

  it('covers no node with another, stands on the grid, and never leads back', () => {
    const pairs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 25 });
    fc.assert(
      fc.property(pairs, (list) => {
        const boxes = Array.from({ length: 12 }, (_, i) => box(String(i)));
        const edges = list.filter(([a, b]) => a < b).map(([a, b]) => edge(`${a}>${b}`));
        const places = [...layeredLayout(boxes, edges, 16)];
        expect(places.every(([, { x, y }]) => x % 16 === 0 && y % 16 === 0)).toBe(true);
        const at = new Map(places);
        for (const { from, to } of edges) expect(at.get(to)!.x - at.get(from)!.x).toBeGreaterThanOrEqual(176 + 56);
        for (const [i, [, one]] of places.entries()) {
          for (const [, other] of places.slice(i + 1)) {
            expect(Math.abs(one.x - other.x) >= 176 || Math.abs(one.y - other.y) >= 98).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the anchor where it is', () => {
    const places = layeredLayout(['a', 'b'].map(box), ['a>b'].map(edge), 16);
    const shifted = anchored(places, { id: 'b', x: 7, y: 9 });
    expect(shifted.get('b')).toEqual({ x: 7, y: 9 });
    expect(shifted.get('b')!.x - shifted.get('a')!.x).toBe(places.get('b')!.x - places.get('a')!.x);
  });
});
