import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlice } from './feed-slices.ts';

const MOST = { nodes: 3, edges: 4 };
interface Graph {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

const NOTHING: Graph = { nodes: [], edges: [] };

const graphs = fc
  .record({
    ids: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 20 }),
    edges: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 30,
      selector: String,
    }),
  })
  .map(({ ids, edges }): Graph => ({
    nodes: ids.map((id) => ({ id: `n${String(id)}` })),
    edges: edges.map(([from, to]) => ({
      id: `${String(from)}-${String(to)}`,
      source: `n${String(from)}`,
      target: `n${String(to)}`,
    })),
  }));

describe('what is drawn of a large graph', () => {
  it('comes to be all of it, a few at a time, whatever the user does meanwhile', () => {
    fc.assert(
      fc.property(fc.array(graphs, { minLength: 1, maxLength: 5 }), (wishes) => {
        let drawn: Graph = NOTHING;
        for (const wanted of wishes) {
          // An edit in the middle: what is there follows at once.
          const followed = nextSlice(drawn, wanted, { nodes: 0, edges: 0 });
          const kept = wanted.nodes.filter(({ id }) => drawn.nodes.some((node) => node.id === id));
          expect(followed.nodes).toEqual(kept);
          const next = nextSlice(followed, wanted, MOST);
          expect(next.nodes.length).toBeLessThanOrEqual(followed.nodes.length + MOST.nodes);
          expect(next.edges.length).toBeLessThanOrEqual(followed.edges.length + MOST.edges);
          drawn = next;
        }
        const last = wishes.at(-1) ?? NOTHING;
        for (let i = 0; i < 20; i++) drawn = nextSlice(drawn, last, MOST);
        const ids = new Set(last.nodes.map(({ id }) => id));
        const joined = last.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
        expect(drawn).toEqual({ nodes: last.nodes, edges: joined, isWhole: true });
      }),
    );
  });

  it('has edges only between nodes that are there', () => {
    fc.assert(
      fc.property(graphs, (wanted) => {
        const { nodes, edges } = nextSlice(NOTHING, wanted, MOST);
        const ids = new Set(nodes.map(({ id }) => id));
        expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
      }),
    );
  });

  it('is the same objects when nothing is new', () => {
    const wanted = { nodes: [{ id: 'a' }], edges: [{ id: 'a-a', source: 'a', target: 'a' }] };
    const whole = nextSlice(NOTHING, wanted, MOST);
    const again = nextSlice(whole, wanted, MOST);
    expect(again.nodes[0]).toBe(wanted.nodes[0]);
    expect(again.edges[0]).toBe(wanted.edges[0]);
    expect(again.isWhole).toBe(true);
  });
});
