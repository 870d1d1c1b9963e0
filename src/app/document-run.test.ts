import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { linkDocumentToRun } from './document-run.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

// The engine is waited for, and never comes.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const document = () => useDocumentStore.getState();
const files = () => useRunStore.getState().files;

function addFileNode(): string {
  document().addNode({ kind: 'source.file', position: { x: 0, y: 0 }, config: {} });
  return document().document.nodes.at(-1)?.id ?? '';
}

test('a file is its node’s: undo brings both back, a new node of the same id has none', () => {
  linkDocumentToRun();
  document().open(emptyDocument('Files'), { label: 'New' });
  const id = addFileNode();
  const file = new File(['ts\n'], 'events.csv');
  useRunStore.getState().setFile(id, file);
  document().removeSelection();
  document().undo();
  expect(files()).toEqual({ [id]: file });
  document().redo();
  expect(addFileNode()).toBe(id);
  expect(files()).toEqual({});
});
