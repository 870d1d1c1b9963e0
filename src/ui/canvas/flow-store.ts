import type { EdgeChange, NodeChange, NodePositionChange } from 'reactflow';
import { applyNodeChanges } from 'reactflow';
import { create } from 'zustand';
import { placeByHand, regroup } from '../../app/annotating.ts';
import type { Box, Places } from '../../app/arrange/boxes.ts';
import { GRID } from '../../app/arrange/node-sizes.ts';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { Position } from '../../app/document-store.ts';
import { groupsOf, notesOf, useDocumentStore } from '../../app/document-store.ts';
import { later } from '../theme/later.ts';
import { dragKey, groupDrag, isCopying, isDragCancelled, showCopies, snapDrag } from './drag-gesture.ts';
import type { CanvasNode, StreamFlowEdge } from './flow-nodes.ts';
import { boxOf, flowEdges, flowNodes, framesAround } from './flow-nodes.ts';
import { homesOf, notesIn } from './group-drag.ts';

/**
 * What React Flow draws: nodes with measured sizes and with positions that are ahead of the document while a drag lasts.
 * Follows the document; only `changeNodes` at the end of a gesture writes to it.
 */
interface FlowState {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly StreamFlowEdge[];
  readonly changeNodes: (changes: NodeChange<CanvasNode>[]) => void;
  readonly changeEdges: (changes: EdgeChange<StreamFlowEdge>[]) => void;
  /** Draws nodes elsewhere than the document says, until it changes or is asked for again. */
  readonly drawAt: (places: Places) => void;
  /** Draws everything where the document has it. */
  readonly settle: () => void;
}

/** The selection that a batch of changes leaves. */
function selectionAfter(
  before: readonly string[],
  changes: readonly { readonly id: string; readonly selected: boolean }[],
): string[] {
  const chosen = new Set(before);
  for (const { id, selected } of changes) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  return [...chosen];
}

/** A frame that is moved takes what is in it with it, and follows its nodes: it has no place of its own. */
function movesOf(changes: readonly NodeChange<CanvasNode>[], nodes: readonly CanvasNode[]): NodePositionChange[] {
  const moves = changes.filter((change) => change.type === 'position');
  const groups = groupsOf(useDocumentStore.getState().document);
  if (groups.length === 0 || moves.length === 0) return moves;
  const drawn = new Map(nodes.map((node) => [node.id, node.position]));
  const own = new Map(moves.map((move) => [move.id, move]));
  for (const { id, nodes: members } of groups) {
    const move = own.get(id);
    const before = drawn.get(id);
    own.delete(id);
    if (move?.position === undefined || before === undefined) continue;
    const by = { x: move.position.x - before.x, y: move.position.y - before.y };
    const drag = groupDrag();
    for (const member of [...members, ...(drag === null ? [] : notesIn(drag, id))]) {
      const at = drawn.get(member);
      if (at === undefined || own.has(member)) continue;
      own.set(member, { ...move, id: member, position: { x: at.x + by.x, y: at.y + by.y } });
    }
  }
  return [...own.values()];
}

/** Where what is dragged would lie, ahead of grid and lines. */
function boxesOf(moves: readonly NodePositionChange[], nodes: readonly CanvasNode[]): Box[] {
  const to = new Map(moves.map((move) => [move.id, move.position]));
  return nodes.flatMap((node) => {
    const at = to.get(node.id);
    return at === undefined ? [] : [{ ...boxOf(node), ...at }];
  });
}

function snapped(moves: readonly NodePositionChange[], nodes: readonly CanvasNode[]): NodePositionChange[] {
  if (dragKey() === null) return [...moves];
  const bare = nodes.filter(({ type }) => type !== 'frame');
  const by = snapDrag(boxesOf(moves, bare), () => bare.map(boxOf));
  return moves.map((move) => {
    if (move.position === undefined) return move;
    return { ...move, position: { x: move.position.x + by.x, y: move.position.y + by.y } };
  });
}

/** Nodes that the drag takes out of their group or into another, by their ids. */
function homesAfter(moves: readonly NodePositionChange[], nodes: readonly CanvasNode[]): Homes {
  const drag = groupDrag();
  if (drag === null || drag.groups.length === 0) return NO_HOMES;
  const operators = nodes.filter(({ type }) => type === 'operator');
  return homesOf(drag, boxesOf(moves, operators));
}

