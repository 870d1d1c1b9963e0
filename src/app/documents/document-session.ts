import type { PipelineDocument } from '../../pipeline/document.ts';
import { LIMITS } from '../../pipeline/limits.ts';
import type { DocumentLocks } from './document-locks.ts';
import type { ReadingReason, SessionState } from './documents-state.ts';
import { OpenDocument } from './open-document.ts';
import { storageFault, withDeadline } from './storage-fault.ts';
import type { DocumentStorage, DocumentToSave, FoundDocument } from './stored-document.ts';
import { freshDocumentId } from './stored-document.ts';

/** What is on the screen: a document, and the number of the graph that it is a state of. */
export interface OnScreen {
  readonly document: PipelineDocument;
  readonly graph: number;
  readonly isDraft: boolean;
}

export interface Workspace {
  /** Graph 0 is there before anything is opened. */
  readonly current: () => OnScreen;
  readonly subscribe: (listener: (now: OnScreen, before: OnScreen) => void) => () => void;
  /** Puts a document in the place of the one on the screen, as a graph of its own. */
  readonly open: (document: PipelineDocument) => void;
  readonly rename: (name: string) => void;
  /** A graph that is not on the screen. */
  readonly renameOther: (graph: number, name: string) => void;
  /** Null: every edit is welcome. */
  readonly refuseEdits: (reason: ReadingReason | null) => void;
}

interface SessionParts {
  readonly storage: DocumentStorage;
  readonly locks: DocumentLocks;
  readonly workspace: Workspace;
  readonly show: (state: Partial<SessionState>) => void;
  /** Says what happened without being asked for. */
  readonly tell: (news: string) => void;
  readonly parse: (text: string) => Promise<PipelineDocument>;
  readonly pauseMs?: number;
  readonly deadlineMs?: number;
}

const OLDER = 'The last version of this document is damaged. This is the one before it.';
const COPIED = 'Another tab has gone on with this document. What you had here is kept as a copy.';
const MOST = `${LIMITS.documentBytes.toLocaleString('en')} bytes, the most that can be read back`;
const PAUSE_MS = 300;
const RETRY_MS = 10_000;
const DEADLINE_MS = 5_000;

/**
 * Keeps what is on the screen in the storage. Every graph that is opened has a document of its own there, so that undo,
 * which goes back to earlier graphs, goes back to their documents. One thing happens after the other; what waits is
 * written as it then stands.
 */
export class DocumentSession {
  private readonly parts: SessionParts;
  /** By graph; a document that was opened twice has two graphs. */
  private readonly byGraph = new Map<number, OpenDocument>();
  private current: OpenDocument | null = null;
  /** For the graph that is about to be opened. */
  private prepared: OpenDocument | null = null;
  private queue: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOutdated = false;
  /** Of the wait for the tab that writes what this one only reads. */
  private waiting = new AbortController();
  /** Since the storage failed, until all that waits has been saved. */
  private isFailing = false;

  constructor(parts: SessionParts) {
    this.parts = parts;
  }

  /** From here on what is on the screen is kept, and every change. Nothing is written before. */
  follow(): () => void {
    const { workspace } = this.parts;
    if (workspace.current().graph > 0) this.enter(workspace.current());
    return workspace.subscribe((now, before) => {
      if (now.graph !== before.graph) this.enter(now);
      else if (now.document === before.document) return;
      else if (this.current === null) this.enter({ ...now, isDraft: false });
      else this.change(now.document);
    });
  }

  /**
   * Opens a stored document, to read it where another tab writes it. False: there is none that could be read, or nobody
   * waits for it any more.
   */
  async openStored(id: string, isWanted = () => true): Promise<boolean> {
    if (this.current?.id === id) return true;
    await this.saveNow();
    const known = [...this.byGraph.values()].find((open) => open.id === id);
    if (known?.access === 'writing') {
      this.put(known);
      return true;
    }
    const writer = freshDocumentId();
    let open: OpenDocument | null = null;
    const release = await this.parts.locks.take(id, () => open !== null && this.lose(open, 'taken-over'));
    try {
      const found = await this.ask(
        release === null ? this.parts.storage.read(id) : this.parts.storage.claim(id, writer),
      );
      const document = found === null ? null : await this.parts.parse(found.text);
      if (found === null || document === null || !isWanted()) {
        release?.();
        return false;
      }
      open = known ?? new OpenDocument(id, document, { isDraft: found.entry.isDraft });
      Object.assign(open, { wanted: document, kept: document, revision: found.entry.revision });
      if (found.isOlder) this.parts.tell(OLDER);
      if (release === null) open.readOnly('open-elsewhere');
      else open.write(writer, release);
      this.put(open);
      return true;
    } catch (error) {
      release?.();
      throw error;
    }
  }

