import type { DragEvent } from 'react';
import { analysisNow } from '../../app/analysis/load-analysis.ts';
import { withAnalysis } from '../../app/document-analysis.ts';
import type { CatalogItem } from '../../app/document-catalog.ts';
import type { Position } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { addItem, DRAG_TYPE, itemById, placeInGap } from './add-node.ts';
import { edgeAt, useEdgeMarks } from './edge-marks.ts';

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
  else aim({ key, reason: analysis.whyNotOnEdge(key, item) });
}

/** Marks the edge under a node that is moved and has no edges of its own. */
export function aimNode(nodeId: string, { x, y }: { readonly x: number; readonly y: number }): void {
  const { aim } = useEdgeMarks.getState();
  const { edges } = useDocumentStore.getState().document;
  const isFree = !edges.some(({ from, to }) => from.node === nodeId || to.node === nodeId);
  const key = isFree ? edgeAt(x, y) : null;
  const analysis = analysisNow();
  aim(key === null || analysis === null ? null : { key, reason: analysis.whyNotSplice(key, nodeId) });
}

/** Adds a palette item where it was dropped: into the edge that it was held over, else on its own. */
export function dropItem(item: CatalogItem, corner: Position): void {
  const { target, aim } = useEdgeMarks.getState();
  aim(null);
  if (target?.reason !== null) {
    addItem(item, corner);
    return;
  }
  withAnalysis(({ addInGap, gapOfEdge }) => {
    const gap = gapOfEdge(target.key);
    if (gap === null) addItem(item, corner);
    else addInGap(item, gap, { ...placeInGap(gap, corner), position: corner });
  });
}

/** Leads the edge that a node was let go over through it. */
export function spliceAimed(key: string, nodeId: string, gesture: string): void {
  withAnalysis(({ spliceNode }) => spliceNode(key, nodeId, gesture));
}
