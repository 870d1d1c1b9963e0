import type { DocumentLocks } from '../../app/documents/document-locks.ts';
import type { OnScreen, Workspace } from '../../app/documents/document-session.ts';
import { DocumentSession } from '../../app/documents/document-session.ts';
import type { ReadingReason, SessionState } from '../../app/documents/documents-state.ts';
import type { DocumentStorage } from '../../app/documents/stored-document.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { emptyDocument } from '../../pipeline/empty-document.ts';

/** The locks of one browser. Who loses one hears of it later: a tab may have been asleep. */
export class LockTable {
  private readonly noticeMs: number;
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly holders = new Map<string, { readonly onLost: () => void }>();

  constructor(noticeMs = 1) {
    this.noticeMs = noticeMs;
  }

  readonly locks: DocumentLocks = {
    take: (id, onLost) => Promise.resolve(this.holders.has(id) ? null : this.hold(id, onLost)),
    steal: (id, onLost) => {
      const loser = this.holders.get(id);
      if (loser !== undefined) setTimeout(() => loser.onLost(), this.noticeMs);
      return Promise.resolve(this.hold(id, onLost));
    },
    whenFree: async (id, onLost, givenUp) => {
      while (this.holders.has(id) && !givenUp.aborted) await this.left(id, givenUp);
      return givenUp.aborted ? null : this.hold(id, onLost);
    },
    taken: () => Promise.resolve(new Set(this.holders.keys())),
  };

  private left(id: string, givenUp: AbortSignal): Promise<void> {
    const waiting = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, waiting);
    return new Promise((resolve) => {
      waiting.add(resolve);
      givenUp.addEventListener('abort', () => resolve());
    });
  }

  private hold(id: string, onLost: () => void): () => void {
    const holder = { onLost };
    this.holders.set(id, holder);
    return () => {
      if (this.holders.get(id) !== holder) return;
      this.holders.delete(id);
      for (const resolve of this.waiting.get(id) ?? []) resolve();
      this.waiting.delete(id);
    };
  }
}

/** A page: a document on a screen, and the session that keeps it. */
export class Tab implements Workspace {
  readonly session: DocumentSession;
  readonly news: string[] = [];
  /** Graphs in the history that have another name by now. */
  readonly renamed = new Map<number, string>();
  state: SessionState = { currentId: null, saving: { kind: 'saved', atMs: null }, reading: null };
  refusal: ReadingReason | null = null;
  screen: OnScreen = { document: emptyDocument('Untitled'), graph: 0, isDraft: true };
  private readonly releases: (() => void)[] = [];
  private graphs = 0;
  private listener: (now: OnScreen, before: OnScreen) => void = () => undefined;

  constructor(storage: DocumentStorage, locks: DocumentLocks) {
    const held = (release: (() => void) | null): (() => void) | null => {
      if (release !== null) this.releases.push(release);
      return release;
    };
    this.session = new DocumentSession({
      storage,
      locks: {
        ...locks,
        take: async (id, onLost) => held(await locks.take(id, onLost)),
        whenFree: async (...given) => held(await locks.whenFree(...given)),
        steal: async (id, onLost) => held(await locks.steal(id, onLost)) ?? (() => undefined),
      },
      workspace: this,
      show: (state) => Object.assign(this.state, state),
      tell: (news) => this.news.push(news),
      parse: (text) => Promise.resolve(JSON.parse(text) as PipelineDocument),
      pauseMs: 3,
      deadlineMs: 200,
    });
    this.session.follow();
  }

  current(): OnScreen {
    return this.screen;
  }

  subscribe(listener: (now: OnScreen, before: OnScreen) => void): () => void {
    this.listener = listener;
    return () => undefined;
  }

  open(document: PipelineDocument, isDraft = false): void {
    this.show({ document, graph: ++this.graphs, isDraft });
  }

  rename(name: string): void {
    this.edit((document) => ({ ...document, name }));
  }

  renameOther(graph: number, name: string): void {
    this.renamed.set(graph, name);
  }

  refuseEdits(reason: ReadingReason | null): void {
    this.refusal = reason;
  }

  /** Whether it was taken. */
  edit(change: (document: PipelineDocument) => PipelineDocument): boolean {
    if (this.refusal !== null) return false;
    this.show({ ...this.screen, document: change(this.screen.document) });
    return true;
  }

  /** What undo does across an opening. */
  show(next: OnScreen): void {
    const before = this.screen;
    this.screen = next;
    this.listener(next, before);
  }

  get marks(): readonly string[] {
    return marksOf(this.screen.document);
  }

  mark(name: string): boolean {
    return this.edit((document) => withMark(document, name));
  }

  /** The browser lets go of what a page held when the page is gone. */
  die(): void {
    this.listener = () => undefined;
    this.session.outdate();
    for (const release of this.releases) release();
  }
}

/** An edit that can be told from all others, and that nothing but its own undo takes away. */
export function withMark(document: PipelineDocument, name: string): PipelineDocument {
  return {
    ...document,
    nodes: [...document.nodes, { id: name, type: 'filter', typeVersion: 1, config: {}, engine: {} }],
  };
}

export function marksOf({ nodes }: PipelineDocument): readonly string[] {
  return nodes.map(({ id }) => id);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
