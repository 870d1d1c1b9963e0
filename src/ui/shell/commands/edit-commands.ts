import { duplicateSelection } from '../../../app/document-clipboard.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import type { Command } from './command.ts';

function hasSelection(): boolean {
  const { nodeIds, edgeKeys } = useDocumentStore.getState().selection;
  return nodeIds.length + edgeKeys.length > 0;
}

function hasNodeSelection(): boolean {
  return useDocumentStore.getState().selection.nodeIds.length > 0;
}

function hasNodes(): boolean {
  return useDocumentStore.getState().document.nodes.length > 0;
}

function selectAll(): void {
  const { document, select } = useDocumentStore.getState();
  select({ nodeIds: document.nodes.map((node) => node.id) });
}

export const EDIT_COMMANDS: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    isEnabled: () => useDocumentStore.getState().history.past.length > 0,
    run: () => useDocumentStore.getState().undo(),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    isEnabled: () => useDocumentStore.getState().history.future.length > 0,
    run: () => useDocumentStore.getState().redo(),
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    group: 'Edit',
    keys: ['Mod+D'],
    isEnabled: hasNodeSelection,
    run: duplicateSelection,
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    also: 'remove',
    isEnabled: hasSelection,
    run: () => useDocumentStore.getState().removeSelection(),
  },
  { id: 'edit.select-all', title: 'Select all', group: 'Edit', keys: ['Mod+A'], isEnabled: hasNodes, run: selectAll },
  {
    id: 'edit.select-none',
    title: 'Select nothing',
    group: 'Edit',
    keys: ['Escape'],
    isEnabled: hasSelection,
    run: () => useDocumentStore.getState().select({ nodeIds: [], edgeKeys: [] }),
  },
];
