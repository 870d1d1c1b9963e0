import type { Edge, Node } from 'reactflow';
import type { Box } from '../../app/arrange/boxes.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../../app/arrange/node-sizes.ts';
import type { NodeStreams } from '../../app/document-analysis.ts';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { nodesInOrder } from '../../app/document-order.ts';
import type {
  DocumentEdge,
  DocumentGroup,
  DocumentNode,
  DocumentState,
  PipelineDocument,
} from '../../app/document-store.ts';
import { edgeKey, groupsOf, notesOf, positionOf } from '../../app/document-store.ts';
import { STREAM_WORDS } from '../../app/stream-words.ts';
import { frameAround } from './frame-geometry.ts';
import { namedByParts } from './spoken-name.ts';

/**
 * The document as React Flow wants it: operators, notes, and frames around groups. Bodies read the document and the run by
 * id, so `data` stays empty and a tick of the run touches no node here.
 */
type Empty = Record<string, never>;
export type OperatorFlowNode = Node<Empty, 'operator'>;
export type NoteFlowNode = Node<Empty, 'note'>;
export type FrameFlowNode = Node<Empty, 'frame'>;
export type CanvasNode = OperatorFlowNode | NoteFlowNode | FrameFlowNode;
export type StreamFlowEdge = Edge<Empty, 'stream'>;

const NO_DATA: Empty = {};

export function flowNodes(state: DocumentState, before: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const operators = operatorNodes(state, known);
  return [...framesAround(groupsOf(state.document), operators, known), ...operators, ...noteNodes(state, known)];
}

/** The order of the page's elements is that of Tab. */
function inTabOrder(document: PipelineDocument): readonly DocumentNode[] {
  const ranks = new Map(nodesInOrder(document).map((id, rank) => [id, rank]));
  return document.nodes.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}

function operatorNodes(state: DocumentState, known: ReadonlyMap<string, CanvasNode>): OperatorFlowNode[] {
  const selected = new Set(state.selection.nodeIds);
  return inTabOrder(state.document).map((node) => {
    const { id } = node;
    const old = known.get(id);
    const ariaLabel = displayName(node);
    const position = positionOf(state.document, id) ?? { x: 0, y: 0 };
    const isSelected = selected.has(id);
    if (old?.type !== 'operator') {
      const domAttributes = namedByParts(id);
      return { id, type: 'operator', position, data: NO_DATA, selected: isSelected, ariaLabel, domAttributes };
    }
    const isThere = old.position.x === position.x && old.position.y === position.y;
    const isSame = old.selected === isSelected && isThere && old.ariaLabel === ariaLabel;
    return isSame ? old : { ...old, position, selected: isSelected, ariaLabel };
  });
}

function noteNodes({ document, selection }: DocumentState, known: ReadonlyMap<string, CanvasNode>): NoteFlowNode[] {
  return notesOf(document).map(({ id, text, x, y, w, h }) => {
    const old = known.get(id);
    const fresh: NoteFlowNode = {
      id,
      type: 'note',
      position: { x, y },
      width: w,
      height: h,
      measured: { width: w, height: h },
      data: NO_DATA,
      selected: selection.noteIds.includes(id),
      ariaLabel: `Note: ${text}`,
    };
    const isSame =
      old?.type === 'note' &&
      (['width', 'height', 'selected', 'ariaLabel'] as const).every((name) => old[name] === fresh[name]) &&
      old.position.x === x &&
      old.position.y === y;
    return isSame ? old : fresh;
  });
}

/** The frames of groups, as large as what they hold now. The body of a frame lets the hand through; its title does not. */
export function framesAround(
  groups: readonly DocumentGroup[],
  nodes: readonly CanvasNode[],
  known: ReadonlyMap<string, CanvasNode>,
): FrameFlowNode[] {
  if (groups.length === 0) return [];
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
  return groups.flatMap((group): FrameFlowNode[] => {
    const frame = frameAround(group.nodes.flatMap((id) => boxes.get(id) ?? []));
    if (frame === null) return [];
    const { x, y, w: width, h: height } = frame;
    const position = { x, y };
    const old = known.get(group.id);
    if (
      old?.type === 'frame' &&
      old.position.x === position.x &&
      old.position.y === position.y &&
      old.width === width &&
      old.height === height
    ) {
      return [old];
    }
    return [
      {
        id: group.id,
        type: 'frame',
        position,
        width,
        height,
        measured: { width, height },
        data: NO_DATA,
        selectable: false,
        focusable: false,
        dragHandle: '[data-frame-title]',
        zIndex: -1,
        style: { pointerEvents: 'none' },
      },
    ];
  });
}

/** Where a node is drawn now: ahead of the document while a drag lasts. */
export function boxOf({ id, position, measured }: CanvasNode): Box {
  const { width = NODE_WIDTH, height = NODE_HEIGHT } = measured ?? {};
  return { id, x: position.x, y: position.y, w: width, h: height };
}

export function flowEdges(state: DocumentState, before: readonly StreamFlowEdge[]): StreamFlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const selected = new Set(state.selection.edgeKeys);
  const names = new Map(state.document.nodes.map((node) => [node.id, displayName(node)]));
  const nameOf = (nodeId: string): string => names.get(nodeId) ?? '';
  const { streams } = useAnalysis.getState();
  return state.document.edges.map((edge) => {
    const id = edgeKey(edge);
    const old = known.get(id);
    const isSelected = selected.has(id);
    const ariaLabel = `From ${nameOf(edge.from.node)} to ${nameOf(edge.to.node)}${changesWords(streams, edge)}`;
    const isSame = old?.selected === isSelected && old.ariaLabel === ariaLabel;
    return isSame ? old : { ...flowEdge(edge), selected: isSelected, ariaLabel };
  });
}

/** `, append stream`; nothing while it is not known. */
function changesWords(streams: ReadonlyMap<string, NodeStreams>, { from }: DocumentEdge): string {
  const type = streams.get(from.node)?.outputs[from.port];
  return type === undefined ? '' : `, ${STREAM_WORDS[type.changes].title.toLowerCase()}`;
}

/** Edges are reached from their nodes by keys of their own: as stops of Tab they would stand before every node. */
const NO_STOP = { tabIndex: -1 } as const;

function flowEdge(edge: DocumentEdge): StreamFlowEdge {
  return {
    id: edgeKey(edge),
    domAttributes: NO_STOP,
    type: 'stream',
    source: edge.from.node,
    sourceHandle: edge.from.port,
    target: edge.to.node,
    targetHandle: edge.to.port,
  };
}
