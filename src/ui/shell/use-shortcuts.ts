import { useEffect } from 'react';
import type { RefObject } from 'react';
import { duplicateSelection } from '../../app/document-clipboard.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { isModalOpen, isTyping } from './keyboard-target.ts';
import { usePanels } from './panel-store.ts';
import type { ShellActions } from './shell-actions.ts';

export function useShortcuts(actions: ShellActions, searchBox: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const withControl: Readonly<Record<string, () => void>> = {
      z: () => useDocumentStore.getState().undo(),
      Z: () => useDocumentStore.getState().redo(),
      y: () => useDocumentStore.getState().redo(),
      a: selectAll,
      d: duplicateSelection,
      e: actions.exportGraph,
      i: actions.chooseImport,
    };
    const alone: Readonly<Record<string, () => void>> = {
      Delete: () => useDocumentStore.getState().removeSelection(),
      Backspace: () => useDocumentStore.getState().removeSelection(),
      f: () => useCanvasView.getState().fit(),
      i: () => usePanels.getState().change({ isInspectorFolded: !usePanels.getState().isInspectorFolded }),
      j: () => usePanels.getState().change({ isDeckFolded: !usePanels.getState().isDeckFolded }),
      '/': () => searchBox.current?.focus(),
      Escape: () => useDocumentStore.getState().select({ nodeIds: [], edgeKeys: [] }),
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || isTyping(event.target) || isModalOpen()) return;
      const hasControl = event.ctrlKey || event.metaKey;
      const key = hasControl && event.shiftKey ? event.key.toUpperCase() : event.key;
      const action = (hasControl ? withControl : alone)[key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions, searchBox]);
}

function selectAll(): void {
  const { document, select } = useDocumentStore.getState();
  select({ nodeIds: document.nodes.map((node) => node.id) });
}
