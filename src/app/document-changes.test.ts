import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '../pipeline/empty-document.ts';
import { changeInWords } from './document-changes.ts';
import type { DocumentState } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';

const { getState } = useDocumentStore;

/** What is read out when this is done. */
function heard(act: (state: DocumentState) => void): string | null {
  const before = getState();
  act(before);
  return changeInWords(before, getState());
}

function add(label: string): void {
  const position = { x: 0, y: 0 };
  getState().addNode({ kind: 'filter', id: label.toLowerCase(), label, position, config: { predicate: 'TRUE' } });
}

function connect(from: string, to: string): void {
  getState().connect({ from: { node: from, port: 'out' }, to: { node: to, port: 'in' } });
}

describe('what is read out of a change', () => {
  beforeEach(() => {
    getState().open(emptyDocument('Fresh'), { label: 'New', isFirst: true });
  });

  it('nodes that come and go, by name; more than one by their number', () => {
    expect(heard(() => add('Clean'))).toBe('Clean added.');
    add('Count');
    getState().select({ nodeIds: ['clean'], edgeKeys: [] });
    expect(heard(({ removeSelection }) => removeSelection())).toBe('Clean deleted.');
    add('Sum');
    getState().select({ nodeIds: ['count', 'sum'], edgeKeys: [] });
    expect(heard(({ removeSelection }) => removeSelection())).toBe('2 nodes deleted.');
  });

  it('edges with both their ends; a deleted node takes its own along without a word', () => {
    add('Clean');
    add('Count');
    expect(heard(() => connect('clean', 'count'))).toBe('Clean → Count connected.');
    const [edge] = getState().document.edges;
    getState().select({ nodeIds: ['clean'], edgeKeys: [] });
    expect(heard(({ removeSelection }) => removeSelection())).toBe('Clean deleted.');
    expect(heard(({ undo }) => undo())).toBe('Undone: Delete. Clean added. Clean → Count connected.');
    expect(edge).toBeDefined();
  });

  it('undo and redo name the step, also where nothing came or went', () => {
    add('Clean');
    getState().renameNode('clean', 'Cleaner');
    expect(heard(({ undo }) => undo())).toMatch(/^Undone: [A-Z].*\.$/);
    expect(heard(({ redo }) => redo())).toMatch(/^Redone: [A-Z].*\.$/);
    expect(heard(({ undo }) => undo())).toBe(heard(() => getState().redo())?.replace('Redone', 'Undone'));
  });

  it('another document by its name', () => {
    expect(heard(({ open }) => open(emptyDocument('Sessions'), { label: 'Open' }))).toBe('Opened Sessions.');
  });

  it('nothing of what only eyes see, and nothing where nothing changed', () => {
    add('Clean');
    expect(heard(({ moveNodes }) => moveNodes(new Map([['clean', { x: 9, y: 9 }]])))).toBeNull();
    expect(heard(({ select }) => select({ nodeIds: [], edgeKeys: [] }))).toBeNull();
    expect(heard(({ configure }) => configure('clean', ['config', 'predicate'], { predicate: 'FALSE' }))).toBeNull();
  });
});
