import type { XYPosition } from 'reactflow';
import type { CatalogItem } from '../../app/document-catalog.ts';
import { CATALOG, freshLabel } from '../../app/document-catalog.ts';
import type { OutputEnd } from '../../app/document-connect.ts';
import { withAnalysis } from '../../app/document-analysis.ts';
import { useDocumentStore } from '../../app/document-store.ts';

/** What a palette item carries while it is dragged. */
export const DRAG_TYPE = 'application/x-tidemark-operator';

const GRID = 16;
const NODE_WIDTH = 176;
const NODE_HEIGHT = 98;
const PORT_TOP = 45;
/** Room for the labels of an edge between two columns of nodes. */
const COLUMN_STEP = NODE_WIDTH + 64;

export function snapped({ x, y }: XYPosition): XYPosition {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** Adds a node with its upper left corner at `position` and selects it. */
export function addItem(item: CatalogItem, position: XYPosition): void {
  withAnalysis(({ initialConfig }) => {
    const { addNode, document } = useDocumentStore.getState();
    const label = freshLabel(document, item.title);
    addNode({ kind: item.kind, position: snapped(position), label, config: initialConfig(item) });
  });
}

/** Adds a node and draws an edge to it, its input port at `position`. */
export function addItemAfter(item: CatalogItem, from: OutputEnd, position: XYPosition): void {
  withAnalysis(({ addConnected, initialConfig }) => {
    const label = freshLabel(useDocumentStore.getState().document, item.title);
    const corner = snapped({ x: position.x, y: position.y - PORT_TOP });
    addConnected(from, { kind: item.kind, position: corner, label, config: initialConfig(item) });
  });
}

/** Adds a node beside the one that feeds it, which must be selected, and draws the edge. */
export function addItemBehind(item: CatalogItem, from: OutputEnd): void {
  const corner = freePosition({ x: 0, y: 0 });
  addItemAfter(item, from, { x: corner.x, y: corner.y + PORT_TOP });
}

export function itemById(id: string): CatalogItem | undefined {
  return CATALOG.find((item) => item.id === id);
}

/** Right of the selected node, else at `fallback`; moved down until it covers no other node. */
export function freePosition(fallback: XYPosition): XYPosition {
  const { document, selection } = useDocumentStore.getState();
  const anchor = selection.nodeIds.length === 1 ? document.layout[selection.nodeIds[0] ?? ''] : undefined;
  const taken = Object.values(document.layout);
  const { x, y } = snapped(anchor === undefined ? fallback : { x: anchor.x + COLUMN_STEP, y: anchor.y });
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
