import { describe, expect, test } from 'vitest';
import type { DocumentNode, PipelineDocument } from '../pipeline/document.ts';
import { clockSetter } from './clock-setter.ts';

/** Nodes by name, those that begin with `assign` assign timestamps; edges as `from>to`. */
function graph(...paths: readonly string[]): Pick<PipelineDocument, 'nodes' | 'edges'> {
  const edges = paths.map((path) => {
    const [from = '', to = ''] = path.split('>');
    return { from: { node: from, port: 'out' as const }, to: { node: to, port: 'in' as const } };
  });
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from.node, to.node]))];
  const nodes = ids.map((id): DocumentNode => ({
    id,
    type: id.startsWith('assign') ? 'assign-timestamps' : 'filter',
    typeVersion: 1,
    config: {},
    engine: {},
  }));
  return { nodes, edges };
}

describe('the node that gives rows their event time', () => {
  test('is their source where no other assigns it', () => {
    expect(clockSetter(graph('clicks>tidy', 'tidy>window'), 'window', 'clicks')).toBe('clicks');
    expect(clockSetter(graph('clicks>window'), 'clicks', 'clicks')).toBe('clicks');
  });

  test('is the last one that assigns it before the node', () => {
    const line = graph('clicks>assign-a', 'assign-a>tidy', 'tidy>assign-b', 'assign-b>window');
    expect(clockSetter(line, 'window', 'clicks')).toBe('assign-b');
    expect(clockSetter(line, 'assign-b', 'clicks')).toBe('assign-a');
    expect(clockSetter(line, 'assign-a', 'clicks')).toBe('clicks');
  });

  test('is none where they come by ways with different times, or do not come', () => {
    const two = graph('clicks>assign', 'assign>union', 'clicks>union', 'union>window');
    expect(clockSetter(two, 'window', 'clicks')).toBeNull();
    expect(clockSetter(graph('clicks>window', 'orders>count'), 'window', 'orders')).toBeNull();
  });

  test('is of their own source only', () => {
    const both = graph('clicks>union', 'orders>assign', 'assign>union', 'union>window');
    expect(clockSetter(both, 'window', 'clicks')).toBe('clicks');
    expect(clockSetter(both, 'window', 'orders')).toBe('assign');
  });
});
