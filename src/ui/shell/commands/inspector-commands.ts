import { useDocumentStore } from '../../../app/document-store.ts';
import type { InspectorTab } from '../../inspector/inspector-store.ts';
import { useInspector } from '../../inspector/inspector-store.ts';
import { usePanels } from '../panel-store.ts';
import type { Command } from './command.ts';

function isNodeSelected(): boolean {
  return useDocumentStore.getState().selection.nodeIds.length === 1;
}

/** The inspector's store, with the inspector in view. */
function inspector(): ReturnType<typeof useInspector.getState> {
  if (usePanels.getState().isInspectorFolded) usePanels.getState().change({ isInspectorFolded: false });
  return useInspector.getState();
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
    run: () => inspector().show(tab),
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
    run: () => inspector().focus('name'),
  },
  {
    id: 'node.settings',
    title: 'Edit the settings of the node',
    group: 'Edit',
    keys: ['Enter'],
    also: 'configure parameters inspector',
    isEnabled: isNodeSelected,
    needs: 'Select a node first.',
    run: () => inspector().focus('field'),
  },
  {
    id: 'inspector.help',
    title: 'Help about the operator',
    group: 'Help',
    keys: [],
    also: 'what does this do engines names picture',
    isEnabled: isNodeSelected,
    needs: 'Select a node first.',
    run: () => inspector().setHelp(!useInspector.getState().isHelpOpen),
  },
  tabCommand('rows', 'Rows of the node', 'schema columns data sample inspector'),
  tabCommand('state', 'State of the node', 'held open windows buffers inspector'),
  tabCommand('code', 'Code of the node', 'json inspector'),
];
