import { useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from './canvas-view.ts';
import { focusNode } from './focus-node.ts';

/** Selects a node, brings it into view and gives it the keyboard. */
export function goToNode(nodeId: string): void {
  useDocumentStore.getState().select({ nodeIds: [nodeId], edgeKeys: [] });
  useCanvasView.getState().flyTo(nodeId);
  focusNode(nodeId);
}
