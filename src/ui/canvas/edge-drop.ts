import type { DragEvent } from 'react';
import type { XYPosition } from 'reactflow';
import { overlap } from '../../app/arrange/boxes.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../../app/arrange/node-sizes.ts';
import { analysisNow } from '../../app/analysis/load-analysis.ts';
import { withAnalysis } from '../../app/document-analysis.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import type { Position } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { notify } from '../theme/notify.ts';
import { addItem, DRAG_TYPE, itemById, placeInGap } from './add-node.ts';
import { edgeAt, useEdgeMarks } from './edge-marks.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';

/** The palette item that is being dragged; a browser does not let one read it before the drop. */
let draggedItem: string | null = null;

export function watchPaletteDrags(): () => void {
  const onStart = (event: globalThis.DragEvent): void => {
    draggedItem = event.dataTransfer?.getData(DRAG_TYPE) ?? null;
  };
  const onEnd = (): void => {
    draggedItem = null;
    useEdgeMarks.getState().aim(null);
  };
  window.addEventListener('dragstart', onStart);
  window.addEventListener('dragend', onEnd);
  return () => {
    window.removeEventListener('dragstart', onStart);
    window.removeEventListener('dragend', onEnd);
  };
}

/** Marks the edge under a palette item. */
export function aimPaletteItem(event: DragEvent): void {
  const item = draggedItem === null ? undefined : itemById(draggedItem);
  const key = item === undefined ? null : edgeAt(event.clientX, event.clientY);
  const { aim } = useEdgeMarks.getState();
  const analysis = analysisNow();
  if (key === null || item === undefined || analysis === null) aim(null);
  else aim({ key, reason: analysis.whyNotOnEdge(key, item), at: { x: event.clientX, y: event.clientY } });
}

/** Marks the edge under a node that is moved and has no edges of its own. */
export function aimNode(nodeId: string, at: XYPosition): void {
  const { aim } = useEdgeMarks.getState();
  const { edges } = useDocumentStore.getState().document;
  const isFree = !edges.some(({ from, to }) => from.node === nodeId || to.node === nodeId);
  const key = isFree ? edgeAt(at.x, at.y) : null;
  const analysis = analysisNow();
  aim(key === null || analysis === null ? null : { key, reason: analysis.whyNotSplice(key, nodeId), at });
}

/** Adds a palette item where it was dropped: into the edge that it was held over, else on its own. */
export function dropItem(item: CatalogItem, corner: Position): void {
  const { target, aim } = useEdgeMarks.getState();
  aim(null);
  if (target?.reason !== null) {
    addItem(item, corner, groupAt(corner));
    tellRefusal(target?.reason ?? null);
    return;
  }
  withAnalysis(({ addInGap, gapOfEdge }) => {
    const gap = gapOfEdge(target.key);
    if (gap === null) addItem(item, corner, groupAt(corner));
    else addInGap(item, gap, { ...placeInGap(gap, corner), position: corner });
  });
}

/** The group in whose frame a node comes to lie. */
function groupAt({ x, y }: Position): string | null {
  const middle = { x: x + NODE_WIDTH / 2, y: y + NODE_HEIGHT / 2, w: 0, h: 0 };
  const { nodes } = useFlowStore.getState();
  return nodes.find((node) => node.type === 'frame' && overlap(boxOf(node), middle))?.id ?? null;
}

/** It lies where it was let go, and not in the edge. */
export function tellRefusal(reason: string | null): void {
  if (reason !== null) notify('info', 'Not put into the edge.', reason);
}

/** Leads the edge that a node was let go over through it. */
export function spliceAimed(key: string, nodeId: string, gesture: string): void {
  withAnalysis(({ spliceNode }) => spliceNode(key, nodeId, gesture));
}
