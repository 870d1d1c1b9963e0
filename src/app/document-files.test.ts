import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { GALLERY } from '../pipeline/templates/gallery.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { copySelection, duplicateSelection, pasteGraph } from './document-clipboard.ts';
import { exportDocument, importDocument } from './document-files.ts';
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

describe('the clipboard', () => {
  it('carries selected nodes and the edges between them under new ids, one step', async () => {
    store().select({ nodeIds: ['clicks', 'real-pages'] });
    const text = copySelection()!;
    expect(await pasteGraph(text, null)).toMatchObject({ kind: 'pasted', foreign: [] });
    const { document, selection, history } = store();
    expect(selection.nodeIds).toHaveLength(2);
    expect(selection.nodeIds).not.toContain('clicks');
    expect(document.edges.filter((edge) => selection.nodeIds.includes(edge.from.node))).toHaveLength(1);
    expect(history.past).toHaveLength(1);
  });

  it('puts the middle of what it pastes at a place, and a second copy beside the first', async () => {
    store().select({ nodeIds: ['clicks'] });
    const text = copySelection()!;
    await pasteGraph(text, { x: 1000, y: 500 });
    await pasteGraph(text, { x: 1000, y: 500 });
    const [first, second] = store()
      .document.nodes.slice(-2)
      .map(({ id }) => store().document.layout[id]!);
    expect(Math.abs(first!.x + 88 - 1000)).toBeLessThanOrEqual(8);
    expect(second).toEqual({ x: first!.x + 32, y: first!.y + 32 });
  });

  it('names what the dialect of this graph lacks, and pastes it all the same', async () => {
    store().select({ nodeIds: ['click-to-purchase'] });
    const text = copySelection()!;
    store().setDialect('kafka-streams');
    const report = await pasteGraph(text, null);
    expect(report).toEqual({ kind: 'pasted', from: 'flink-datastream', foreign: ['Click → purchase'] });
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
    const reason = (text: string): Promise<unknown> => pasteGraph(text, null);
    expect(await reason('hello')).toEqual({ kind: 'no-graph' });
    expect(await reason('{"version":1}')).toMatchObject({ kind: 'refused' });
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
