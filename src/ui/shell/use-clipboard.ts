import { useEffect } from 'react';
import { copySelection } from '../../app/document-clipboard.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { pasteText } from './clipboard-actions.ts';
import { isTyping } from './keyboard-target.ts';

/** Marked text on the page is what the user means to copy, before any node. */
function hasMarkedText(): boolean {
  return window.getSelection()?.isCollapsed === false;
}

/** Nodes go through the system's clipboard as the text of a graph. */
export function useClipboard(): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      if (isTyping(event.target) || hasMarkedText()) return;
      const text = copySelection();
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') useDocumentStore.getState().removeSelection();
    };
    const paste = (event: ClipboardEvent): void => {
      if (isTyping(event.target)) return;
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