/** What was taken stays, or goes back; copies are shown, and added in the end. */
function copyDragged(moves: readonly NodePositionChange[], nodes: readonly CanvasNode[]): void {
  const boxes = boxesOf(moves, nodes);
  showCopies(boxes);
  const [first] = boxes;
  const from = nodes.find(({ id }) => id === first?.id)?.position;
  if (first === undefined || from === undefined || moves.some(({ dragging }) => dragging === true)) return;
  const offset = { x: Math.round(first.x - from.x), y: Math.round(first.y - from.y) };
  // Over what it is of, a copy would hardly be seen.
  if (Math.max(Math.abs(offset.x), Math.abs(offset.y)) <= GRID) return;
  const ids = boxes.map(({ id }) => id);
  later(
    () => import('../../app/document-clipboard.ts'),
    ({ duplicateAt }) => duplicateAt(ids, offset),
  );
}

type Homes = ReadonlyMap<string, string | null>;
const NO_HOMES: Homes = new Map();

export const useFlowStore = create<FlowState>()((set, get) => {
  const draw = (nodes: readonly CanvasNode[], homes = NO_HOMES): void => {
    const known = new Map(get().nodes.map((node) => [node.id, node]));
    const bare = nodes.filter(({ type }) => type !== 'frame');
    const groups = groupsOf(regroup(useDocumentStore.getState().document, homes));
    set({ nodes: [...framesAround(groups, bare, known), ...bare] });
  };
  const select = (changes: NodeChange<CanvasNode>[]): void => {
    const chosen = changes.filter((change) => change.type === 'select');
    if (chosen.length === 0) return;
    const { document, selection, select: mark } = useDocumentStore.getState();
    const notes = new Set(notesOf(document).map(({ id }) => id));
    mark({
      nodeIds: selectionAfter(
        selection.nodeIds,
        chosen.filter(({ id }) => !notes.has(id)),
      ),
      noteIds: selectionAfter(
        selection.noteIds,
        chosen.filter(({ id }) => notes.has(id)),
      ),
    });
  };
  const move = (changes: NodeChange<CanvasNode>[]): void => {
    if (isDragCancelled()) return;
    const moves = snapped(movesOf(changes, get().nodes), get().nodes);
    if (moves.length === 0) return;
    if (isCopying()) {
      get().settle();
      copyDragged(moves, get().nodes);
      return;
    }
    showCopies([]);
    const homes = homesAfter(moves, get().nodes);
    draw(applyNodeChanges<CanvasNode>(moves, [...get().nodes]), homes);
    const settled = new Map<string, Position>();
    for (const { id, dragging, position } of moves) {
      if (dragging === true || position === undefined) continue;
      settled.set(id, { x: Math.round(position.x), y: Math.round(position.y) });
    }
    if (settled.size === 0) return;
    const { document } = useDocumentStore.getState();
    placeByHand(settled, homes, dragKey() ?? `nudge:${[...settled.keys()].join(',')}`);
    // A document that takes no edits keeps its nodes where they were.
    if (useDocumentStore.getState().document === document) get().settle();
  };
  return {
    nodes: flowNodes(useDocumentStore.getState(), []),
    edges: flowEdges(useDocumentStore.getState(), []),

    changeNodes: (changes) => {
      const sizes = changes.filter(({ type }) => type === 'dimensions');
      if (sizes.length > 0) draw(applyNodeChanges<CanvasNode>(sizes, [...get().nodes]));
      select(changes);
      move(changes);
    },
    changeEdges: (changes) => {
      const { selection, select: mark } = useDocumentStore.getState();
      const chosen = changes.filter((change) => change.type === 'select');
      if (chosen.length > 0) mark({ edgeKeys: selectionAfter(selection.edgeKeys, chosen) });
    },
    drawAt: (places) =>
      draw(
        get().nodes.map((node): CanvasNode => {
          const position = places.get(node.id);
          return position === undefined ? node : { ...node, position };
        }),
      ),
    settle: () => set(({ nodes }) => ({ nodes: flowNodes(useDocumentStore.getState(), nodes) })),
  };
});

useDocumentStore.subscribe((state, before) => {
  const names = ['nodes', 'edges', 'layout', 'notes', 'groups'] as const;
  const isSameGraph = names.every((name) => state.document[name] === before.document[name]);
  if (isSameGraph && state.selection === before.selection) return;
  useFlowStore.setState(({ nodes, edges }) => ({ nodes: flowNodes(state, nodes), edges: flowEdges(state, edges) }));
});

useAnalysis.subscribe(({ streams }, before) => {
  if (streams === before.streams) return;
  const { edges } = useFlowStore.getState();
  const named = flowEdges(useDocumentStore.getState(), edges);
  if (named.some((edge, i) => edge !== edges[i])) useFlowStore.setState({ edges: named });
});
