const KEY = 'tidemark.document';

/** Storage may be closed to us: a reload then begins anew. */
function inStorage<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return null;
  }
}

/** The document that this tab had open last, else the one that any tab had. */
export function lastDocumentId(): string | null {
  return inStorage(() => sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY));
}

export function rememberDocument(id: string): void {
  inStorage(() => {
    sessionStorage.setItem(KEY, id);
    localStorage.setItem(KEY, id);
  });
}