  /** Makes this tab the writer of what it reads, and shows the newest version. */
  async takeOver(): Promise<void> {
    const open = this.current;
    if (open?.access !== 'reading') return;
    const release = await this.parts.locks.steal(open.id, () => this.lose(open, 'taken-over'));
    try {
      const writer = freshDocumentId();
      const found = await this.ask(this.parts.storage.claim(open.id, writer));
      const isSame = found === null || found.text === open.toSave().text;
      const newest = isSame ? open.wanted : await this.parts.parse(found.text);
      if (!isSame && open.isUnsaved) this.setAside(open);
      open.write(writer, release);
      Object.assign(open, { kept: found === null ? null : newest, revision: found?.entry.revision ?? 0 });
      if (this.current !== open) return;
      if (isSame) this.settle(open);
      else this.put(Object.assign(open, { wanted: newest }));
    } catch (error) {
      release();
      throw error;
    }
  }

  /** What is on the screen goes on as a document of its own. */
  copyCurrent(name: string): void {
    const open = this.current;
    if (open === null) return;
    open.becomeCopy();
    this.parts.workspace.refuseEdits(null);
    this.parts.workspace.rename(name);
    this.settle(open);
  }

  /** A document that is not on the screen was renamed by this tab, and is saved so. */
  learn(id: string, document: PipelineDocument, revision: number): void {
    for (const [graph, open] of this.byGraph) {
      if (open.id !== id || open === this.current) continue;
      Object.assign(open, { wanted: document, kept: document, revision });
      this.parts.workspace.renameOther(graph, document.name);
    }
  }

  /** Writes all that waits. Resolves when it has tried to. */
  saveNow(): Promise<void> {
    clearTimeout(this.timer);
    return this.enqueue(() => this.saveAll());
  }

  tryAgain(): Promise<void> {
    this.parts.storage.reconnect();
    return this.saveNow();
  }

  /** The page is about to go. */
  part(): void {
    for (const open of this.unsaved()) {
      const version = open.toSave();
      if (open.isUnsaved && !isTooLarge(version)) this.parts.storage.saveParting(version, open.writer);
    }
  }

  /** A page with a newer program needs the storage: this one writes no more. */
  outdate(): void {
    this.isOutdated = true;
    if (this.current !== null) this.settle(this.current);
  }

  private enter({ document, graph, isDraft }: OnScreen): void {
    const left = this.current;
    const known =
      this.prepared ?? this.byGraph.get(graph) ?? new OpenDocument(freshDocumentId(), document, { isDraft });
    this.prepared = null;
    known.wanted = document;
    this.byGraph.set(graph, known);
    this.current = known;
    // Nobody will be asked about its edits any more.
    if (left !== known && left?.access === 'reading' && left.isUnsaved) left.becomeCopy();
    this.settle(known);
    void this.saveNow();
  }

  /** Edits that are not in the newest version are kept as a document of their own, which undo goes back to. */
  private setAside(open: OpenDocument): void {
    const copy = new OpenDocument(freshDocumentId(), open.wanted);
    for (const [graph, each] of this.byGraph) if (each === open) this.byGraph.set(graph, copy);
    this.parts.tell(COPIED);
  }

  private change(document: PipelineDocument): void {
    const open = this.current;
    if (open === null) return;
    open.wanted = document;
    open.isDraft = false;
    if (open.access !== 'reading') this.saveSoon();
  }

  /** Shows how it stands with the document on the screen, and saves what is to be saved. */
  private settle(open: OpenDocument): void {
    if (this.isOutdated) open.readOnly('outdated');
    const { id, reading, access, isUnsaved } = open;
    this.parts.workspace.refuseEdits(reading);
    this.parts.show({
      currentId: id,
      reading: reading === null ? null : { reason: reading, hasUnsavedEdits: isUnsaved },
    });
    this.waiting.abort();
    this.waiting = new AbortController();
    if ((reading === 'open-elsewhere' || reading === 'taken-over') && !isUnsaved)
      // A storage that fails now leaves the way by hand.
      void this.succeed(open, this.waiting).catch(() => undefined);
    if (access === 'unclaimed' || (isUnsaved && access === 'writing')) this.saveSoon(0);
    else this.parts.show({ saving: { kind: 'saved', atMs: null } });
  }

  /** Comes to write what this tab only reads, as soon as no other tab does. What is on the screen stays there. */
  private async succeed(open: OpenDocument, { signal }: AbortController): Promise<void> {
    const release = await this.parts.locks.whenFree(open.id, () => this.lose(open, 'taken-over'), signal);
    if (release === null) return;
    try {
      const found = await this.ask(this.parts.storage.read(open.id));
      const reason = whyNotNewest(open, found);
      if (signal.aborted) release();
      else if (reason === null) {
        const writer = freshDocumentId();
        const claimed = await this.ask(this.parts.storage.claim(open.id, writer));
        if (signal.aborted) return release();
        open.write(writer, release);
        Object.assign(open, { kept: found && open.wanted, revision: claimed?.entry.revision ?? 0 });
        this.settle(open);
      } else {
        release();
        open.readOnly(reason);
        this.settle(open);
      }
    } catch (error) {
      release();
      throw error;
    }
  }

