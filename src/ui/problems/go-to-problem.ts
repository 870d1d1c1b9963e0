import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { focusNode } from '../canvas/focus-node.ts';
import { openInspector } from '../inspector/open-inspector.ts';

/** Flies to the node that a problem is about, and opens the field where it is one of its settings. */
export function goToProblem({ nodeId, path }: Problem): void {
  if (nodeId === null) return;
  useDocumentStore.getState().select({ nodeIds: [nodeId], edgeKeys: [] });
  useCanvasView.getState().flyTo(nodeId);
  if (/^nodes\.\d+\.(config|engine)\./.test(path)) openInspector().focus('field');
  else focusNode(nodeId);
}
