import { describe, expect, it } from 'vitest';
import type { DocumentEdge, PipelineDocument } from './document.ts';
import { edgeKey } from './document.ts';
import * as edits from './edits.ts';
import { emptyDocument } from './empty-document.ts';
import { copyFragment, duplicateNodes, pasteFragment } from './fragment.ts';
import { clicksToPurchases } from './templates/clicks-to-purchases.ts';
import { validate } from './validate.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const document = frozen(clicksToPurchases.document);
const edge: DocumentEdge = { from: { node: 'clicks', port: 'out' }, to: { node: 'activity', port: 'in' } };

describe('edits', () => {
  it('build a graph that runs', () => {
    let built = edits.addNode(emptyDocument('new'), { kind: 'source.generator', config: {}, position: { x: 0, y: 0 } });
    built = edits.addNode(built, { kind: 'filter', config: { predicate: 'TRUE' }, position: { x: 200, y: 0 } });
    built = edits.addNode(built, { kind: 'filter', config: { predicate: 'TRUE' }, position: { x: 200, y: 100 } });
    built = edits.addNode(built, { kind: 'sink', config: {}, position: { x: 400, y: 0 }, label: 'End' });
    expect(built.nodes.map(({ id }) => id)).toEqual(['generator', 'filter', 'filter-2', 'sink']);
    built = edits.removeNodes(built, ['filter-2']);
    built = edits.connect(built, { from: { node: 'generator', port: 'out' }, to: { node: 'filter', port: 'in' } });
    built = edits.connect(built, { from: { node: 'filter', port: 'out' }, to: { node: 'sink', port: 'in' } });
    expect(validate(built)).toEqual([]);
    expect(Object.keys(built.layout)).toEqual(['generator', 'filter', 'sink']);
  });

  it.each<[string, (from: PipelineDocument) => PipelineDocument]>([
    ['add a node', (from) => edits.addNode(from, { kind: 'union', config: {}, position: { x: 1, y: 2 } })],
    ['remove nodes', (from) => edits.removeNodes(from, ['clicks'])],
    ['connect', (from) => edits.connect(from, edge)],
    ['disconnect', (from) => edits.disconnect(from, [edgeKey(from.edges[0]!)])],
    ['move', (from) => edits.moveNodes(from, new Map([['clicks', { x: 5, y: 6 }]]))],
    ['configure', (from) => edits.setConfig(from, { id: 'real-pages', config: { predicate: 'FALSE' } })],
    ['label', (from) => edits.setLabel(from, 'clicks', 'Visits')],
    ['rename', (from) => edits.renameDocument(from, 'Other')],
    ['set the dialect', (from) => edits.setDialect(from, 'kafka-streams')],
    ['set the time', (from) => edits.setTimeDomain(from, 'processing')],
    ['set the run', (from) => edits.setRun(from, { seed: 7 })],
    ['duplicate', (from) => duplicateNodes(from, { ids: ['clicks'], offset: { x: 20, y: 20 } })],
  ])('%s: give a new document, share the rest, do nothing twice', (_, edit) => {
    const edited = edit(document);
    expect(edited).not.toBe(document);
    expect(edited).not.toEqual(document);
    const shared = edited.nodes.filter((node) => document.nodes.includes(node));
    expect(shared.length).toBeGreaterThanOrEqual(document.nodes.length - 1);
  });

  it.each<[string, (from: PipelineDocument) => PipelineDocument]>([
    ['remove nobody', (from) => edits.removeNodes(from, ['nobody'])],
    ['connect what is connected', (from) => edits.connect(from, from.edges[0]!)],
    ['disconnect nothing', (from) => edits.disconnect(from, ['x'])],
    ['move to the same place', (from) => edits.moveNodes(from, new Map([['clicks', from.layout['clicks']!]]))],
    ['move nobody', (from) => edits.moveNodes(from, new Map([['nobody', { x: 1, y: 1 }]]))],
    ['label as before', (from) => edits.setLabel(from, 'clicks', 'Clicks')],
    ['rename as before', (from) => edits.renameDocument(from, from.name)],
    ['paste nothing', (from) => pasteFragment(from, { fragment: emptyDocument(''), offset: { x: 0, y: 0 } })],
  ])('%s: the same document', (_, edit) => {
    expect(edit(document)).toBe(document);
  });

  it('remove a node with its edges and position', () => {
    const { edges, layout } = edits.removeNodes(document, ['clicks-per-user']);
    expect(edges.map(edgeKey).filter((key) => key.includes('clicks-per-user'))).toEqual([]);
    expect(edges).toHaveLength(document.edges.length - 3);
    expect(Object.keys(layout)).not.toContain('clicks-per-user');
  });

  it('take an empty label away', () => {
    expect(edits.setLabel(document, 'clicks', '').nodes[0]).not.toHaveProperty('label');
  });

  it('change the end of the run with the dialect, unless it was chosen', () => {
    const kafka = edits.setDialect(document, 'kafka-streams');
    expect(kafka.run.end).toBe('none');
    expect(edits.setDialect(kafka, 'flink-datastream')).toEqual(document);
    const drained = edits.setRun(document, { end: 'drain' });
    expect(edits.setDialect(drained, 'ksqldb').run.end).toBe('drain');
  });
});

describe('pasting', () => {
  it('gives fresh ids, keeps inner edges, moves the copies', () => {
    const fragment = copyFragment(document, ['clicks', 'real-pages', 'activity']);
    expect(fragment.edges.map(edgeKey)).toEqual(['clicks:out->real-pages:in']);
    const pasted = pasteFragment(document, { fragment, offset: { x: 10, y: 20 } });
    expect(pasted.nodes.slice(-3).map(({ id }) => id)).toEqual(['clicks-2', 'real-pages-2', 'activity-2']);
    expect(edgeKey(pasted.edges.at(-1)!)).toBe('clicks-2:out->real-pages-2:in');
    const { x, y } = document.layout['real-pages']!;
    expect(pasted.layout['real-pages-2']).toEqual({ x: x + 10, y: y + 20 });
    const again = pasteFragment(pasted, { fragment: copyFragment(pasted, ['clicks-2']), offset: { x: 0, y: 0 } });
    expect(again.nodes.at(-1)?.id).toBe('clicks-3');
  });

  it('copes with ids that objects have by themselves', () => {
    const odd = edits.addNode(document, { kind: 'sink', config: {}, id: '__proto__', position: { x: 3, y: 4 } });
    const twice = duplicateNodes(odd, { ids: ['__proto__'], offset: { x: 1, y: 1 } });
    expect(twice.nodes.at(-1)?.id).toBe('__proto__-2');
    expect(twice.layout['__proto__-2']).toEqual({ x: 4, y: 5 });
    expect(Object.hasOwn(twice.layout, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(twice.layout)).toBe(Object.prototype);
  });
});
