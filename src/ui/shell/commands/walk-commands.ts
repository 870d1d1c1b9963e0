import { edgeKey, useDocumentStore } from '../../../app/document-store.ts';
import type { DocumentEdge } from '../../../app/document-store.ts';
import { edgeBeside, firstEdgeOf } from '../../canvas/edge-walk.ts';
import { nodeBeside } from '../../canvas/graph-walk.ts';
import type { Direction } from '../../canvas/graph-walk.ts';
import { stepToEdge, stepToNode } from '../../canvas/go-to-node.ts';
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

function selectedEdge(): DocumentEdge | null {
  const { document, selection } = useDocumentStore.getState();
  const [key, ...others] = selection.edgeKeys;
  if (others.length > 0 || selection.nodeIds.length > 0) return null;
  return document.edges.find((edge) => edgeKey(edge) === key) ?? null;
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

/** From a node to a node; from an edge to its ends, or to the edge beside it. */
function walk(direction: Direction): void {
  const { document } = useDocumentStore.getState();
  const edge = selectedEdge();
  if (edge === null) goTo(nodeBeside(document, selectedNode(), direction), stepToNode);
  else if (direction === 'downstream') stepToNode(edge.to.node);
  else if (direction === 'upstream') stepToNode(edge.from.node);
  else goTo(edgeBeside(document, edgeKey(edge), direction === 'following' ? 1 : -1), stepToEdge);
}

/** To an edge of the selected node; from an edge to the one beside it. */
function walkToEdge(): void {
  const { document } = useDocumentStore.getState();
  const edge = selectedEdge();
  const next = edge === null ? firstEdgeOf(document, selectedNode() ?? '') : edgeBeside(document, edgeKey(edge), 1);
  goTo(next, stepToEdge);
}

function goTo(id: string | null, step: (id: string) => void): void {
  if (id !== null) step(id);
}

/** From node to node along the edges, and drawing edges without a mouse. */
export const WALK_COMMANDS: readonly Command[] = [
  ...STEPS.map(({ direction, title, key }): Command => ({
    id: `walk.${direction}`,
    title,
    group: 'Canvas',
    keys: [key],
    also: 'walk along edges neighbour',
    run: () => walk(direction),
  })),
  {
    id: 'walk.edge',
    title: 'Go to an edge of the node',
    group: 'Canvas',
    keys: ['E'],
    also: 'select next edge wire link',
    needs: 'Select a node or an edge first.',
    isEnabled: () => isNodeSelected() || selectedEdge() !== null,
    run: walkToEdge,
  },
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
  {
    id: 'edge.reconnect',
    title: 'Reconnect the edge…',
    group: 'Canvas',
    keys: ['R'],
    also: 'move end wire link lead elsewhere',
    needs: 'Select an edge first.',
    isEnabled: () => selectedEdge() !== null,
    run: () => {
      const edge = selectedEdge();
      if (edge !== null) openPalette({ kind: 'reconnect', edgeKey: edgeKey(edge) });
    },
  },
];
