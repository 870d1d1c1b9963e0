import type { XYPosition } from 'reactflow';
import { align, distribute } from '../../app/arrange/align.ts';
import type { Axis, Side } from '../../app/arrange/align.ts';
import type { Box, Places } from '../../app/arrange/boxes.ts';
import type { LaidOutBox, LaidOutEdge } from '../../app/arrange/layered-layout.ts';
import { GRID, PORT_SIZE, PORT_STEP, PORT_TOP, SMALL_NODE_PORT_TOP } from '../../app/arrange/node-sizes.ts';
import { placeNodes } from '../../app/arrange/place-nodes.ts';
import { findFace } from '../../app/document-catalog.ts';
import type { PipelineDocument } from '../../app/document-store.ts';
import { groupsOf, useDocumentStore } from '../../app/document-store.ts';
import { takesRefusedRowsOnly } from '../../app/main-output.ts';
import { later } from '../theme/later.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';
import { frameAround, titleOf } from './frame-geometry.ts';
import { glideFrom } from './glide.ts';

function selectedBoxes(): readonly Box[] {
  const { nodes } = useFlowStore.getState();
  return nodes.filter(({ type, selected }) => type !== 'frame' && selected === true).map(boxOf);
}

export function alignSelection(side: Side): void {
  arrange('Align', align(selectedBoxes(), side));
}

export function distributeSelection(axis: Axis): void {
  arrange('Distribute', distribute(selectedBoxes(), axis));
}

/** Moves what is selected; steps that follow each other closely are one undo step. */
export function nudgeSelection(by: XYPosition): void {
  const places = new Map(selectedBoxes().map(({ id, x, y }) => [id, { x: x + by.x, y: y + by.y }]));
  useDocumentStore.getState().moveNodes(places, `nudge:${[...places.keys()].join(',')}`);
}

function arrange(label: string, places: Places): void {
  const before = new Map(useFlowStore.getState().nodes.map(({ id, position }) => [id, position]));
  placeNodes(label, places);
  glideFrom(before);
}

/**
 * Lays the graph out in columns, of several selected operators only these. The view is kept: the selected operator stays
 * where it is, else the one nearest to `middle`. Groups stay together, notes stay beside what they were beside, and what
 * is not laid out is not covered.
 */
export function layOut(middle: XYPosition): void {
  later(layoutTools, (tools) => putInColumns(tools, middle));
}

async function layoutTools() {
  const [columns, beside, clearance] = await Promise.all([
    import('../../app/arrange/layered-layout.ts'),
    import('../../app/arrange/follow.ts'),
    import('../../app/arrange/clear-of.ts'),
  ]);
  return { ...columns, ...beside, ...clearance };
}

type LayoutTools = Awaited<ReturnType<typeof layoutTools>>;

function putInColumns({ layeredLayout, anchored, follow, clearOf }: LayoutTools, middle: XYPosition): void {
  const { document } = useDocumentStore.getState();
  const { nodes } = useFlowStore.getState();
  const operators = nodes.filter(({ type }) => type === 'operator');
  const selected = operators.filter((node) => node.selected === true);
  const isPart = selected.length >= 2;
  const boxes = (isPart ? selected : operators).map((node) => withPort(document, node));
  const anchor = nearest(selected.length === 1 ? selected.map(boxOf) : boxes, middle);
  if (anchor === null) return;
  const ids = new Set(boxes.map(({ id }) => id));
  const clusters = groupsOf(document).flatMap((group) => {
    const members = group.nodes.filter((id) => ids.has(id));
    return members.length === group.nodes.length ? [members] : [];
  });
  const columns = anchored(layeredLayout({ boxes, edges: edgesInOrder(document, boxes), clusters }, GRID), anchor);
  const laidOut = boxes.map((box) => ({ ...box, ...columns.get(box.id) }));
  const framed = clusters.flatMap((members) => frameAround(laidOut.filter(({ id }) => members.includes(id))) ?? []);
  const others = nodes.filter(({ id, type }) => type !== 'note' && !ids.has(id)).map(boxOf);
  const fixed = isPart ? others.filter(({ id }) => !isFrameOf(document, id, ids)) : [];
  const down = clearOf([...laidOut, ...framed], fixed, ROOM);
  const places = new Map([...columns].map(([id, { x, y }]) => [id, { x, y: y + down }]));
  const notes = nodes.filter(({ type, selected: isSelected }) => type === 'note' && (!isPart || isSelected === true));
  const titles = framed.map((frame) => titleOf({ ...frame, y: frame.y + down }));
  const moved = follow(notes.map(boxOf), { boxes: operators.map(boxOf), places, titles }, ROOM);
  arrange('Lay out', new Map([...places, ...moved]));
}

/** Between what is laid out and what it must not cover. */
const ROOM = { gap: GRID, grid: GRID } as const;

/** Whether an id is of a frame around one of these nodes: it goes with them. */
function isFrameOf(document: PipelineDocument, id: string, nodeIds: ReadonlySet<string>): boolean {
  return groupsOf(document).some((group) => group.id === id && group.nodes.some((node) => nodeIds.has(node)));
}

function withPort(document: PipelineDocument, node: CanvasNode): LaidOutBox {
  const box = boxOf(node);
  const kind = document.nodes.find(({ id }) => id === node.id)?.type ?? '';
  const inputs = findFace(kind)?.inputs.length ?? 1;
  if (takesRefusedRowsOnly(document, node.id)) return { ...box, portY: SMALL_NODE_PORT_TOP + PORT_SIZE / 2 };
  return { ...box, portY: PORT_TOP + (inputs > 1 ? PORT_STEP / 2 : 0) };
}

/** In the order of the inputs that they lead to. */
function edgesInOrder(document: PipelineDocument, boxes: readonly Box[]): readonly LaidOutEdge[] {
  const known = new Set(boxes.map(({ id }) => id));
  const edges = document.edges.filter(({ from, to }) => known.has(from.node) && known.has(to.node));
  const rank = { in: 0, left: 0, right: 1 } as const;
  return edges
    .toSorted((a, b) => rank[a.to.port] - rank[b.to.port])
    .map(({ from, to }) => ({ from: from.node, to: to.node }));
}

function nearest(boxes: readonly Box[], { x, y }: XYPosition): Box | null {
  const away = (box: Box): number => Math.hypot(box.x + box.w / 2 - x, box.y + box.h / 2 - y);
  const [first = null, ...others] = boxes;
  return others.reduce((best, box) => (best !== null && away(best) <= away(box) ? best : box), first);
}
