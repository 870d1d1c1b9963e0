import type { PipelineDocument } from '../../pipeline/document.ts';
import { writeDocument } from '../../pipeline/write-document.ts';
import type { ReadingReason } from './documents-state.ts';
import type { DocumentToSave } from './stored-document.ts';
import { freshDocumentId } from './stored-document.ts';

/**
 * Whether this tab may write a document. `unclaimed`: not asked so far, or the storage gave no answer. `reading`: another
 * tab writes it.
 */
type Access = 'unclaimed' | 'writing' | 'reading';

/** A document that this tab has, or had, on the screen: undo may come back to it. */
export class OpenDocument {
  id: string;
  /** A name for this tab's hold on it; a new one each time. */
  writer = freshDocumentId();
  access: Access = 'unclaimed';
  /** Of the last version that this tab has read or saved; 0 before that. */
  revision = 0;
  isDraft: boolean;
  /** The newest state on the screen. */
  wanted: PipelineDocument;
  /** The state that the storage has, as far as this tab knows. */
  kept: PipelineDocument | null;
  /** Why it is only read. */
  reading: ReadingReason | null = null;
  private release: (() => void) | null = null;

  constructor(id: string, wanted: PipelineDocument, { isDraft = false, isKept = false } = {}) {
    this.id = id;
    this.wanted = wanted;
    this.kept = isKept ? wanted : null;
    this.isDraft = isDraft;
  }

  get isUnsaved(): boolean {
    return this.wanted !== this.kept;
  }

  /** From here on it is another document, which nobody else has. */
  becomeCopy(): void {
    this.letGo();
    this.id = freshDocumentId();
    this.revision = 0;
    this.kept = null;
    this.isDraft = false;
  }

  letGo(): void {
    this.release?.();
    this.release = null;
    this.reading = null;
    this.access = 'unclaimed';
    this.writer = freshDocumentId();
  }

  readOnly(reason: ReadingReason): void {
    this.letGo();
    this.access = 'reading';
    this.reading = reason;
  }

  /** `release` gives the lock back. */
  write(writer: string, release: () => void): void {
    this.letGo();
    Object.assign(this, { writer, release, access: 'writing' });
  }

  toSave(): DocumentToSave {
    const { id, isDraft, wanted } = this;
    return { id, isDraft, name: wanted.name, nodes: wanted.nodes.length, text: writeDocument(wanted) };
  }
}
