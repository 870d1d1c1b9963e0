import { copyFragment, duplicateNodes, pasteFragment } from '../pipeline/fragment.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import { writeDocument } from '../pipeline/write-document.ts';
import { loadAnalysis } from './analysis/load-analysis.ts';
import { useDocumentStore } from './document-store.ts';

/** Copies come to lie this far from their originals, canvas pixels on both axes. */
const OFFSET = { x: 32, y: 32 };

/** The selected nodes with the edges between them, as the text of a graph; null when no node is selected. */
export function copySelection(): string | null {
  const { document, selection } = useDocumentStore.getState();
  return selection.nodeIds.length === 0 ? null : writeDocument(copyFragment(document, selection.nodeIds));
}

/** Adds the nodes of a copied graph, one undo step, and selects them. Resolves to false for a text that is no graph. */
export async function pasteGraph(text: string): Promise<boolean> {
  const { readDocument } = await loadAnalysis();
  const read = readDocument(text);
  if (!read.ok || read.value.nodes.length === 0) return false;
  addAndSelect('Paste', (document) => pasteFragment(document, { fragment: read.value, offset: OFFSET }));
  return true;
}

export function duplicateSelection(): void {
  const { selection } = useDocumentStore.getState();
  if (selection.nodeIds.length === 0) return;
  addAndSelect('Duplicate', (document) => duplicateNodes(document, { ids: selection.nodeIds, offset: OFFSET }));
}

function addAndSelect(label: string, change: (document: PipelineDocument) => PipelineDocument): void {
  const { document: before, edit, select } = useDocumentStore.getState();
  if (!edit({ label }, change)) return;
  const added = useDocumentStore.getState().document.nodes.slice(before.nodes.length);
  select({ nodeIds: added.map((node) => node.id), edgeKeys: [] });
}