  private saveSoon(pauseMs = this.parts.pauseMs ?? PAUSE_MS): void {
    if (!this.isFailing) this.parts.show({ saving: { kind: 'saving' } });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.saveNow(), pauseMs);
  }

  private unsaved(): readonly OpenDocument[] {
    if (this.isOutdated) return [];
    return [...new Set(this.byGraph.values())].filter((open) => {
      if (open.access === 'reading') return false;
      // The one on the screen is claimed even when there is nothing to save; a draft is kept only as long as it is there.
      return open === this.current ? open.isUnsaved || open.access === 'unclaimed' : open.isUnsaved && !open.isDraft;
    });
  }

  private async saveAll(): Promise<void> {
    let areSaved = true;
    for (const open of this.unsaved()) {
      // One that cannot be saved keeps no other from it.
      await this.save(open).catch((error: unknown) => {
        areSaved = false;
        this.fail(error);
      });
    }
    await this.leaveOthers();
    if (!areSaved) return;
    this.isFailing = false;
    if (this.current?.access === 'reading') return;
    if (this.unsaved().length > 0) this.saveSoon();
    else this.parts.show({ saving: { kind: 'saved', atMs: Date.now() } });
  }

  /** Gives back what is saved and not on the screen. */
  private async leaveOthers(): Promise<void> {
    for (const open of new Set(this.byGraph.values())) {
      if (open === this.current || open.access !== 'writing' || (open.isUnsaved && !open.isDraft)) continue;
      if (open.isDraft) {
        const { id, writer } = open;
        // From here on the storage has it no more: undo, which may come back to it at any time, saves it anew.
        Object.assign(open, { kept: null, revision: 0 });
        await this.ask(this.parts.storage.discardDraft(id, writer));
      }
      if (open !== this.current) open.letGo();
    }
  }

  private async save(open: OpenDocument): Promise<void> {
    if (open.access === 'unclaimed' && !(await this.claim(open))) return;
    if (!open.isUnsaved) return;
    const { wanted, writer } = open;
    const version = open.toSave();
    if (isTooLarge(version)) throw new RangeError(`“${version.name}” has more than ${MOST}`);
    const entry = await this.ask(this.parts.storage.save(version, writer));
    // Taken over, or parted from, while it was being written.
    if (open.writer !== writer) return;
    if (entry === null) this.lose(open, 'taken-over');
    else Object.assign(open, { kept: wanted, revision: entry.revision });
  }

  /** Comes to write a document of this tab. False: another tab has it. */
  private async claim(open: OpenDocument): Promise<boolean> {
    const release = await this.parts.locks.take(open.id, () => this.lose(open, 'taken-over'));
    if (release === null) {
      this.lose(open, 'open-elsewhere');
      return false;
    }
    const { id, writer } = open;
    let found: FoundDocument | null;
    try {
      found = await this.ask(this.parts.storage.claim(id, writer));
    } catch (error) {
      release();
      throw error;
    }
    if (open.id !== id) {
      // It has become a copy in the meantime.
      release();
      return this.claim(open);
    }
    open.write(writer, release);
    if (found === null) open.kept = null;
    else if (found.entry.revision !== open.revision) {
      // Another tab has gone on with it since: that stays, and what undo has brought back here is a copy.
      open.becomeCopy();
      this.parts.tell(COPIED);
      if (open === this.current) this.parts.show({ currentId: open.id });
      return this.claim(open);
    }
    return true;
  }

  private lose(open: OpenDocument, reason: ReadingReason): void {
    if (open === this.current) {
      open.readOnly(reason);
      this.settle(open);
    } else if (open.isUnsaved) {
      // Nobody could be asked about one that is not on the screen any more.
      open.becomeCopy();
      this.parts.tell(COPIED);
      this.saveSoon();
    } else open.letGo();
  }

  private put(open: OpenDocument): void {
    this.prepared = open;
    this.parts.workspace.open(open.wanted);
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: unknown) => this.fail(error));
    return this.queue;
  }

  private fail(error: unknown): void {
    this.isFailing = true;
    this.parts.show({ saving: { kind: 'unsaved', reason: storageFault(error) } });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.saveNow(), RETRY_MS);
  }

  private ask<T>(answer: Promise<T>): Promise<T> {
    return withDeadline(answer, this.parts.deadlineMs ?? DEADLINE_MS);
  }
}

/** Null: what this tab has is what is kept. */
function whyNotNewest(open: OpenDocument, found: FoundDocument | null): ReadingReason | null {
  if (found === null) return open.isDraft ? null : 'removed';
  return found.text === open.toSave().text ? null : 'left';
}

function isTooLarge({ text }: DocumentToSave): boolean {
  return new Blob([text]).size > LIMITS.documentBytes;
}
