import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentEdge, DocumentNode } from './document.ts';
import { buildGraph } from './graph.ts';

function graphOf(count: number, pairs: readonly (readonly [number, number])[]) {
  const nodes = Array.from({ length: count }, (_, i): DocumentNode => {
    return { id: `n${i}`, type: 'union', typeVersion: 1, config: {}, engine: {} };
  });
  const edges = pairs.map(([from, to]): DocumentEdge => {
    return { from: { node: `n${from}`, port: 'out' }, to: { node: `n${to}`, port: 'in' } };
  });
  return buildGraph({ nodes, edges });
}

describe('the order of nodes', () => {
  it('leads forward along edges, ties in the order of the document', () => {
    expect(
      graphOf(5, [
        [4, 0],
        [3, 1],
      ]).order,
    ).toEqual([2, 3, 1, 4, 0]);
  });

  it('leaves out what stands on or behind a loop', () => {
    const graph = graphOf(5, [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
    ]);
    expect(graph.order).toEqual([0, 4]);
    expect(graph.cycles).toEqual([[1, 2]]);
  });

  it('holds for any graph without loops', () => {
    const pair = fc.tuple(fc.nat(19), fc.nat(19)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
        const forward = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
        expect(graphOf(20, forward).order).toEqual(Array.from({ length: 20 }, (_, i) => i));
        const backward = pairs.map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
        const { order } = graphOf(20, backward);
        const placeOf = new Map(order.map((node, place) => [node, place]));
        expect(backward.every(([from, to]) => placeOf.get(from)! < placeOf.get(to)!)).toBe(true);
      }),
    );
  });
});

describe('loops', () => {
  it('are the nodes that reach themselves, grouped by who reaches whom', () => {
    const pair = fc.tuple(fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 25 }), (pairs) => {
        const reach = Array.from({ length: 10 }, () => new Set<number>());
        for (let round = 0; round < 10; round++) {
          for (const [a, b] of pairs) for (const c of [b, ...reach[b]!]) reach[a]!.add(c);
        }
        const onLoop = [...reach.keys()].filter((node) => reach[node]!.has(node));
        const expected = new Map<string, number[]>();
        for (const node of onLoop) {
          const peers = onLoop.filter((other) => reach[node]!.has(other) && reach[other]!.has(node));
          expected.set(peers.join(), peers);
        }
        expect(graphOf(10, pairs).cycles).toEqual([...expected.values()]);
      }),
    );
  });

  it('are found in a chain too long for recursion', () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => [i, (i + 1) % 100_000] as const);
    expect(graphOf(100_000, chain).cycles[0]).toHaveLength(100_000);
  });
});
