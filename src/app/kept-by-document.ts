import { keep, readKept } from './kept.ts';

/** What of other documents is kept is forgotten, the ones that were changed longest ago first. */
const DOCUMENTS_MAX = 50;

interface Kind<Value> {
  readonly key: string;
  /** What was kept, as far as it can be read: storage may hold anything. */
  readonly read: (kept: unknown) => Value;
  /** Whether there is nothing in it. */
  readonly isEmpty: (value: Value) => boolean;
}

/** Something that belongs to documents and is no part of them: this browser keeps it by the document's id. */
export class KeptByDocument<Value> {
  private readonly kind: Kind<Value>;

  constructor(kind: Kind<Value>) {
    this.kind = kind;
  }

  /** Null where nothing is kept. */
  of(documentId: string): Value | null {
    const found = this.all().find(([id]) => id === documentId);
    return found === undefined ? null : this.kind.read(found[1]);
  }

  keep(documentId: string, value: Value): void {
    const others = this.all().filter(([id]) => id !== documentId);
    const entries = this.kind.isEmpty(value) ? others : [...others, [documentId, value] as const];
    keep(this.kind.key, Object.fromEntries(entries.slice(-DOCUMENTS_MAX)));
  }

  /** By document, last change last. */
  private all(): readonly (readonly [documentId: string, value: unknown])[] {
    const kept = readKept(this.kind.key);
    return typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
  }
}
