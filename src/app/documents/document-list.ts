import type { PipelineDocument } from '../../pipeline/document.ts';
import { emptyDocument } from '../../pipeline/empty-document.ts';
import { useDocumentStore } from '../document-store.ts';
import { useDocuments } from './documents-state.ts';
import { locks, parse, session, storage } from './documents.ts';
import { OpenDocument } from './open-document.ts';
import { storageFault, withDeadline } from './storage-fault.ts';
import type { DocumentEntry, RemovedDocument } from './stored-document.ts';
import { freshDocumentId } from './stored-document.ts';

export { onWrittenElsewhere } from './documents.ts';
export type { DocumentEntry } from './stored-document.ts';

export interface ListedDocument extends DocumentEntry {
  readonly isCurrent: boolean;
  /** Some other tab writes it. */
  readonly isOpenElsewhere: boolean;
}

const DEADLINE_MS = 5_000;
const NAMES_DEADLINE_MS = 500;

/** Last change first. Rejects with what can be told to the user. */
export async function listDocuments(): Promise<readonly ListedDocument[]> {
  await session.saveNow();
  const [entries, taken] = await orSay(Promise.all([storage.list(), locks.taken()]));
  const { currentId, reading } = useDocuments.getState();
  return entries.map((entry) => {
    const isCurrent = entry.id === currentId;
    return { ...entry, isCurrent, isOpenElsewhere: isCurrent ? reading !== null : taken.has(entry.id) };
  });
}

/** Resolves to why it cannot be opened, null when it is open. */
export async function openDocument(id: string): Promise<string | null> {
  try {
    return (await session.openStored(id)) ? null : 'It is not there any more.';
  } catch (error) {
    return storageFault(error);
  }
}

export async function newDocument(): Promise<void> {
  const document = await withFreshName(emptyDocument('Untitled'));
  useDocumentStore.getState().open(document, { label: 'New', isDraft: true });
}

/** The document on the screen once more, in its place. */
export async function duplicateCurrent(): Promise<void> {
  const { document } = useDocumentStore.getState();
  useDocumentStore.getState().open(await withFreshName(document), { label: 'Duplicate' });
}

/** Goes on with what is on the screen as a document of its own: another tab has the first one. */
export async function copyCurrent(): Promise<void> {
  const { name } = await withFreshName(useDocumentStore.getState().document);
  session.copyCurrent(name);
}

/** Resolves to why it cannot be taken over, null when it is this tab's. */
export async function takeOver(): Promise<string | null> {
  try {
    await session.takeOver();
    return null;
  } catch (error) {
    return storageFault(error);
  }
}

export function saveNow(): Promise<void> {
  return session.saveNow();
}

export function tryAgain(): Promise<void> {
  return session.tryAgain();
}

export async function duplicateDocument(id: string): Promise<void> {
  const found = await orSay(storage.read(id));
  if (found === null) throw new Error('It is not there any more.');
  await keep(new OpenDocument(freshDocumentId(), await withFreshName(await parse(found.text))));
}

/** The one on the screen is renamed as an edit, which undo takes back. */
export async function renameDocument(id: string, name: string): Promise<void> {
  if (id === useDocuments.getState().currentId) {
    useDocumentStore.getState().renameDocument(name);
    return session.saveNow();
  }
  await alone(id, async () => {
    const writer = freshDocumentId();
    const found = await orSay(storage.claim(id, writer));
    if (found === null) throw new Error('It is not there any more.');
    const renamed = new OpenDocument(id, { ...(await parse(found.text)), name });
    renamed.writer = writer;
    const entry = await keep(renamed);
    session.learn(id, renamed.wanted, entry?.revision ?? 0);
  });
}

/** What brings it back; the one on the screen makes room for the next in the list, or for an empty one. */
export async function removeDocument(id: string): Promise<RemovedDocument | null> {
  if (id === useDocuments.getState().currentId) {
    const next = (await listDocuments()).find((entry) => !entry.isCurrent && !entry.isOpenElsewhere);
    if (next === undefined || (await openDocument(next.id)) !== null) await newDocument();
    await session.saveNow();
  }
  return alone(id, () => orSay(storage.remove(id)));
}

export async function bringBack(removed: RemovedDocument): Promise<void> {
  await orSay(storage.putBack(removed));
}

/** Under a name that no other document has: with a number, when it is taken. */
export async function withFreshName(document: PipelineDocument): Promise<PipelineDocument> {
  let taken: ReadonlySet<string>;
  try {
    const entries = await withDeadline(storage.list(), NAMES_DEADLINE_MS);
    // A draft goes when it is left.
    taken = new Set(entries.filter(({ isDraft }) => !isDraft).map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof Error || error instanceof DOMException)) throw error;
    taken = new Set();
  }
  const name = freeName(taken, document.name);
  return name === document.name ? document : { ...document, name };
}

export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d{1,6}$/, '').slice(0, 190);
  for (let i = 2; ; i++) if (!taken.has(`${stem} ${i}`)) return `${stem} ${i}`;
}

function keep(open: OpenDocument): Promise<DocumentEntry | null> {
  return orSay(storage.save(open.toSave(), open.writer));
}

async function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
  const release = await locks.take(id, () => undefined);
  if (release === null) throw new Error('It is open in another tab. Close it there first.');
  try {
    return await work();
  } finally {
    release();
  }
}

async function orSay<T>(answer: Promise<T>): Promise<T> {
  try {
    return await withDeadline(answer, DEADLINE_MS);
  } catch (error) {
    throw new Error(`This did not work: ${storageFault(error)}.`, { cause: error });
  }
}
