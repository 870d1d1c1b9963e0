import { duplicateSelection } from '../../../app/document-clipboard.ts';
import { withAnalysis } from '../../../app/document-analysis.ts';
import { notesOf, useDocumentStore } from '../../../app/document-store.ts';
import { notify } from '../../theme/notify.ts';
import { copyByCommand, pasteByCommand } from '../clipboard-actions.ts';
import type { Command } from './command.ts';

function hasSelection(): boolean {
  const { nodeIds, edgeKeys, noteIds } = useDocumentStore.getState().selection;
  return nodeIds.length + edgeKeys.length + noteIds.length > 0;
}

function hasNodeSelection(): boolean {
  const { nodeIds, noteIds } = useDocumentStore.getState().selection;
  return nodeIds.length + noteIds.length > 0;
}

function hasNodes(): boolean {
  const { document } = useDocumentStore.getState();
  return document.nodes.length + notesOf(document).length > 0;
}

function selectAll(): void {
  const { document, select } = useDocumentStore.getState();
  select({ nodeIds: document.nodes.map(({ id }) => id), noteIds: notesOf(document).map(({ id }) => id) });
}

export const EDIT_COMMANDS: readonly Command[] = [
  {
    id: 'edit.undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['Mod+Z'],
    isEnabled: () => useDocumentStore.getState().history.past.length > 0,
    needs: 'Nothing was done yet.',
    run: () => useDocumentStore.getState().undo(),
  },
  {
    id: 'edit.redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    isEnabled: () => useDocumentStore.getState().history.future.length > 0,
    needs: 'Nothing was undone.',
    run: () => useDocumentStore.getState().redo(),
  },
  {
    id: 'edit.copy',
    title: 'Copy',
    group: 'Edit',
    keys: ['Mod+C'],
    also: 'clipboard json',
    isNative: true,
    isEnabled: hasNodeSelection,
    needs: 'Select a node first.',
    run: () => void copyByCommand(false),
  },
  {
    id: 'edit.cut',
    title: 'Cut',
    group: 'Edit',
    keys: ['Mod+X'],
    also: 'clipboard json',
    isNative: true,
    isEnabled: hasNodeSelection,
    needs: 'Select a node first.',
    run: () => void copyByCommand(true),
  },
  {
    id: 'edit.paste',
    title: 'Paste',
    group: 'Edit',
    keys: ['Mod+V'],
    also: 'clipboard json insert',
    isNative: true,
    run: () => void pasteByCommand(),
  },
  {
    id: 'edit.duplicate',
    title: 'Duplicate',
    group: 'Edit',
    keys: ['Mod+D'],
    isEnabled: hasNodeSelection,
    needs: 'Select a node first.',
    run: duplicateSelection,
  },
  {
    id: 'edit.delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    also: 'remove',
    isEnabled: hasSelection,
    needs: 'Select a node, an edge or a note first.',
    run: () => useDocumentStore.getState().removeSelection(),
  },
  {
    id: 'edit.delete-reconnect',
    title: 'Delete and reconnect',
    group: 'Edit',
    keys: ['Mod+Delete', 'Mod+Backspace'],
    also: 'remove bypass heal',
    isEnabled: hasSelection,
    needs: 'Select a node, an edge or a note first.',
    run: () =>
      withAnalysis(({ deleteAndReconnect }) => {
        const [first, ...others] = deleteAndReconnect();
        if (first === undefined) return;
        const more = others.length === 0 ? '' : ` And ${String(others.length)} more.`;
        notify('error', 'Deleted, but not everything could be reconnected.', `${first}${more}`);
      }),
  },
  {
    id: 'edit.select-all',
    title: 'Select all',
    group: 'Edit',
    keys: ['Mod+A'],
    isEnabled: hasNodes,
    needs: 'Add a node first.',
    run: selectAll,
  },
  {
    id: 'edit.select-none',
    title: 'Select nothing',
    group: 'Edit',
    keys: ['Escape'],
    isEnabled: hasSelection,
    needs: 'Nothing is selected.',
    run: () => useDocumentStore.getState().select({ nodeIds: [], edgeKeys: [] }),
  },
];
