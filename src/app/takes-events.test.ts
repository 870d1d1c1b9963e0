import { expect, test } from 'vitest';
import type { DocumentEdge } from '../pipeline/document.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import { takesEvents } from './takes-events.ts';

test('what stands before the first window or join takes events, what stands behind does not', () => {
  for (const { document } of GALLERY) {
    for (const node of document.nodes) {
      const into = document.edges.filter(({ to }) => to.node === node.id);
      const fromWindow = into.some(({ from }) => {
        const type = document.nodes.find(({ id }) => id === from.node)?.type ?? '';
        return /^(window|join|aggregate|over|top-n|dedup|pattern|suppress)/.test(type) && from.port === 'out';
      });
      if (fromWindow) expect([node.id, takesEvents(document, node.id)]).toEqual([node.id, false]);
      if (node.type.startsWith('source.')) expect(takesEvents(document, node.id)).toBe(true);
    }
  }
});

test('late rows are the events themselves', () => {
  const { document } = clicksToPurchases;
  const window = document.nodes.find(({ type }) => /^(window|join)/.test(type));
  const behind = (port: 'late' | 'out'): boolean => {
    const edge: DocumentEdge = { from: { node: window?.id ?? '', port }, to: { node: 'beside', port: 'in' } };
    return takesEvents({ nodes: document.nodes, edges: [...document.edges, edge] }, 'beside');
  };
  expect([behind('late'), behind('out')]).toEqual([true, false]);
});
