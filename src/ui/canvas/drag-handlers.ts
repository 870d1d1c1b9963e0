import type { MouseEvent as ReactMouseEvent } from 'react';
import { groupsOf, useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from './canvas-view.ts';
import { beginDrag, dragKey, endDrag, isDragCancelled, steerDrag } from './drag-gesture.ts';
import { aimNode, spliceAimed } from './edge-drop.ts';
import { useEdgeMarks } from './edge-marks.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';
import { stopGliding } from './glide.ts';

type Pointer = MouseEvent | TouchEvent | ReactMouseEvent;

function begin(): void {
  stopGliding();
  beginDrag();
}

function follow(event: Pointer, node: CanvasNode | undefined, nodes: readonly CanvasNode[]): void {
  steerDrag({ isFree: event.altKey, zoom: useCanvasView.getState().zoomLevel() });
  if (nodes.length === 1 && node?.type === 'operator' && 'clientX' in event && !isDragCancelled()) {
    aimNode(node.id, { x: event.clientX, y: event.clientY });
  }
}

function end(node: CanvasNode | undefined): void {
  const gesture = dragKey();
  const { target, aim } = useEdgeMarks.getState();
  if (isDragCancelled()) useFlowStore.getState().settle();
  else if (target?.reason === null && node !== undefined && gesture !== null) spliceAimed(target.key, node.id, gesture);
  aim(null);
  endDrag();
  if (node?.type === 'frame') selectGroup(node.id);
}

/** What was moved by its frame is what is meant next. */
function selectGroup(id: string): void {
  const { document, select } = useDocumentStore.getState();
  const group = groupsOf(document).find((each) => each.id === id);
  if (group !== undefined) select({ nodeIds: group.nodes, edgeKeys: [] });
}

/** Moving nodes, alone or together; a lone node without edges that is let go over an edge goes into it. */
export const dragHandlers = {
  onNodeDragStart: begin,
  onNodeDrag: (event: Pointer, node: CanvasNode, nodes: CanvasNode[]): void => follow(event, node, nodes),
  onNodeDragStop: (_event: Pointer, node: CanvasNode): void => end(node),
  onSelectionDragStart: begin,
  onSelectionDrag: (event: Pointer, nodes: CanvasNode[]): void => follow(event, undefined, nodes),
  onSelectionDragStop: (): void => end(undefined),
};
