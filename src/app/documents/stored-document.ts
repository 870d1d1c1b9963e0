/** A document as the browser keeps it, and what a store of documents must be able to do. */

export interface DocumentEntry {
  readonly id: string;
  readonly name: string;
  readonly nodes: number;
  readonly savedAtMs: number;
  /** Counts its versions from 1. */
  readonly revision: number;
  /** A template or an empty graph that nobody has changed so far: not worth keeping once it is left. */
  readonly isDraft: boolean;
}

export interface FoundDocument {
  readonly entry: DocumentEntry;
  /** As `writeDocument` gives it. */
  readonly text: string;
  /** The newest version was damaged: this is the one before it. */
  readonly isOlder: boolean;
}

export interface DocumentToSave {
  readonly id: string;
  readonly name: string;
  readonly nodes: number;
  readonly text: string;
  readonly isDraft: boolean;
}

/** Everything there is of a document, to be put back as it was. */
export interface RemovedDocument {
  readonly id: string;
  readonly parts: Readonly<Record<string, unknown>>;
}

/**
 * A document has one writer: who claimed it last. The claim stands beside the document in the storage itself, so that a
 * tab that does not know yet that it has lost it cannot write over what came after. Promises reject when the storage
 * fails; then nothing of the call has happened.
 */
export interface DocumentStorage {
  readonly list: () => Promise<readonly DocumentEntry[]>;
  readonly read: (id: string) => Promise<FoundDocument | null>;
  /** From here on only `writer` can save it. Null: there is no such document; the first to save it makes it. */
  readonly claim: (id: string, writer: string) => Promise<FoundDocument | null>;
  /** Resolves once it is on the disk; to null when another writer has claimed it. */
  readonly save: (document: DocumentToSave, writer: string) => Promise<DocumentEntry | null>;
  /** For a page that is about to go: nothing is waited for. The next claim takes it up. */
  readonly saveParting: (document: DocumentToSave, writer: string) => void;
  /** Takes away a draft of this writer; anything else stays. */
  readonly discardDraft: (id: string, writer: string) => Promise<void>;
  readonly remove: (id: string) => Promise<RemovedDocument | null>;
  /** Leaves one that has come back by another way as it is. */
  readonly putBack: (removed: RemovedDocument) => Promise<void>;
  /** The next call begins with a new connection. */
  readonly reconnect: () => void;
}

/** 32-bit FNV-1a over the code units: finds damage, not malice. */
export function checksumOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Not `randomUUID`: that is missing where the page is served without TLS. */
export function freshDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
