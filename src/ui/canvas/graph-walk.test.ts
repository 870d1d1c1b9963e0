import { describe, expect, it } from 'vitest';
import { nodesInOrder } from '../../app/document-order.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { emptyDocument } from '../../pipeline/empty-document.ts';
import { edgeBeside, firstEdgeOf } from './edge-walk.ts';
import { nodeBeside } from './graph-walk.ts';
import type { Direction } from './graph-walk.ts';

/** `a>b` is an edge; nodes stand in the document as they are named, beneath each other unless `layout` says where. */
function graph(names: string, edges: string, layout: Readonly<Record<string, readonly [number, number]>> = {}) {
  const ids = names.split(' ');
  return {
    ...emptyDocument('x'),
    nodes: ids.map((id) => ({ id, type: 'filter', typeVersion: 1, config: {}, engine: {} })),
    edges: edges
      .split(' ')
      .filter(Boolean)
      .map((edge) => {
        const [from = '', to = ''] = edge.split('>');
        return { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
      }),
    layout: Object.fromEntries(
      ids.map((id, i) => [id, { x: layout[id]?.[0] ?? 0, y: layout[id]?.[1] ?? i * 100 }] as const),
    ),
  } as PipelineDocument;
}

//  a ─┬─> b ──> d ──> e
//     └─> c ──> d         z stands alone
const DIAMOND = graph('z e d c b a', 'a>c a>b b>d c>d d>e', { b: [0, 200], c: [0, 400] });

describe('walking from node to node', () => {
  it.each<[string, Direction, string | null]>([
    ['a', 'downstream', 'c'],
    ['b', 'downstream', 'd'],
    ['d', 'downstream', 'e'],
    ['e', 'downstream', null],
    ['e', 'upstream', 'd'],
    ['d', 'upstream', 'b'],
    ['a', 'upstream', null],
    ['b', 'following', 'c'],
    ['c', 'preceding', 'b'],
  ])('from %s %s is %s', (from, direction, to) => {
    expect(nodeBeside(DIAMOND, from, direction)).toBe(to);
  });

  it('where there is no other branch, it goes on as rows flow, and comes to an end', () => {
    const walk = (from: string, direction: Direction): readonly string[] => {
      const next = nodeBeside(DIAMOND, from, direction);
      return next === null ? [from] : [from, ...walk(next, direction)];
    };
    expect(walk('z', 'following')).toEqual(['z', 'a', 'b', 'c', 'd', 'e']);
    expect(walk('e', 'preceding')).toEqual(['e', 'd', 'c', 'b', 'a', 'z']);
  });

  it('without a node, or one that is gone, it begins at the first', () => {
    expect(nodeBeside(DIAMOND, null, 'downstream')).toBe('z');
    expect(nodeBeside(DIAMOND, 'gone', 'upstream')).toBe('z');
    expect(nodeBeside(graph('', ''), null, 'downstream')).toBe('');
  });

  it('a loop is no trap', () => {
    const loop = graph('a b', 'a>b b>a');
    expect(nodeBeside(loop, 'a', 'downstream')).toBe('b');
    expect(nodeBeside(loop, 'b', 'downstream')).toBe('a');
  });
});

describe('walking over edges', () => {
  const key = (from: string, to: string): string => `${from}:out->${to}:in`;

  it('begins with the first that leaves the node, else with the first that comes in', () => {
    expect(firstEdgeOf(DIAMOND, 'a')).toBe(key('a', 'c'));
    expect(firstEdgeOf(DIAMOND, 'e')).toBe(key('d', 'e'));
    expect(firstEdgeOf(DIAMOND, 'z')).toBeNull();
  });

  it('goes round all edges at either end, there and back', () => {
    const first = firstEdgeOf(DIAMOND, 'b');
    const round: (string | null)[] = [first];
    for (let at = first; at !== null && round.length < 4;) round.push((at = edgeBeside(DIAMOND, at, 1)));
    expect(round).toEqual([key('b', 'd'), key('c', 'd'), key('d', 'e'), key('b', 'd')]);
    expect(edgeBeside(DIAMOND, key('c', 'd'), -1)).toBe(first);
    expect(edgeBeside(DIAMOND, key('gone', 'gone'), 1)).toBeNull();
  });
});

describe('the order of Tab', () => {
  const ids = (document: PipelineDocument): readonly string[] => nodesInOrder(document);

  it('is that in which rows flow, and from top to bottom where no edge tells', () => {
    const document = graph('e d low high b a', 'a>b b>d d>e', {
      a: [0, 0],
      b: [200, 0],
      d: [400, 0],
      e: [600, 0],
      low: [0, 300],
      high: [0, 200],
    });
    expect(ids(document)).toEqual(['a', 'b', 'd', 'e', 'high', 'low']);
  });

  it('stays while nodes are moved, and follows an edge that is drawn', () => {
    const document = graph('a b', '', { a: [0, 0], b: [0, 100] });
    expect(ids(document)).toEqual(['a', 'b']);
    const moved = { ...document, layout: { ...document.layout, a: { x: 0, y: 500 } } };
    expect(ids(moved)).toEqual(['a', 'b']);
    expect(ids({ ...moved, edges: graph('a b', 'b>a').edges })).toEqual(['b', 'a']);
  });

  it('stays for what is left when nodes and edges are deleted, and is found again by undo', () => {
    const document = graph('a b c d', 'a>b b>c c>d', { a: [0, 0], b: [200, 0], c: [400, -100], d: [600, -200] });
    expect(ids(document)).toEqual(['a', 'b', 'c', 'd']);
    // Settings that were edited before make no difference.
    const edited = document.nodes.map((node) => ({ ...node }));
    expect(ids({ ...document, nodes: edited })).toEqual(['a', 'b', 'c', 'd']);
    const nodes = edited.filter(({ id }) => id !== 'b');
    const cut = { ...document, nodes, edges: document.edges.filter(({ from }) => from.node === 'c') };
    expect(ids(cut)).toEqual(['a', 'c', 'd']);
    expect(ids({ ...cut, nodes: [...nodes] })).toEqual(['a', 'c', 'd']);
    expect(ids(document)).toEqual(['a', 'b', 'c', 'd']);
    // The same graph, of which nothing is known.
    expect(ids(structuredClone(cut))).toEqual(['c', 'd', 'a']);
  });
});
