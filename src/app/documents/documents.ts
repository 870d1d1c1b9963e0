import type { PipelineDocument } from '../../pipeline/document.ts';
import type { DocumentState } from '../document-store.ts';
import { useDocumentStore } from '../document-store.ts';
import { loadAnalysis } from '../analysis/load-analysis.ts';
import { browserLocks } from './document-locks.ts';
import type { OnScreen, Workspace } from './document-session.ts';
import { DocumentSession } from './document-session.ts';
import { useDocuments } from './documents-state.ts';
import { rememberDocument } from './last-document.ts';
import type { ReadingReason } from './documents-state.ts';
import { IdbDocumentStorage } from './idb-storage.ts';

const REFUSALS: Readonly<Record<ReadingReason, string>> = {
  'open-elsewhere': 'This document is open in another tab. Make a copy, or take it over, to change it here.',
  'taken-over': 'Another tab has taken this document over. Make a copy, or take it back, to change it here.',
  left: 'Another tab has changed this document and closed. Open its newest version, or make a copy, to change it here.',
  removed: 'Another tab has deleted this document. Make a copy to go on with it.',
  outdated: 'A newer Tidemark is open in another tab. Reload this page to go on.',
};

/** Between the tabs of a browser: some document was written. */
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('tidemark.documents') : null;

/** Calls when another tab has written a document. */
export function onWrittenElsewhere(listener: () => void): () => void {
  tabs?.addEventListener('message', listener);
  return () => tabs?.removeEventListener('message', listener);
}

export const storage = new IdbDocumentStorage({
  onOutdated: () => session.outdate(),
  onWritten: () => tabs?.postMessage(null),
});
export const locks = browserLocks('locks' in navigator ? navigator.locks : undefined);

/** What was changed before anything was kept is no draft any more. */
function onScreen({ kept, graph, isDraftOnOpen, ...shown }: DocumentState): OnScreen {
  const { document, history } = kept ?? shown;
  const isEdited = history.past.some(({ graphs }) => graphs[0] === graph && graphs[1] === graph);
  return { document, graph, isDraft: isDraftOnOpen && !isEdited };
}

const workspace: Workspace = {
  current: () => onScreen(useDocumentStore.getState()),
  subscribe: (listener) => useDocumentStore.subscribe((now, before) => listener(onScreen(now), onScreen(before))),
  open: (document) => {
    const { opened, open } = useDocumentStore.getState();
    open(document, { label: 'Open', isFirst: opened === 0 });
  },
  rename: (name) => useDocumentStore.getState().renameDocument(name),
  renameOther: (graph, name) => useDocumentStore.getState().renameOther(graph, name),
  refuseEdits: (reason) => useDocumentStore.getState().refuseEdits(reason && REFUSALS[reason]),
};

export const session: DocumentSession = new DocumentSession({
  storage,
  locks,
  workspace,
  parse,
  tell: (news) => useDocuments.setState({ news }),
  show: (state) => {
    useDocuments.setState(state);
    if (state.currentId !== undefined && state.currentId !== null) rememberDocument(state.currentId);
  },
});

/** A document that this program has written. */
export async function parse(text: string): Promise<PipelineDocument> {
  const { readDocument } = await loadAnalysis();
  const read = readDocument(text);
  if (read.ok) return read.value;
  throw new Error(read.problems[0]?.message ?? 'It is no graph.');
}
