import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from './canvas-view.ts';
import { focusEdge, focusNode } from './focus-node.ts';

/** Selects a node, brings it into the middle and gives it the keyboard. */
export function goToNode(nodeId: string): void {
  useDocumentStore.getState().select({ nodeIds: [nodeId], edgeKeys: [] });
  useCanvasView.getState().flyTo(nodeId);
  focusNode(nodeId);
}

/** As `goToNode`, but the view stands still where the node is in it. */
export function stepToNode(nodeId: string): void {
  useDocumentStore.getState().select({ nodeIds: [nodeId], edgeKeys: [] });
  useCanvasView.getState().reveal([nodeId]);
  focusNode(nodeId);
}

/** Selects an edge and gives it the keyboard; both its ends come into view. */
export function stepToEdge(key: string): void {
  const { document, select } = useDocumentStore.getState();
  const edge = document.edges.find((each) => edgeKey(each) === key);
  if (edge === undefined) return;
  select({ nodeIds: [], edgeKeys: [key] });
  useCanvasView.getState().reveal([edge.from.node, edge.to.node]);
  focusEdge(key);
}
