import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { openDB } from 'idb';
import type { Entry, Parting, Version } from './parting.ts';
import { forgetPutDown, isSound, putDown, putDownOf } from './parting.ts';
import type {
  DocumentEntry,
  DocumentStorage,
  DocumentToSave,
  FoundDocument,
  RemovedDocument,
} from './stored-document.ts';
import { checksumOf, freshDocumentId } from './stored-document.ts';

const DATABASE = 'tidemark';
const SCHEMA_VERSION = 1;

interface Tables extends DBSchema {
  /** What the list shows: read without the texts. */
  entries: { key: string; value: Entry };
  texts: { key: string; value: Version };
  /** The last good version before the newest one. */
  previous: { key: string; value: Version };
  /** What a page put down as it went. */
  parting: { key: string; value: Parting };
}

type Table = 'entries' | 'texts' | 'previous' | 'parting';
type Write = IDBPTransaction<Tables, readonly Table[], 'readwrite'>;

const KEPT: readonly Table[] = ['entries', 'texts', 'previous'];
const TABLES: readonly Table[] = [...KEPT, 'parting'];

export interface StorageEvents {
  /** A page with a newer schema needs this one to let go. */
  readonly onOutdated?: () => void;
  /** Something was written: the list of documents may be another one. */
  readonly onWritten?: () => void;
}

/** Documents in IndexedDB. Saved means that the transaction is complete: requests may succeed and still be undone. */
export class IdbDocumentStorage implements DocumentStorage {
  private connection: Promise<IDBPDatabase<Tables>> | null = null;
  private database: IDBPDatabase<Tables> | null = null;
  private readonly events: StorageEvents;
  /** What was put down here, and may still be there: a page that goes may come back. */
  private readonly parted = new Set<string>();

  constructor(events: StorageEvents = {}) {
    this.events = events;
  }

  async list(): Promise<readonly DocumentEntry[]> {
    const entries = await (await this.open()).getAll('entries');
    return entries.sort((a, b) => b.savedAtMs - a.savedAtMs);
  }

  async read(id: string): Promise<FoundDocument | null> {
    await this.takeUp(id);
    const transaction = (await this.open()).transaction(TABLES, 'readonly');
    const [entry, newest, previous, parting] = await Promise.all([
      transaction.objectStore('entries').get(id),
      transaction.objectStore('texts').get(id),
      transaction.objectStore('previous').get(id),
      transaction.objectStore('parting').get(id),
      transaction.done,
    ]);
    if (isSound(parting) && follows(parting, entry))
      return { entry: parting.entry, text: parting.text, isOlder: false };
    return entry === undefined ? null : soundest(entry, newest, previous);
  }

  async claim(id: string, writer: string): Promise<FoundDocument | null> {
    await this.takeUp(id);
    return this.write(async (tables) => {
      const parting = await tables.objectStore('parting').get(id);
      const found = await tables.objectStore('entries').get(id);
      let entry = found;
      if (isSound(parting)) {
        if (follows(parting, found)) entry = await replace(tables, { ...parting, ...nextEntry(parting.entry, found) });
        else await replace(tables, renamed(parting));
      }
      if (parting !== undefined) await tables.objectStore('parting').delete(id);
      if (entry === undefined) return null;
      await tables.objectStore('entries').put({ ...entry, writer });
      const newest = await tables.objectStore('texts').get(id);
      return soundest(entry, newest, await tables.objectStore('previous').get(id));
    });
  }

  /** What is put down at parting waits for no save that is under way: it would end with the page, and both with it. */
  save(document: DocumentToSave, writer: string): Promise<DocumentEntry | null> {
    const hasParted = this.parted.has(document.id);
    if (hasParted) forgetPutDown(document.id, writer);
    return this.write(
      async (tables) => {
        const before = await tables.objectStore('entries').get(document.id);
        if (before !== undefined && before.writer !== writer) return null;
        if (hasParted) await forgetParting(tables, document.id, writer);
        return replace(tables, { ...versionOf(document), ...nextEntry(entryOf(document, writer), before) });
      },
      hasParted ? TABLES : KEPT,
    );
  }

