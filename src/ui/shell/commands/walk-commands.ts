import { useDocumentStore } from '../../../app/document-store.ts';
import { nodeBeside } from '../../canvas/graph-walk.ts';
import type { Direction } from '../../canvas/graph-walk.ts';
import { goToNode } from '../../canvas/go-to-node.ts';
import { openPalette } from '../command-palette/palette-scope.ts';
import type { Command } from './command.ts';

const NEEDS_ONE_NODE = 'Select one node first.';

function selectedNode(): string | null {
  const { nodeIds } = useDocumentStore.getState().selection;
  return nodeIds.length === 1 ? (nodeIds[0] ?? null) : null;
}

function isNodeSelected(): boolean {
  return selectedNode() !== null;
}

interface Step {
  readonly direction: Direction;
  readonly title: string;
  readonly key: string;
}

const STEPS: readonly Step[] = [
  { direction: 'downstream', title: 'Go to the next node', key: 'Alt+ArrowRight' },
  { direction: 'upstream', title: 'Go to the node before', key: 'Alt+ArrowLeft' },
  { direction: 'following', title: 'Go to the next branch', key: 'Alt+ArrowDown' },
  { direction: 'preceding', title: 'Go to the branch before', key: 'Alt+ArrowUp' },
];

/** From node to node along the edges, and drawing edges without a mouse. */
export const WALK_COMMANDS: readonly Command[] = [
  ...STEPS.map(({ direction, title, key }): Command => ({
    id: `walk.${direction}`,
    title,
    group: 'Canvas',
    keys: [key],
    also: 'walk along edges neighbour',
    run: () => {
      const next = nodeBeside(useDocumentStore.getState().document, selectedNode(), direction);
      if (next !== null) goToNode(next);
    },
  })),
  {
    id: 'node.add-behind',
    title: 'Add behind the node…',
    group: 'Canvas',
    keys: ['A'],
    also: 'append next operator connect',
    needs: NEEDS_ONE_NODE,
    isEnabled: isNodeSelected,
    run: () => openPalette({ kind: 'add-behind', nodeId: selectedNode() ?? '' }),
  },
  {
    id: 'node.connect',
    title: 'Connect the node to…',
    group: 'Canvas',
    keys: ['C'],
    also: 'draw edge wire link',
    needs: NEEDS_ONE_NODE,
    isEnabled: isNodeSelected,
    run: () => openPalette({ kind: 'connect', nodeId: selectedNode() ?? '' }),
  },
  {
    id: 'node.disconnect',
    title: 'Disconnect the node from…',
    group: 'Canvas',
    keys: ['Shift+C'],
    also: 'remove edge wire link',
    needs: NEEDS_ONE_NODE,
    isEnabled: isNodeSelected,
    run: () => openPalette({ kind: 'disconnect', nodeId: selectedNode() ?? '' }),
  },
];
