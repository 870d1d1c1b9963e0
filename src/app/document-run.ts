import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/**
 * Keeps the run in step with the document: every change is handed to it, another document starts from nothing, and the
 * selected node is the one that charts and results are about.
 */
export function linkDocumentToRun(): void {
  useDocumentStore.subscribe((state, before) => {
    const run = useRunStore.getState();
    if (state.opened !== before.opened) run.load(state.document, { isNew: true, play: state.playOnOpen });
    else if (state.document !== before.document) run.load(state.document);
    if (state.selection !== before.selection) {
      const [only, ...others] = state.selection.nodeIds;
      run.watch(only !== undefined && others.length === 0 ? only : null);
    }
  });
}
