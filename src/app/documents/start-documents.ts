import { useDocumentStore } from '../document-store.ts';
import { isAtRisk, useDocuments } from './documents-state.ts';
import { session, storage } from './documents.ts';
import { lastDocumentId } from './last-document.ts';
import { withDeadline } from './storage-fault.ts';

/** At the start of a page nobody waits longer for the storage. */
const DEADLINE_MS = 2_000;

/**
 * Keeps what is on the screen from here on, and opens the document that this tab, or else the browser, had open last.
 * False: there is none, or the storage gives no answer; what is opened then is kept as soon as that is possible.
 */
export async function openLastDocument(): Promise<boolean> {
  keepDocuments();
  let isLate = false;
  try {
    return await withDeadline(
      reopen(() => !isLate),
      DEADLINE_MS,
    );
  } catch (error) {
    // Saying so is left to the first save, which fails in the same way.
    if (error instanceof DOMException || error instanceof Error) return false;
    throw error;
  } finally {
    isLate = true;
  }
}

async function reopen(isWanted: () => boolean): Promise<boolean> {
  const entries = await storage.list();
  const last = lastDocumentId();
  const ids = new Set([...(last === null ? [] : [last]), ...entries.map(({ id }) => id)]);
  for (const id of ids) {
    if (!isWanted()) return false;
    try {
      if (await session.openStored(id, isWanted)) return true;
    } catch (error) {
      if (error instanceof DOMException) throw error;
      const name = entries.find((entry) => entry.id === id)?.name ?? 'The last document';
      useDocuments.setState({ news: `${name} could not be opened: ${String(error)} It is still in the list.` });
    }
  }
  return false;
}

let isKeeping = false;

/** Once a page. An embedded graph is never kept. */
export function keepDocuments(): void {
  if (isKeeping) return;
  isKeeping = true;
  session.follow();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void session.saveNow();
  });
  window.addEventListener('pagehide', () => session.part());
  window.addEventListener('beforeunload', (event) => {
    // Earlier than the page goes: what the storage is asked for then may go with it.
    session.part();
    if (isAtRisk(useDocuments.getState())) event.preventDefault();
  });
  const stop = useDocuments.subscribe(({ saving }) => {
    if (saving.kind !== 'saved' || saving.atMs === null || useDocumentStore.getState().history.past.length === 0)
      return;
    stop();
    void askToPersist();
  });
}

/** The first work that is worth it: some browsers ask the user. What is not persisted may be cleared for lack of space. */
async function askToPersist(): Promise<void> {
  const manager = 'storage' in navigator ? navigator.storage : undefined;
  if (manager?.persist === undefined || (await manager.persisted())) return;
  await manager.persist();
}
