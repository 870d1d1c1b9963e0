import { copySelection, pasteGraph } from '../../app/document-clipboard.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useCanvasView } from '../canvas/canvas-view.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { notify } from '../theme/notify.ts';
import { keysText } from './commands/keys.ts';

/** Pastes a text as a graph where the pointer or the view is, and says why when it is none. */
export async function pasteText(text: string): Promise<void> {
  const { pointer, view } = useCanvasView.getState();
  const report = await pasteGraph(text, { pointer: pointer(), view: view() });
  if (report.kind === 'no-graph') {
    notify(
      'info',
      'Nothing to paste.',
      'The clipboard holds no graph: copy nodes here, or the text of an exported graph.',
    );
  } else if (report.kind === 'refused') {
    notify('error', 'Nothing was pasted.', report.reason);
  } else if (report.foreign.length > 0) {
    const { dialect } = useDocumentStore.getState().document;
    const names = report.foreign.slice(0, 5).join(', ') + (report.foreign.length > 5 ? ', …' : '');
    const title = `Pasted from a graph of ${DIALECT_TITLES[report.from]}.`;
    notify('info', title, `${DIALECT_TITLES[dialect]} has nothing like: ${names}. See their problems.`);
  }
}

/** Copies by command; the keys let the browser do it. */
export async function copyByCommand(isCut: boolean): Promise<void> {
  const text = copySelection();
  if (text === null) return;
  const keys = isCut ? 'Mod+X' : 'Mod+C';
  const isDone = await permitted(keys, async () => {
    await navigator.clipboard.writeText(text);
    return true;
  });
  if (isDone === true && isCut) useDocumentStore.getState().removeSelection();
}

export async function pasteByCommand(): Promise<void> {
  const text = await permitted('Mod+V', () => navigator.clipboard.readText());
  if (text !== null) await pasteText(text);
}

/** Browsers let a page at the clipboard without keys only when they trust it. */
async function permitted<T>(keys: string, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
    notify('error', 'The browser keeps the clipboard from the page.', `Use the keys: ${keysText(keys)}.`);
    return null;
  }
}
