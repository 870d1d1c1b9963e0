import { beforeEach, describe, expect, it } from 'vitest';
import { GALLERY } from '../pipeline/templates/gallery.ts';
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
    expect(await pasteGraph(text)).toBe(true);
    const { document, selection, history } = store();
    expect(selection.nodeIds).toHaveLength(2);
    expect(selection.nodeIds).not.toContain('clicks');
    expect(document.edges.filter((edge) => selection.nodeIds.includes(edge.from.node))).toHaveLength(1);
    expect(history.past).toHaveLength(1);
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
    expect(await pasteGraph('hello')).toBe(false);
    expect(await pasteGraph('{"version":1}')).toBe(false);
    expect(store().document).toBe(before);
    expect(copySelection()).toBeNull();
  });
});
