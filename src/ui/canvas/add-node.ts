import type { XYPosition } from 'reactflow';
import { GRID, NODE_HEIGHT, NODE_WIDTH, PORT_TOP, snapped } from '../../app/arrange/node-sizes.ts';
import type { Gap } from '../../app/authoring.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { CATALOG, freshLabel } from '../../app/document-catalog.ts';
import { withAnalysis } from '../../app/document-analysis.ts';
import { positionOf, useDocumentStore } from '../../app/document-store.ts';
import { rememberItem } from '../../app/recent-items.ts';

/** What a palette item carries while it is dragged. */
export const DRAG_TYPE = 'application/x-tidemark-operator';

/** Room for the labels of an edge between two columns of nodes. */
const COLUMN_STEP = NODE_WIDTH + 64;

/** Adds a node with its upper left corner at `position`, in a group or none, and selects it. */
export function addItem(item: CatalogItem, position: XYPosition, group: string | null = null): void {
  rememberItem(item.id);
  withAnalysis(({ initialConfig }) => {
    const { addNode, document } = useDocumentStore.getState();
    const label = freshLabel(document, item.title);
    addNode({ kind: item.kind, position: snapped(position), label, config: initialConfig(item), group });
  });
}

export function itemById(id: string): CatalogItem | undefined {
  return CATALOG.find((item) => item.id === id);
}

/** Right of the selected node, else at `fallback`; moved down until it covers no other node. */
export function freePosition(fallback: XYPosition): XYPosition {
  const { document, selection } = useDocumentStore.getState();
  const anchor = selection.nodeIds.length === 1 ? positionOf(document, selection.nodeIds[0] ?? '') : null;
  return uncovered(anchor === null ? fallback : { x: anchor.x + COLUMN_STEP, y: anchor.y });
}

function uncovered(wanted: XYPosition): XYPosition {
  const taken = Object.values(useDocumentStore.getState().document.layout);
  const { x, y } = snapped(wanted);
  const covers = (top: number): boolean =>
    taken.some((other) => Math.abs(other.x - x) < NODE_WIDTH + GRID && Math.abs(other.y - top) < NODE_HEIGHT + GRID);
  let top = y;
  while (covers(top)) top += GRID;
  return { x, y: top };
}

/** Where a drop at `point` puts a node: its middle under the hand. */
export function centred({ x, y }: XYPosition): XYPosition {
  return { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 };
}

export interface PlaceInGap {
  readonly position: XYPosition;
  /** How far right what follows has to stand, so that labels fit on both sides. */
  readonly roomX?: number;
}

/** Where a node comes to lie that is dropped into a gap: the port that is wired at `point`; in the middle of an edge. */
export function placeInGap({ from, to }: Gap, point: XYPosition): PlaceInGap {
  const { document } = useDocumentStore.getState();
  const left = from === null ? null : positionOf(document, from.node);
  const right = to === null ? null : positionOf(document, to.node);
  if (left !== null && right !== null) {
    const middle = (left.x + NODE_WIDTH + right.x) / 2 - NODE_WIDTH / 2;
    const isForward = right.x > left.x;
    const x = isForward ? Math.max(middle, left.x + COLUMN_STEP) : middle;
    const position = snapped({ x, y: (left.y + right.y) / 2 });
    return isForward ? { position, roomX: position.x + COLUMN_STEP } : { position };
  }
  if (from !== null) return { position: snapped({ x: point.x, y: point.y - PORT_TOP }) };
  if (to !== null) return { position: snapped({ x: point.x - NODE_WIDTH, y: point.y - PORT_TOP }) };
  return { position: snapped(centred(point)) };
}

/** Beside the node at the one end of a gap, where nothing is covered. */
export function placeBeside({ from, to }: Gap, fallback: XYPosition): PlaceInGap {
  if (from !== null && to !== null) return placeInGap({ from, to }, fallback);
  const anchor = positionOf(useDocumentStore.getState().document, from?.node ?? to?.node ?? '');
  if (anchor === null) return { position: uncovered(fallback) };
  return { position: uncovered({ x: anchor.x + (from === null ? -COLUMN_STEP : COLUMN_STEP), y: anchor.y }) };
}

/** Adds a node beside the one that feeds it, and draws the edge. */
export function addItemBehind(item: CatalogItem, from: NonNullable<Gap['from']>): void {
  const gap = { from, to: null };
  withAnalysis(({ addInGap }) => addInGap(item, gap, placeBeside(gap, { x: 0, y: 0 })));
}
