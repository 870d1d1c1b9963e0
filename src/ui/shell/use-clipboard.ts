import { useEffect } from 'react';
import { copySelection } from '../../app/document-clipboard.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { pasteText } from './clipboard-actions.ts';
import { useDialogs } from './dialog-store.ts';
import { isModalOpen, isTyping } from './keyboard-target.ts';

/** Marked text on the page is what the user means to copy, before any node. */
function hasMarkedText(): boolean {
  return window.getSelection()?.isCollapsed === false;
}

/** Whether the clipboard is asked of the graph: not of a field, and not behind a dialog. */
function isOfGraph({ target }: Event): boolean {
  return !isTyping(target) && !isModalOpen() && useDialogs.getState().open === null;
}

/** Nodes go through the system's clipboard as the text of a graph. */
export function useClipboard(): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      if (!isOfGraph(event) || hasMarkedText()) return;
      const text = copySelection();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') useDocumentStore.getState().removeSelection();
    };
    const paste = (event: ClipboardEvent): void => {
      if (!isOfGraph(event)) return;
      void pasteText(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, []);
}
