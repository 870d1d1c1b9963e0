import { useDocumentStore } from '../document-store.ts';
import { useDocuments } from './documents-state.ts';

/**
 * Calls `settle` now, and whenever the document on the screen is another one, or goes on under another id, which is null
 * while it is kept nowhere. Ends when the answer is called.
 */
export function followDocument(settle: (id: string | null, isOther: boolean) => void): () => void {
  let graph: number | null = null;
  let ownId: string | null = null;
  const look = (): void => {
    const { graph: nowGraph } = useDocumentStore.getState();
    const { currentId } = useDocuments.getState();
    if (nowGraph === graph && currentId === ownId) return;
    const isOther = nowGraph !== graph;
    [graph, ownId] = [nowGraph, currentId];
    settle(currentId, isOther);
  };
  // A document and its id change one after the other.
  const lookSoon = (): void => queueMicrotask(look);
  const stops = [
    useDocumentStore.subscribe((now, before) => now.graph !== before.graph && lookSoon()),
    useDocuments.subscribe((now, before) => now.currentId !== before.currentId && lookSoon()),
  ];
  look();
  return () => stops.forEach((stop) => stop());
}
