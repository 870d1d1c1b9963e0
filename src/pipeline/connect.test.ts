import { describe, expect, it } from 'vitest';
import { whyNotConnect } from './connect.ts';
import * as edits from './edits.ts';
import { emptyDocument } from './empty-document.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';

const origin = { x: 0, y: 0 };
const { document } = clicksToPurchases;
const withUnion = edits.addNode(document, { kind: 'union', config: {}, position: origin });

/** Ends as text: `node.port`. */
function why(from: string, to: string, at = withUnion): string | null {
  const [fromNode = '', fromPort = ''] = from.split('.');
  const [toNode = '', toPort = ''] = to.split('.');
  return whyNotConnect(at, { node: fromNode, port: fromPort as 'out' }, { node: toNode, port: toPort as 'in' });
}

describe('an edge', () => {
  it('may lead on from a source, also several times', () => {
    expect(why('clicks.out', 'union.in')).toBeNull();
    expect(why('clicks-per-user.late', 'union.in')).toBeNull();
  });

  it.each([
    ['clicks.out', 'real-pages.in', 'already connected'],
    ['purchases.out', 'real-pages.in', 'put a union before it'],
    ['real-pages.out', 'real-pages.in', 'cannot feed itself'],
    ['clicks.late', 'union.in', 'no output late'],
    ['clicks.out', 'union.left', 'no input left'],
    ['nobody.out', 'union.in', 'no node nobody'],
    ['click-to-purchase.out', 'real-pages.in', 'already has an edge'],
  ])('%s to %s: %s', (from, to, reason) => {
    expect(why(from, to)).toContain(reason);
  });

  it('closes no loop, however long', () => {
    const chained = edits.connect(withUnion, {
      from: { node: 'click-to-purchase', port: 'late' },
      to: { node: 'union', port: 'in' },
    });
    const freed = edits.disconnect(chained, ['clicks:out->real-pages:in']);
    expect(why('union.out', 'real-pages.in', freed)).toContain('would close a loop');
    expect(why('clicks.out', 'real-pages.in', freed)).toBeNull();
  });

  it('brings the columns that the other inputs have', () => {
    const one = edits.connect(withUnion, { from: { node: 'clicks', port: 'out' }, to: { node: 'union', port: 'in' } });
    expect(why('real-pages.out', 'union.in', one)).toBeNull();
    expect(why('purchases.out', 'union.in', one)).toContain('Put a map before the union');
  });

  it('brings an event time where one is needed', () => {
    let graph = edits.addNode(emptyDocument('x'), {
      kind: 'source.file',
      position: origin,
      config: {
        format: 'csv',
        columns: [{ name: 'a', type: 'STRING' }],
        arrival: { by: 'column', column: 'a', unit: 's' },
      },
    });
    graph = edits.addNode(edits.setTimeDomain(graph, 'processing'), {
      kind: 'window',
      config: { sizeMs: 10_000 },
      position: origin,
    });
    expect(why('file.out', 'window.in', graph)).toBeNull();
  });
});
