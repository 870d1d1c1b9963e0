import { describe, expect, it } from 'vitest';
import type { DocumentEdge, NodeKind, PipelineDocument } from './document.ts';
import { edgeKey } from './document.ts';
import * as edits from './edits.ts';
import { emptyDocument } from './empty-document.ts';
import { fitOf } from './fitting.ts';
import { makeRoom, removeAndReconnect, spliceIntoEdge, whereOnEdge } from './splice.ts';
import { suggestedConfig } from './suggested-config.ts';

/** `a.out > b.left` */
function edge(text: string): DocumentEdge {
  const [from = '', to = ''] = text.split(' > ');
  const [fromNode = '', fromPort = 'out'] = from.split('.');
  const [toNode = '', toPort = 'in'] = to.split('.');
  return { from: { node: fromNode, port: fromPort as 'out' }, to: { node: toNode, port: toPort as 'in' } };
}

function graph(nodes: Readonly<Record<string, NodeKind>>, edges: readonly string[]): PipelineDocument {
  const placed = Object.entries(nodes).reduce(
    (document, [id, kind], i) =>
      edits.addNode(document, { kind, id, config: suggestedConfig(kind, [], {}), position: { x: i * 240, y: 0 } }),
    { ...emptyDocument('x'), dialect: 'flink-sql' } as PipelineDocument,
  );
  return edges.map(edge).reduce(edits.connect, placed);
}

const keys = ({ edges }: PipelineDocument): readonly string[] => edges.map(edgeKey);

describe('a node on an edge', () => {
  const unioned = graph(
    { a: 'source.generator', b: 'source.generator', u: 'union', s: 'sink', f: 'filter', w: 'window', end: 'sink' },
    ['a > u', 'b > u', 'u > s'],
  );

  it('stands between its ends; the order of a union is kept', () => {
    const spliced = spliceIntoEdge(unioned, { key: 'a:out->u:in', node: 'f', input: 'in' });
    expect(keys(spliced)).toEqual(['f:out->u:in', 'b:out->u:in', 'u:out->s:in', 'a:out->f:in']);
    expect(spliceIntoEdge(unioned, { key: 'nothing', node: 'f', input: 'in' })).toBe(unioned);
  });

  it('is one that takes the stream and whose result is taken', () => {
    expect(whereOnEdge(unioned, 'a:out->u:in', 'f')).toEqual({ input: 'in' });
    expect(whereOnEdge(unioned, 'u:out->s:in', 'w')).toEqual({ input: 'in' });
    expect(whereOnEdge(unioned, 'a:out->u:in', 'end')).toHaveProperty('reason');
    expect(whereOnEdge(unioned, 'a:out->u:in', 'b')).toHaveProperty('reason');
    expect(whereOnEdge(unioned, 'a:out->u:in', 'u')).toHaveProperty('reason');
    expect(whereOnEdge(unioned, 'u:out->s:in', 'nobody')).toHaveProperty('reason');
    // Beside the other input of the union: a window's columns are not those of the clicks.
    expect(whereOnEdge(unioned, 'a:out->u:in', 'w')).toHaveProperty('reason', expect.stringContaining('union'));
  });

  it('gets room: the target and what follows it move, nothing else', () => {
    const moved = makeRoom(unioned, 'u', 600);
    expect(['a', 'b', 'u', 's', 'f'].map((id) => moved.layout[id]?.x)).toEqual([0, 240, 600, 840, 960]);
    expect(makeRoom(unioned, 'u', 100)).toBe(unioned);
  });
});

describe('delete and reconnect', () => {
  const chain = graph(
    { a: 'source.generator', f: 'filter', g: 'filter', s: 'sink', t: 'sink' },
    ['a > f', 'f > g', 'g > s', 'g > t', 'f.rejected > t'], // prettier-ignore
  );

  it('wires what came before to all that came behind, through one node or several', () => {
    const { document, refused } = removeAndReconnect(chain, ['f', 'g']);
    expect(keys(document)).toEqual(['a:out->s:in', 'a:out->t:in']);
    expect(refused).toEqual([]);
    expect(keys(removeAndReconnect(chain, ['g']).document)).toContain('f:out->s:in');
  });

  it('takes a join’s left stream, and says what it could not wire', () => {
    const joined = graph(
      {
        a: 'source.generator',
        b: 'source.generator',
        j: 'join.interval',
        s: 'sink',
      },
      ['a > j.left', 'b > j.right', 'j > s'],
    );
    expect(keys(removeAndReconnect(joined, ['j']).document)).toContain('a:out->s:in');
    const counted = graph({ a: 'source.generator', n: 'aggregate', w: 'suppress', s: 'sink' }, [
      'a > n',
      'n > w',
      'w > s',
    ]);
    const { document, refused } = removeAndReconnect(counted, ['n']);
    expect(keys(document)).toEqual(['w:out->s:in']);
    expect(refused).toEqual([expect.stringMatching(/^a to w: /)]);
  });

  it('leaves the same document when there is nothing to remove', () => {
    expect(removeAndReconnect(chain, ['nobody']).document).toBe(chain);
  });
});

describe('what fits', () => {
  const counted = graph({ a: 'source.generator', n: 'aggregate', w: 'over', s: 'sink' }, ['a > n', 'n > s']);
  const none = { from: null, to: null };
  const offer = (kind: NodeKind) => ({ kind, preset: {} });

  it('behind an output is what takes its rows; others say why not, sources are no question', () => {
    const from = { node: 'n', port: 'out' } as const;
    expect(fitOf(counted, { ...none, from }, offer('sink'))).toEqual({ fits: true, input: 'in' });
    expect(fitOf(counted, { ...none, from }, offer('over'))).toMatchObject({
      fits: false,
      reason: /^Takes a stream/,
    });
    expect(fitOf(counted, { ...none, from }, offer('source.generator'))).toBeNull();
    expect(fitOf(counted, { ...none, from }, offer('join.stream'))).toBeNull();
  });

  it('before an input is what makes rows that it takes', () => {
    const to = { node: 'w', port: 'in' } as const;
    expect(fitOf(counted, { ...none, to }, offer('source.generator'))).toEqual({ fits: true, input: null });
    expect(fitOf(counted, { ...none, to }, offer('aggregate'))).toMatchObject({ fits: false });
    expect(fitOf(counted, { ...none, to }, offer('sink'))).toBeNull();
  });

  it('between two is what does both', () => {
    const gap = { from: { node: 'a', port: 'out' }, to: { node: 'w', port: 'in' } } as const;
    expect(fitOf(counted, gap, offer('filter'))).toEqual({ fits: true, input: 'in' });
    expect(fitOf(counted, gap, offer('aggregate'))).toMatchObject({ fits: false, reason: /next input takes/ });
    expect(fitOf(counted, gap, offer('sink'))).toBeNull();
  });

  it('anywhere is all that the dialect has', () => {
    expect(fitOf(counted, none, offer('union'))).toEqual({ fits: true, input: null });
    expect(fitOf(counted, none, offer('join.stream'))).toBeNull();
  });
});
