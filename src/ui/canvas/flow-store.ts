import type { Edge, EdgeChange, Node, NodeChange } from 'reactflow';
import { applyNodeChanges } from 'reactflow';
import { create } from 'zustand';
import { displayName } from '../../app/document-catalog.ts';
import type { DocumentEdge, DocumentState, Position } from '../../app/document-store.ts';
import { edgeKey, positionOf, useDocumentStore } from '../../app/document-store.ts';

/**
 * The document as React Flow wants it: nodes with measured sizes and with positions that are ahead of the document while
 * a drag lasts. Follows the document; only `changeNodes` at the end of a gesture writes to it. Node bodies read the
 * document and the run by id, so `data` stays empty and a tick of the run touches no node here.
 */
export type OperatorFlowNode = Node<Record<string, never>, 'operator'>;
export type StreamFlowEdge = Edge<Record<string, never>, 'stream'>;

interface FlowState {
  readonly nodes: readonly OperatorFlowNode[];
  readonly edges: readonly StreamFlowEdge[];
  readonly changeNodes: (changes: NodeChange<OperatorFlowNode>[]) => void;
  readonly changeEdges: (changes: EdgeChange<StreamFlowEdge>[]) => void;
}

const NO_DATA: Record<string, never> = {};

function flowNodes(state: DocumentState, before: readonly OperatorFlowNode[]): OperatorFlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const selected = new Set(state.selection.nodeIds);
  return state.document.nodes.map((node) => {
    const { id } = node;
    const old = known.get(id);
    const ariaLabel = displayName(node);
    const position = positionOf(state.document, id) ?? { x: 0, y: 0 };
    const isSelected = selected.has(id);
    if (old === undefined) return { id, type: 'operator', position, data: NO_DATA, selected: isSelected, ariaLabel };
    const isThere = old.position.x === position.x && old.position.y === position.y;
    const isSame = old.selected === isSelected && isThere && old.ariaLabel === ariaLabel;
    return isSame ? old : { ...old, position, selected: isSelected, ariaLabel };
  });
}

function flowEdges(state: DocumentState, before: readonly StreamFlowEdge[]): StreamFlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const selected = new Set(state.selection.edgeKeys);
  const names = new Map(state.document.nodes.map((node) => [node.id, displayName(node)]));
  return state.document.edges.map((edge) => {
    const id = edgeKey(edge);
    const old = known.get(id);
    const isSelected = selected.has(id);
    const ariaLabel = `Stream from ${names.get(edge.from.node) ?? ''} to ${names.get(edge.to.node) ?? ''}`;
    const isSame = old?.selected === isSelected && old.ariaLabel === ariaLabel;
    return isSame ? old : { ...flowEdge(edge), selected: isSelected, ariaLabel };
  });
}

function flowEdge(edge: DocumentEdge): StreamFlowEdge {
  return {
    id: edgeKey(edge),
    type: 'stream',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
  };
}

/** The selection that a batch of changes leaves, or null when none of them selects. */
function selectionAfter(
  before: readonly string[],
  changes: readonly { readonly type: string; readonly id?: string; readonly selected?: boolean }[],
): string[] | null {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return null;
  const chosen = new Set(before);
  for (const { id = '', selected } of selects) {
    if (selected === true) chosen.add(id);
    else chosen.delete(id);
  }
  return [...chosen];
}

let isDragging = false;

/** A drag is one gesture of its own; steps by arrow keys that follow each other closely are one together. */
export function setDragging(dragging: boolean): void {
  isDragging = dragging;
}

export const useFlowStore = create<FlowState>()((set, get) => ({
  nodes: flowNodes(useDocumentStore.getState(), []),
  edges: flowEdges(useDocumentStore.getState(), []),

  changeNodes: (changes) => {
    const document = useDocumentStore.getState();
    const seen = changes.filter(({ type }) => type === 'dimensions' || type === 'position');
    if (seen.length > 0) set({ nodes: applyNodeChanges(seen, [...get().nodes]) });
    const nodeIds = selectionAfter(document.selection.nodeIds, changes);
    if (nodeIds !== null) document.select({ nodeIds });
    const settled = new Map<string, Position>();
    for (const change of seen) {
      if (change.type !== 'position' || change.dragging === true || change.position === undefined) continue;
      settled.set(change.id, { x: Math.round(change.position.x), y: Math.round(change.position.y) });
    }
    if (settled.size === 0) return;
    document.moveNodes(settled, isDragging ? undefined : `nudge:${[...settled.keys()].join(',')}`);
  },
  changeEdges: (changes) => {
    const document = useDocumentStore.getState();
    const edgeKeys = selectionAfter(document.selection.edgeKeys, changes);
    if (edgeKeys !== null) document.select({ edgeKeys });
  },
}));

useDocumentStore.subscribe((state, before) => {
  const isSameGraph =
    state.document.nodes === before.document.nodes && state.document.layout === before.document.layout;
  const isSameSelection = state.selection === before.selection;
  if (isSameGraph && isSameSelection && state.document.edges === before.document.edges) return;
  useFlowStore.setState(({ nodes, edges }) => ({ nodes: flowNodes(state, nodes), edges: flowEdges(state, edges) }));
});
