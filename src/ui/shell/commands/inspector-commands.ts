import { useDocumentStore } from '../../../app/document-store.ts';
import { useInPlace } from '../../canvas/in-place-store.ts';
import type { InspectorTab } from '../../inspector/inspector-store.ts';
import { useInspector } from '../../inspector/inspector-store.ts';
import { openInspector } from '../../inspector/open-inspector.ts';
import type { Command } from './command.ts';

function isNodeSelected(): boolean {
  return useDocumentStore.getState().selection.nodeIds.length === 1;
}

function selectedNote(): string | null {
  const { nodeIds, noteIds } = useDocumentStore.getState().selection;
  return nodeIds.length === 0 && noteIds.length === 1 ? (noteIds[0] ?? null) : null;
}

function tabCommand(tab: InspectorTab, title: string, also: string): Command {
  return {
    id: `inspector.${tab}`,
    title,
    group: 'View',
    keys: [],
    also,
    isEnabled: isNodeSelected,
    needs: 'Select a node first.',
    run: () => openInspector().show(tab),
  };
}

export const INSPECTOR_COMMANDS: readonly Command[] = [
  {
    id: 'node.rename',
    title: 'Rename the node',
    group: 'Edit',
    keys: ['F2'],
    also: 'label name',
    isEnabled: isNodeSelected,
    needs: 'Select a node first.',
    run: () => openInspector().focus('name'),
  },
  {
    id: 'node.settings',
    title: 'Edit the node or the note',
    group: 'Edit',
    keys: ['Enter'],
    also: 'settings configure parameters inspector write',
    isEnabled: () => isNodeSelected() || selectedNote() !== null,
    needs: 'Select a node or a note first.',
    run: () => {
      const note = selectedNote();
      if (note === null) openInspector().focus('field');
      else useInPlace.getState().begin(note);
    },
  },
  {
    id: 'inspector.help',
    title: 'Help about the operator',
    group: 'Help',
    keys: [],
    also: 'what does this do engines names picture',
    isEnabled: isNodeSelected,
    needs: 'Select a node first.',
    run: () => openInspector().setHelp(!useInspector.getState().isHelpOpen),
  },
  tabCommand('rows', 'Rows of the node', 'schema columns data sample inspector'),
  tabCommand('state', 'State of the node', 'held open windows buffers inspector'),
  tabCommand('code', 'Code of the node', 'json inspector'),
];
