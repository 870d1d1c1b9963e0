import { isHistoryStep } from './document-history.ts';
import type { DocumentState } from './document-store.ts';
import { edgeKey, useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';
import { bringSamples } from './sample-files.ts';

/**
 * Keeps the run in step with the document: every change is handed to it, another document starts from nothing but its own
 * files, and charts and results are about the selected node, or the one that feeds the selected edge.
 */
export function linkDocumentToRun(): void {
  useDocumentStore.subscribe((state, before) => {
    const run = useRunStore.getState();
    const { document, graph, opened } = state;
    if (opened !== before.opened) {
      run.load(document, { graph, play: state.playOnOpen });
      if (document.nodes.some(({ type }) => type === 'source.file')) void bringSamples();
    } else if (document !== before.document) {
      for (const id of madeAnew(state, before)) if (run.files[id] !== undefined) run.setFile(id, null);
      run.load(document, { graph });
    }
    if (state.selection !== before.selection) run.watch(nodeInView(state));
  });
}

/** Nodes that an edit has added: one that was deleted may have had the same id. Undo and redo bring nodes back as they were. */
function madeAnew(state: DocumentState, before: DocumentState): readonly string[] {
  if (state.graph !== before.graph || isHistoryStep(state, before)) return [];
  const known = new Set(before.document.nodes.map(({ id }) => id));
  return state.document.nodes.flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

/** Null while nothing or more than one thing is selected. */
function nodeInView({ document, selection: { nodeIds, edgeKeys } }: DocumentState): string | null {
  const [nodeId, ...otherNodes] = nodeIds;
  if (nodeId !== undefined) return otherNodes.length === 0 ? nodeId : null;
  const [key, ...otherEdges] = edgeKeys;
  if (key === undefined || otherEdges.length > 0) return null;
  return document.edges.find((edge) => edgeKey(edge) === key)?.from.node ?? null;
}
