import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/**
 * Keeps the run in step with the document: every change is handed to it, another document starts from nothing but its own files, and the
 * selected node is the one that charts and results are about.
 */
export function linkDocumentToRun(): void {
  useDocumentStore.subscribe((state, before) => {
    const run = useRunStore.getState();
    const { document, graph, opened } = state;
    if (opened !== before.opened) run.load(document, { graph, play: state.playOnOpen });
    else if (document !== before.document) run.load(document, { graph });
    if (state.selection !== before.selection) {
      const [only, ...others] = state.selection.nodeIds;
      run.watch(only !== undefined && others.length === 0 ? only : null);
    }
  });
}
