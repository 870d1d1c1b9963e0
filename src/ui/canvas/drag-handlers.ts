import type { MouseEvent as ReactMouseEvent } from 'react';
import type { Box } from '../../app/arrange/boxes.ts';
import { groupsOf, useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from './canvas-view.ts';
import { beginDrag, dragKey, endDrag, isCopying, isDragCancelled, steerDrag } from './drag-gesture.ts';
import { aimNode, spliceAimed, tellRefusal } from './edge-drop.ts';
import { useEdgeMarks } from './edge-marks.ts';
import type { CanvasNode } from './flow-nodes.ts';
import { boxOf } from './flow-nodes.ts';
import { useFlowStore } from './flow-store.ts';
import { stopGliding } from './glide.ts';

type Pointer = MouseEvent | TouchEvent | ReactMouseEvent;

function begin(event: Pointer): void {
  stopGliding();
  const { nodes } = useFlowStore.getState();
  const boxesOf = (type: CanvasNode['type']): Box[] => nodes.filter((node) => node.type === type).map(boxOf);
  beginDrag({
    groups: groupsOf(useDocumentStore.getState().document),
    frames: new Map(boxesOf('frame').map((frame) => [frame.id, frame])),
    notes: boxesOf('note'),
  });
  steer(event);
}

function steer({ altKey, ctrlKey, metaKey }: Pointer): void {
  steerDrag({ isFree: ctrlKey || metaKey, isCopy: altKey, zoom: useCanvasView.getState().zoomLevel() });
}

function follow(event: Pointer, node: CanvasNode | undefined, nodes: readonly CanvasNode[]): void {
  steer(event);
  if (nodes.length !== 1 || node?.type !== 'operator' || !('clientX' in event) || isDragCancelled()) return;
  if (isCopying()) useEdgeMarks.getState().aim(null);
  else aimNode(node.id, { x: event.clientX, y: event.clientY });
}

function end(node: CanvasNode | undefined): void {
  const gesture = dragKey();
  const { target, aim } = useEdgeMarks.getState();
  if (isDragCancelled()) useFlowStore.getState().settle();
  else if (target?.reason === null && node !== undefined && gesture !== null) spliceAimed(target.key, node.id, gesture);
  else tellRefusal(target?.reason ?? null);
  aim(null);
  const wasCopy = isCopying();
  endDrag();
  if (node?.type === 'frame' && !wasCopy) selectGroup(node.id);
}

/** What was moved by its frame is what is meant next. */
function selectGroup(id: string): void {
  const { document, select } = useDocumentStore.getState();
  const group = groupsOf(document).find((each) => each.id === id);
  if (group !== undefined) select({ nodeIds: group.nodes, edgeKeys: [] });
}

/** Of several that are selected a click means the one under it, as long as it did not begin a drag. */
function selectOnly({ ctrlKey, metaKey, shiftKey }: ReactMouseEvent, { id, type }: CanvasNode): void {
  if (type === 'frame' || ctrlKey || metaKey || shiftKey) return;
  const isNote = type === 'note';
  useDocumentStore.getState().select({ nodeIds: isNote ? [] : [id], noteIds: isNote ? [id] : [], edgeKeys: [] });
}

/** Moving nodes, alone or together; a lone node without edges that is let go over an edge goes into it. */
export const dragHandlers = {
  onNodeClick: selectOnly,
  onNodeDragStart: begin,
  onNodeDrag: (event: Pointer, node: CanvasNode, nodes: CanvasNode[]): void => follow(event, node, nodes),
  onNodeDragStop: (_event: Pointer, node: CanvasNode): void => end(node),
  onSelectionDragStart: begin,
  onSelectionDrag: (event: Pointer, nodes: CanvasNode[]): void => follow(event, undefined, nodes),
  onSelectionDragStop: (): void => end(undefined),
};
