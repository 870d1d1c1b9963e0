import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaidOutBox, LaidOutEdge } from './layered-layout.ts';
import type { Area, Places } from './boxes.ts';
import { around, overlap } from './boxes.ts';
import { anchored, layeredLayout } from './layered-layout.ts';

const box = (id: string): LaidOutBox => ({ id, x: 0, y: 0, w: 176, h: 98, portY: 45 });
const edge = (text: string): LaidOutEdge => {
  const [from = '', to = ''] = text.split('>');
  return { from, to };
};

const laidOut = (ids: readonly string[], edges: readonly string[]): Places =>
  layeredLayout({ boxes: ids.map(box), edges: edges.map(edge), clusters: [] }, 16);

/** What the canvas draws around a group. */
function frameOf(ids: readonly string[], places: Places): Area {
  const { x, y, w, h } = around(ids.map((id) => ({ ...box(id), ...places.get(id)! })))!;
  return { x: x - 20, y: y - 48, w: w + 40, h: h + 72 };
}

describe('the layout in columns', () => {
  it('leads from left to right, straight where nothing is in the way, with room for labels', () => {
    const places = laidOut(['a', 'b', 'c'], ['a>b', 'b>c']);
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
    const places = laidOut(['r', 'l', 'b', 'a', 'j', 's'], edges);
    expect(places.get(upper)!.y).toBeLessThan(places.get(lower)!.y);
  });

  it.each([[['a>j', 'b>j', 'b>k', 'a>k']], [['a>j', 'b>j', 'a>j']], [['3>5', '1>6', '0>5', '3>5']]])(
    'holds where inputs contradict each other: %s',
    (edges) => {
      const ids = [...new Set(edges.flatMap((text) => text.split('>')))];
      const places = [...laidOut(ids, edges).values()];
      expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(ids.length);
    },
  );

  it('covers no node with another, stands on the grid, and never leads back', () => {
    const pairs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 25 });
    fc.assert(
      fc.property(pairs, (list) => {
        const boxes = Array.from({ length: 12 }, (_, i) => box(String(i)));
        const edges = list.filter(([a, b]) => a < b).map(([a, b]) => edge(`${a}>${b}`));
        const places = [...layeredLayout({ boxes, edges, clusters: [] }, 16)];
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

  it('keeps clusters together: no other box and no other frame comes to lie in a frame', () => {
    const pairs = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 16 });
    const homes = fc.array(fc.nat(2), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(pairs, homes, (list, home) => {
        const boxes = home.map((_, i) => box(String(i)));
        const edges = list.filter(([a, b]) => a < b).map(([a, b]) => edge(`${a}>${b}`));
        const idsAt = (at: number): string[] => boxes.flatMap(({ id }, i) => (home[i] === at ? [id] : []));
        const clusters = [idsAt(1), idsAt(2)].filter((ids) => ids.length > 0);
        const places = layeredLayout({ boxes, edges, clusters }, 16);
        const frames = clusters.map((ids) => frameOf(ids, places));
        for (const frame of frames) {
          expect(idsAt(0).filter((id) => overlap(frame, { ...box(id), ...places.get(id)! }))).toEqual([]);
        }
        if (frames.length === 2) expect(overlap(frames[0]!, frames[1]!)).toBe(false);
        for (const { from, to } of edges) expect(places.get(to)!.x).toBeGreaterThan(places.get(from)!.x);
      }),
      { numRuns: 80 },
    );
  });

  it('leaves the anchor where it is', () => {
    const places = laidOut(['a', 'b'], ['a>b']);
    const shifted = anchored(places, { id: 'b', x: 7, y: 9 });
    expect(shifted.get('b')).toEqual({ x: 7, y: 9 });
    expect(shifted.get('b')!.x - shifted.get('a')!.x).toBe(places.get('b')!.x - places.get('a')!.x);
  });
});
