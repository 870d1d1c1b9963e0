import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { initialConfig } from './analysis/node-config.ts';
import { CATALOG, freshLabel } from './document-catalog.ts';
import { connectPorts } from './document-connect.ts';
import { trySetting } from './document-settings.ts';
import type { PipelineDocument } from './document-store.ts';
import { edgeKey, useDocumentStore } from './document-store.ts';

const store = useDocumentStore.getState;

function add(title: string, x = 0): string {
  const item = CATALOG.find((candidate) => candidate.title === title)!;
  store().addNode({
    kind: item.kind,
    position: { x, y: 0 },
    label: freshLabel(store().document, title),
    config: initialConfig(item),
  });
  return store().document.nodes.at(-1)!.id;
}

function pastLabels(): readonly string[] {
  return store().history.past.map((entry) => entry.label);
}

beforeEach(() => store().open(emptyDocument('Test'), { label: 'New', isFirst: true }));

describe('the document store', () => {
  it('has nothing to undo after opening', () => {
    expect(store().history.past).toEqual([]);
  });

  it('selects what was added, and keeps selecting out of the history', () => {
    const id = add('Filter');
    expect(store().selection.nodeIds).toEqual([id]);
    store().select({ nodeIds: [] });
    expect(pastLabels()).toEqual(['Add a node']);
  });

  it('takes a move to where a node already stands for no edit', () => {
    const id = add('Filter', 16);
    store().moveNodes(new Map([[id, { x: 16, y: 0 }]]));
    expect(pastLabels()).toEqual(['Add a node']);
  });

  it('deletes nodes with their edges in one step, and undo brings all of it back', () => {
    const source = add('Generator');
    const filter = add('Filter');
    connectPorts({ from: { node: source, port: 'out' }, to: { node: filter, port: 'in' } });
    const before = store().document;
    store().select({ nodeIds: [source], edgeKeys: [edgeKey(before.edges[0]!)] });
    store().removeSelection();
    expect(store().document.edges).toEqual([]);
    expect(store().selection.nodeIds).toEqual([]);
    store().undo();
    expect(store().document).toBe(before);
  });

  it('forgets the selection of a node that an undo took away', () => {
    add('Filter');
    store().undo();
    expect(store().selection.nodeIds).toEqual([]);
  });

  it('lets another document be undone, as one step', () => {
    add('Filter');
    const before = store().document;
    store().open(emptyDocument('Other'), { label: 'Import' });
    expect(store().document.name).toBe('Other');
    store().undo();
    expect(store().document).toBe(before);
  });

  it('names nodes of a kind one after the other', () => {
    add('Filter');
    add('Filter');
    expect(store().document.nodes.map((node) => node.label)).toEqual(['Filter', 'Filter 2']);
  });
});

describe('connecting', () => {
  it('gives a node that is still as it was made a configuration for what flows in, in the same step', () => {
    const source = add('Generator');
    const window = add('Tumbling');
    connectPorts({ from: { node: source, port: 'out' }, to: { node: window, port: 'in' } });
    expect(store().document.nodes[1]?.config).toMatchObject({ kind: 'tumbling', keys: ['user_id'] });
    expect(pastLabels()).toEqual(['Add a node', 'Add a node', 'Connect']);
  });

  it('leaves alone what the user has set', () => {
    const source = add('Generator');
    const window = add('Tumbling');
    trySetting(window, ['config', 'sizeMs'], 60_000);
    connectPorts({ from: { node: source, port: 'out' }, to: { node: window, port: 'in' } });
    expect(store().document.nodes[1]?.config).toMatchObject({ sizeMs: 60_000, keys: [] });
  });
});

describe('settings', () => {
  it('apply a good value at once; typing in one field is one step', () => {
    const id = add('Tumbling');
    for (const sizeMs of [1_000, 10_000, 100_000]) expect(trySetting(id, ['config', 'sizeMs'], sizeMs)).toEqual([]);
    expect(store().document.nodes[0]?.config).toMatchObject({ sizeMs: 100_000 });
    expect(pastLabels()).toEqual(['Add a node', 'Change a setting']);
  });

  it('say why not and change nothing for a bad value', () => {
    const id = add('Tumbling');
    const before = store().document;
    const problems = trySetting(id, ['config', 'sizeMs'], -5);
    expect(problems[0]?.message).not.toBe('');
    expect(store().document).toBe(before);
  });

  it('know the columns that flow in', () => {
    const source = add('Generator');
    const filter = add('Filter');
    connectPorts({ from: { node: source, port: 'out' }, to: { node: filter, port: 'in' } });
    const [problem] = trySetting(filter, ['config', 'predicate'], "pagee = '/cart'");
    expect(problem).toMatchObject({ code: 'unknown-column', span: { from: 0, to: 5 } });
    expect(trySetting(filter, ['config', 'predicate'], "page = '/cart'")).toEqual([]);
  });

  it('reach into groups and lists', () => {
    const source = add('Generator');
    const window = add('Tumbling');
    trySetting(source, ['config', 'watermark', 'delayMs'], 1_234);
    trySetting(window, ['config', 'aggregates', '0', 'name'], 'n');
    expect(store().document.nodes[0]?.config).toMatchObject({ watermark: { delayMs: 1_234 } });
    expect(store().document.nodes[1]?.config).toMatchObject({ aggregates: [{ name: 'n', function: 'count' }] });
  });
});

describe('limits', () => {
  it('are not gone over by any edit; what is over them can still be made less', () => {
    const many = (count: number): PipelineDocument => {
      const note = { text: '', x: 0, y: 0, w: 64, h: 64 };
      return { ...store().document, notes: Array.from({ length: count }, (_, i) => ({ ...note, id: `n${i}` })) };
    };
    expect(store().edit({ label: 'Add' }, () => many(500))).toBe(true);
    expect(store().edit({ label: 'Add' }, () => many(501))).toBe(false);
    expect(store().refusedFor).toBe('The graph would have 501 notes; the limit is 500.');
    expect(store().document.notes).toHaveLength(500);
    store().open(many(600), { label: 'Open' });
    expect(store().edit({ label: 'Delete' }, () => many(550))).toBe(true);
  });
});

describe('another document', () => {
  it('that is renamed while it is not on the screen has its new name when undo and redo come by', () => {
    store().open({ ...store().document, name: 'First' }, { label: 'Open', isFirst: true });
    const first = store().graph;
    add('Filter');
    store().open(emptyDocument('Second'), { label: 'Open' });
    store().renameOther(first, 'Renamed');
    expect([store().document.name, store().history.past.length]).toEqual(['Second', 2]);
    store().undo();
    expect([store().document.name, store().document.nodes.length]).toEqual(['Renamed', 1]);
    store().undo();
    expect([store().document.name, store().document.nodes.length]).toEqual(['Renamed', 0]);
    store().redo();
    store().redo();
    expect(store().document.name).toBe('Second');
  });

  it('is a graph of its own, also of equal content; undo and redo go from one to the other', () => {
    const first = store().graph;
    add('Filter');
    store().open(store().document, { label: 'Import' });
    const second = store().graph;
    add('Map');
    expect([second === first, store().graph]).toEqual([false, second]);
    const graphs = ['undo', 'undo', 'undo', 'redo', 'redo'].map((way) => {
      store()[way as 'undo' | 'redo']();
      return store().graph;
    });
    expect(graphs).toEqual([second, first, first, first, second]);
  });
});
