import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { nodeText } from './document-node-text.ts';
import { copySelection, duplicateAt, duplicateSelection, pasteGraph } from './document-clipboard.ts';
import { exportDocument, importDocument } from './document-files.ts';
import type { Position } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';

const store = useDocumentStore.getState;

beforeEach(() => store().open(GALLERY[0]!.document, { label: 'Open', isFirst: true }));

function fileOf(text: string): File {
  return new File([text], 'graph.json', { type: 'application/json' });
}

describe('files', () => {
  it('come back as the same bytes', async () => {
    const { name, text } = exportDocument();
    expect(name).toBe('clicks-to-purchases.json');
    store().renameDocument('Other');
    expect(await importDocument(fileOf(text))).toEqual({ ok: true });
    expect(exportDocument().text).toBe(text);
  });

  it.each([
    ['cut in half', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['no JSON', () => 'id,ts\n1,2\n'],
    ['of a later version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['with a foreign field', (text: string) => text.replace('"name"', '"nmae"')],
  ])('that are %s change nothing and say what to do', async (_what, damage) => {
    const before = store();
    const report = await importDocument(fileOf(damage(exportDocument().text)));
    expect(report.ok).toBe(false);
    if (!report.ok) for (const { message, fix } of report.problems) expect([message, fix]).not.toContain('');
    expect(store()).toBe(before);
  });

  it('that are too large are not read', async () => {
    const report = await importDocument(new File([new Uint8Array(5_000_001)], 'big.json'));
    expect(report).toMatchObject({ ok: false, problems: [{ code: 'document-too-large' }] });
  });
});

const ANYWHERE = { pointer: null, view: null };

describe('the clipboard', () => {
  it('carries selected nodes and the edges between them under new ids, one step', async () => {
    store().select({ nodeIds: ['clicks', 'real-pages'] });
    const text = copySelection()!;
    expect(await pasteGraph(text, ANYWHERE)).toMatchObject({ kind: 'pasted', foreign: [] });
    const { document, selection, history } = store();
    expect(selection.nodeIds).toHaveLength(2);
    expect(selection.nodeIds).not.toContain('clicks');
    expect(document.edges.filter((edge) => selection.nodeIds.includes(edge.from.node))).toHaveLength(1);
    expect(history.past).toHaveLength(1);
  });

  it('puts the middle of what it pastes at a place, and a second copy beside the first', async () => {
    store().select({ nodeIds: ['clicks'] });
    const text = copySelection()!;
    await pasteGraph(text, { pointer: { x: 1000, y: 500 }, view: null });
    await pasteGraph(text, { pointer: { x: 1000, y: 500 }, view: null });
    const [first, second] = store()
      .document.nodes.slice(-2)
      .map(({ id }) => store().document.layout[id]!);
    expect(Math.abs(first!.x + 88 - 1000)).toBeLessThanOrEqual(8);
    expect(second).toEqual({ x: first!.x + 32, y: first!.y + 32 });
  });

  it('puts it near the originals as long as they are in view, else into the middle of the view', async () => {
    store().select({ nodeIds: ['clicks'] });
    const text = copySelection()!;
    const { x, y } = store().document.layout['clicks']!;
    const placeOfLast = (): Position => store().document.layout[store().document.nodes.at(-1)!.id]!;
    await pasteGraph(text, { pointer: null, view: { x: x - 100, y: y - 100, w: 800, h: 600 } });
    expect(placeOfLast()).toEqual({ x: x + 32, y: y + 32 });
    await pasteGraph(text, { pointer: null, view: { x: x + 2000, y, w: 800, h: 600 } });
    const { x: left, y: top } = placeOfLast();
    expect([Math.abs(left + 88 - x - 2400), Math.abs(top + 49 - y - 300)].every((off) => off <= 8)).toBe(true);
  });

  it('copies to another place under new ids, one step, and selects the copies', () => {
    store().select({ nodeIds: ['clicks'] });
    duplicateAt(['clicks', 'real-pages'], { x: 5, y: 700 });
    const { document, selection, history } = store();
    const { x, y } = document.layout['clicks']!;
    expect(document.layout[selection.nodeIds[0]!]).toEqual({ x: x + 5, y: y + 700 });
    expect([selection.nodeIds.length, history.past.length]).toEqual([2, 1]);
  });

  it('names what the dialect of this graph lacks, and pastes it all the same', async () => {
    store().select({ nodeIds: ['click-to-purchase'] });
    const text = copySelection()!;
    store().setDialect('kafka-streams');
    const report = await pasteGraph(text, ANYWHERE);
    expect(report).toEqual({ kind: 'pasted', from: 'flink-datastream', foreign: ['Click → purchase'] });
  });

  it('takes one node as the inspector shows it', async () => {
    const [original] = store().document.nodes;
    expect(await pasteGraph(nodeText(original!), ANYWHERE)).toMatchObject({ kind: 'pasted', foreign: [] });
    const { document, selection, history } = store();
    const copy = document.nodes.find(({ id }) => id === selection.nodeIds[0]);
    expect(copy).toMatchObject({ type: original!.type, config: original!.config });
    expect([copy!.id === original!.id, history.past.length]).toEqual([false, 1]);
    expect(await pasteGraph(nodeText(original!).slice(0, -3), ANYWHERE)).toMatchObject({ kind: 'refused' });
  });

  it('duplicates beside the originals', () => {
    store().select({ nodeIds: ['clicks'] });
    duplicateSelection();
    const { document, selection } = store();
    const copy = document.layout[selection.nodeIds[0]!];
    expect(copy).not.toEqual(document.layout['clicks']);
  });

  it('takes no other text', async () => {
    const before = store().document;
    const reason = (text: string): Promise<unknown> => pasteGraph(text, ANYWHERE);
    expect(await reason('hello')).toEqual({ kind: 'no-graph' });
    expect(await reason('<html><body><b>{"version":1}</b></body></html>')).toEqual({ kind: 'no-graph' });
    expect(await reason('{"version":1}')).toMatchObject({ kind: 'refused' });
    for (const other of ['{"a":1}', '[{"id":"1","type":"inject","wires":[]}]', '[]', '{}']) {
      expect(await reason(other)).toEqual({
        kind: 'refused',
        reason: expect.stringMatching(/no graph of Tidemark/) as unknown,
      });
    }
    expect(await reason(`{"version":1,"nodes":[${'1,'.repeat(3_000_000)}1]}`)).toMatchObject({
      reason: expect.stringMatching(/the limit for a graph is 5000000/) as unknown,
    });
    expect(await reason('{"version":1,"nodes":[')).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/cut or damaged/) as unknown,
    });
    expect(await reason('{"version":9}')).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/has version 9.*Reload the page/) as unknown,
    });
    expect(await reason(writeDocument(emptyDocument('x')))).toMatchObject({
      reason: expect.stringMatching(/without nodes/) as unknown,
    });
    expect(store().document).toBe(before);
    expect(copySelection()).toBeNull();
  });
});
