import { keep, readKept } from '../kept.ts';

const STORAGE_KEY = 'tidemark.document';

/** The document that this tab had open last, else the one that any tab had. Where storage is closed, a reload begins anew. */
export function lastDocumentId(): string | null {
  const id = readKept(STORAGE_KEY, 'tab') ?? readKept(STORAGE_KEY);
  return typeof id === 'string' ? id : null;
}

export function rememberDocument(id: string): void {
  keep(STORAGE_KEY, id, 'tab');
  keep(STORAGE_KEY, id);
}
