import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useReactFlow } from 'reactflow';
import { useDocumentStore } from '../../app/document-store.ts';
import { fitOptions } from '../canvas/fit-view.ts';
import { usePanels } from './panel-store.ts';
import type { ShellActions } from './shell-actions.ts';

/** Keys of a text field belong to the field. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Open dialogs and menus take all keys. */
function isModal(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]') !== null;
}

export function useShortcuts(actions: ShellActions, searchBox: RefObject<HTMLInputElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const withControl: Readonly<Record<string, () => void>> = {
      z: () => useDocumentStore.getState().undo(),
      Z: () => useDocumentStore.getState().redo(),
      y: () => useDocumentStore.getState().redo(),
      a: selectAll,
      e: actions.exportGraph,
      i: actions.chooseImport,
    };
    const alone: Readonly<Record<string, () => void>> = {
      Delete: () => useDocumentStore.getState().removeSelection(),
      Backspace: () => useDocumentStore.getState().removeSelection(),
      f: () => void flow.fitView(fitOptions()),
      i: () => usePanels.getState().change({ isInspectorFolded: !usePanels.getState().isInspectorFolded }),
      j: () => usePanels.getState().change({ isDeckFolded: !usePanels.getState().isDeckFolded }),
      '/': () => searchBox.current?.focus(),
      Escape: () => useDocumentStore.getState().select({ nodeIds: [], edgeKeys: [] }),
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || isTyping(event.target) || isModal()) return;
      const hasControl = event.ctrlKey || event.metaKey;
      const key = hasControl && event.shiftKey ? event.key.toUpperCase() : event.key;
      const action = (hasControl ? withControl : alone)[key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions, flow, searchBox]);
}

function selectAll(): void {
  const { document, select } = useDocumentStore.getState();
  select({ nodeIds: document.nodes.map((node) => node.id) });
}
