import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { duplicateAt } from './document-clipboard.ts';
import { linkDocumentToRun } from './document-run.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

// The engine is waited for, and never comes.
beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  vi.useRealTimers();
  // A graph that names a file asks whether it is one of the gallery.
  await vi.dynamicImportSettled();
});

const document = () => useDocumentStore.getState();
const files = () => useRunStore.getState().files;

const csv = (name: string): File => new File(['ts\n'], name);

/** As choosing does it: the settings name the file. */
function choose(id: string, file: File): void {
  document().configure(id, ['config', 'fileName'], { fileName: file.name });
  useRunStore.getState().setFile(id, file);
}

function addFileNode(): string {
  document().addNode({ kind: 'source.file', position: { x: 0, y: 0 }, config: {} });
  return document().document.nodes.at(-1)?.id ?? '';
}

linkDocumentToRun();

test('a file is its node’s: undo brings both back, a new node of the same id has none', () => {
  document().open(emptyDocument('Files'), { label: 'New' });
  const id = addFileNode();
  const file = csv('events.csv');
  choose(id, file);
  document().removeSelection();
  document().undo();
  expect(files()).toEqual({ [id]: file });
  document().redo();
  expect(addFileNode()).toBe(id);
  expect(files()).toEqual({});
  document().undo();
  document().undo();
  expect(files()).toEqual({ [id]: file });
});

test('a choice of a file is taken back with its settings, and done again with them', () => {
  document().open(emptyDocument('Files'), { label: 'New' });
  const id = addFileNode();
  const [a, b] = [csv('a.csv'), csv('b.csv')];
  choose(id, a);
  vi.advanceTimersByTime(2_000);
  choose(id, b);
  document().undo();
  expect(files()).toEqual({ [id]: a });
  document().undo();
  expect(files()).toEqual({});
  document().redo();
  document().redo();
  expect(files()).toEqual({ [id]: b });
});

test('a copy reads the file that it was copied with; another graph has to be given its own', () => {
  document().open(emptyDocument('Files'), { label: 'New' });
  const id = addFileNode();
  const file = csv('events.csv');
  choose(id, file);
  duplicateAt([id], { x: 32, y: 32 });
  const copy = document().document.nodes.at(-1)?.id ?? '';
  expect(files()).toEqual({ [id]: file, [copy]: file });
  document().open(document().document, { label: 'Duplicate' });
  expect(files()).toEqual({});
});
