import { expect, test } from 'vitest';
import type { DocumentEdge } from '../pipeline/document.ts';
import { lineagePath } from './lineage-path.ts';

function edges(...ways: readonly string[]): readonly DocumentEdge[] {
  return ways.map((way) => {
    const [from = '', to = ''] = way.split('>');
    return { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } };
  });
}

test('the way of a lineage has what lies between its ends, and nothing beside', () => {
  const graph = { edges: edges('clicks>clean', 'clean>join', 'buys>join', 'join>out', 'clean>other', 'join>count') };
  expect([...lineagePath(graph, ['clicks'], ['join']).nodeIds].sort()).toEqual(['clean', 'clicks', 'join']);
  expect([...lineagePath(graph, ['clicks', 'buys'], ['out']).nodeIds].sort()).toEqual([
    'buys',
    'clean',
    'clicks',
    'join',
    'out',
  ]);
  expect([...lineagePath(graph, ['buys'], ['other']).nodeIds]).toEqual([]);
});