  saveParting(document: DocumentToSave, writer: string): void {
    const parting = { ...versionOf(document), entry: entryOf(document, writer) };
    this.parted.add(document.id);
    putDown(parting);
    if (this.database === null) return;
    try {
      const transaction = this.database.transaction('parting', 'readwrite', { durability: 'strict' });
      // The page will not be there to hear of them.
      transaction.done.catch(() => undefined);
      transaction.store.put(parting).catch(() => undefined);
      transaction.commit();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  async discardDraft(id: string, writer: string): Promise<void> {
    await this.write(async (tables) => {
      const entry = await tables.objectStore('entries').get(id);
      if (entry?.isDraft === true && entry.writer === writer) await erase(tables, id);
    });
  }

  async remove(id: string): Promise<RemovedDocument | null> {
    await this.takeUp(id);
    return this.write(async (tables) => {
      const parts: Record<string, unknown> = {};
      for (const table of TABLES) {
        const part = await tables.objectStore(table).get(id);
        if (part !== undefined) parts[table] = part;
      }
      await erase(tables, id);
      return Object.keys(parts).length === 0 ? null : { id, parts };
    });
  }

  async putBack({ id, parts }: RemovedDocument): Promise<void> {
    await this.write(async (tables) => {
      if ((await tables.objectStore('entries').get(id)) !== undefined) return;
      for (const table of TABLES) {
        if (parts[table] !== undefined) await tables.objectStore(table).put(parts[table] as never);
      }
    });
  }

  /** What a page put down beside the database comes into it. */
  private async takeUp(id: string): Promise<void> {
    const parting = putDownOf(id);
    if (parting === null) return;
    await this.write(async (tables) => {
      const found = await tables.objectStore('entries').get(id);
      const known = await tables.objectStore('parting').get(id);
      const isStranger = isSound(known) && known.entry.writer !== parting.entry.writer;
      if (isStranger) await replace(tables, renamed(follows(known, found) ? parting : known));
      if (!isStranger || !follows(known, found)) await tables.objectStore('parting').put(parting);
    });
    forgetPutDown(id, parting.entry.writer);
  }

  reconnect(): void {
    this.database?.close();
    this.forget();
  }

  private forget(): void {
    this.connection = null;
    this.database = null;
  }

  private open(): Promise<IDBPDatabase<Tables>> {
    this.connection ??= openDB<Tables>(DATABASE, SCHEMA_VERSION, {
      upgrade: (database) => {
        for (const table of TABLES) database.createObjectStore(table, { keyPath: 'id' });
      },
      blocking: () => {
        this.reconnect();
        this.events.onOutdated?.();
      },
      terminated: () => this.forget(),
    }).then(
      (database) => (this.database = database),
      (error: unknown) => {
        this.forget();
        throw error;
      },
    );
    return this.connection;
  }

  /** All of it or nothing; resolves when it is on the disk. */
  private async write<T>(work: (tables: Write) => Promise<T>, tables = TABLES): Promise<T> {
    const transaction = (await this.open()).transaction(tables, 'readwrite', { durability: 'strict' });
    const worked = work(transaction).catch((error: unknown) => {
      abort(transaction);
      throw error;
    });
    const [result, end] = await Promise.allSettled([worked, transaction.done]);
    const isOwnFault = result.status === 'rejected' && !(result.reason instanceof DOMException);
    // Why it ended says more than what could not be asked of it any more.
    if (end.status === 'rejected' && !isOwnFault) throw end.reason;
    if (result.status === 'rejected') throw result.reason;
    this.events.onWritten?.();
    return result.value;
  }
}

/** Nothing of it must stay. A request that failed has ended it already. */
function abort(transaction: Write): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The version that was the newest is kept, if it is sound, until the next one is. */
async function replace(tables: Write, next: Version & { readonly entry: Entry }): Promise<Entry> {
  const { id, text, checksum, entry } = next;
  const newest = await tables.objectStore('texts').get(id);
  if (isSound(newest)) await tables.objectStore('previous').put(newest);
  await tables.objectStore('texts').put({ id, text, checksum });
  await tables.objectStore('entries').put(entry);
  return entry;
}

/** What another one has put down is still to become a copy. */
async function forgetParting(tables: Write, id: string, writer: string): Promise<void> {
  const parting = await tables.objectStore('parting').get(id);
  if (parting?.entry.writer === writer) await tables.objectStore('parting').delete(id);
}

async function erase(tables: Write, id: string): Promise<void> {
  for (const table of TABLES) await tables.objectStore(table).delete(id);
}

function soundest(entry: Entry, newest: Version | undefined, previous: Version | undefined): FoundDocument | null {
  if (isSound(newest)) return { entry, text: newest.text, isOlder: false };
  return isSound(previous) ? { entry, text: previous.text, isOlder: true } : null;
}

/** Whether it was put down by the one who was the writer to the end. */
function follows(parting: Parting, entry: Entry | undefined): boolean {
  return entry === undefined || entry.writer === parting.entry.writer;
}

/** What came too late to be this document's is one of its own. */
function renamed({ text, checksum, entry }: Parting): Version & { readonly entry: Entry } {
  const id = freshDocumentId();
  return { id, text, checksum, entry: { ...entry, id, writer: id, revision: 1 } };
}

function versionOf({ id, text }: DocumentToSave): Version {
  return { id, text, checksum: checksumOf(text) };
}

function entryOf({ id, name, nodes, isDraft }: DocumentToSave, writer: string): Entry {
  return { id, name, nodes, isDraft, writer, savedAtMs: Date.now(), revision: 1 };
}

function nextEntry(entry: Entry, before: Entry | undefined): { readonly entry: Entry } {
  return { entry: { ...entry, revision: (before?.revision ?? 0) + 1 } };
}
