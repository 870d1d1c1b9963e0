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
    const { graph, opened } = state;
    const [document, documentBefore] = [documentOfRun(state), documentOfRun(before)];
    if (opened !== before.opened) {
      run.load(document, { graph, play: state.playOnOpen });
      if (document.nodes.some(({ type }) => type === 'source.file')) void bringSamples();
    } else if (document !== documentBefore) {
      if (graph === before.graph && document.nodes !== documentBefore.nodes) followNames(state);
      run.load(document, { graph });
    }
    if (state.selection !== before.selection) run.watch(nodeInView(state));
  });
}

/** A draft on the screen is run by nobody but its branch. */
function documentOfRun({ kept, document }: DocumentState): DocumentState['document'] {
  return kept?.document ?? document;
}

/** Files that were chosen for sources, by graph and by their names. */
const chosen = new Map<number, Map<string, File>>();

/** A source reads the file that its settings name, also when undo or a copy has brought it that name. */
function followNames({ document, graph }: DocumentState): void {
  const { files, setFile } = useRunStore.getState();
  const known = chosen.get(graph) ?? new Map<string, File>();
  for (const file of Object.values(files)) known.set(file.name, file);
  chosen.set(graph, known);
  for (const { id, type, config } of document.nodes) {
    const name = config['fileName'];
    const file = Object.hasOwn(files, id) ? files[id] : undefined;
    if (type !== 'source.file' || file?.name === name) continue;
    const named = typeof name === 'string' ? known.get(name) : undefined;
    if (named !== file) setFile(id, named ?? null);
  }
}

/** Null while nothing or more than one thing is selected. */
function nodeInView({ document, selection: { nodeIds, edgeKeys } }: DocumentState): string | null {
  const [nodeId, ...otherNodes] = nodeIds;
  if (nodeId !== undefined) return otherNodes.length === 0 ? nodeId : null;
  const [key, ...otherEdges] = edgeKeys;
  if (key === undefined || otherEdges.length > 0) return null;
  return document.edges.find((edge) => edgeKey(edge) === key)?.from.node ?? null;
}
