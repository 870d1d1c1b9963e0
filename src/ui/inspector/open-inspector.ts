import { usePanels } from '../shell/panel-store.ts';
import { useInspector } from './inspector-store.ts';

/** Brings the inspector into view, wherever it is, and gives its store. */
export function openInspector(): ReturnType<typeof useInspector.getState> {
  const { isInspectorFolded, filled, change, showTab } = usePanels.getState();
  if (isInspectorFolded || filled !== null) change({ isInspectorFolded: false });
  // Where only one panel has room; elsewhere tabs mean nothing.
  showTab('node');
  return useInspector.getState();
}
