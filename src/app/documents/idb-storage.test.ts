import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failingPuts } from '../../testing/documents/storage-faults.ts';
import { MemoryStorage } from '../../testing/documents/memory-storage.ts';
import { IdbDocumentStorage } from './idb-storage.ts';
import type { DocumentToSave } from './stored-document.ts';

let storage: IdbDocumentStorage;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', new MemoryStorage());
  storage = new IdbDocumentStorage();
});

afterEach(() => vi.unstubAllGlobals());

function version(text: string, part: Partial<DocumentToSave> = {}): DocumentToSave {
  return { id: 'a', name: `Name of ${text}`, nodes: text.length, text, isDraft: false, ...part };
}

async function textOf(id: string, from = new IdbDocumentStorage()): Promise<string | undefined> {
  return (await from.read(id))?.text;
}

describe('documents in IndexedDB', () => {
  it('come back as they were saved, newest first', async () => {
    await storage.save(version('one', { id: 'a' }), 'me');
    await storage.save(version('twos', { id: 'b' }), 'me');
    await storage.save(version('three', { id: 'b' }), 'me');
    const fresh = new IdbDocumentStorage();
    expect(await fresh.list()).toMatchObject([
      { id: 'b', name: 'Name of three', nodes: 5, revision: 2 },
      { id: 'a', name: 'Name of one', nodes: 3, revision: 1 },
    ]);
    expect(await textOf('b')).toBe('three');
    expect(await fresh.read('c')).toBeNull();
  });

  it('have one writer: who claimed them last', async () => {
    await storage.save(version('one'), 'first');
    expect(await storage.claim('a', 'second')).toMatchObject({ text: 'one' });
    expect(await storage.save(version('stale'), 'first')).toBeNull();
    expect(await textOf('a')).toBe('one');
    expect(await storage.save(version('two'), 'second')).toMatchObject({ revision: 2 });
  });

  it('are there before they are damaged', async () => {
    await storage.save(version('good'), 'me');
    await storage.save(version('newer'), 'me');
    const database = await openDB('tidemark', 1);
    await database.put('texts', { id: 'a', text: 'new', checksum: 1 });
    expect(await storage.read('a')).toMatchObject({ text: 'good', isOlder: true });
    // What is damaged does not become the last good version.
    await storage.save(version('third'), 'me');
    await database.put('texts', { id: 'a', text: '', checksum: 1 });
    expect(await storage.claim('a', 'you')).toMatchObject({ text: 'good', isOlder: true });
    database.close();
  });

  it('are removed and brought back whole', async () => {
    await storage.save(version('one'), 'me');
    await storage.save(version('two'), 'me');
    const removed = await storage.remove('a');
    expect(await storage.list()).toEqual([]);
    expect(await textOf('a')).toBeUndefined();
    await storage.putBack(removed!);
    expect(await storage.read('a')).toMatchObject({ text: 'two', entry: { revision: 2 } });
    expect(await storage.remove('nobody')).toBeNull();
  });

  it('are left as they are when they are put back after they have come back by themselves', async () => {
    await storage.save(version('one'), 'me');
    const removed = await storage.remove('a');
    await storage.save(version('again'), 'new');
    await storage.putBack(removed!);
    expect(await storage.save(version('and on'), 'new')).toMatchObject({ revision: 2 });
  });

  it('go when they are drafts of this writer, and only then', async () => {
    await storage.save(version('draft', { id: 'a', isDraft: true }), 'me');
    await storage.save(version('work', { id: 'b' }), 'me');
    await storage.discardDraft('b', 'me');
    await storage.discardDraft('a', 'you');
    expect(await storage.list()).toHaveLength(2);
    await storage.discardDraft('a', 'me');
    expect(await storage.list()).toMatchObject([{ id: 'b' }]);
  });
});

describe('what a page puts down as it goes', () => {
  it('is the newest version for who comes next', async () => {
    await storage.save(version('one'), 'me');
    storage.saveParting(version('two'), 'me');
    expect(await textOf('a')).toBe('two');
    expect(await storage.claim('a', 'you')).toMatchObject({ text: 'two', entry: { name: 'Name of two', revision: 2 } });
    expect(await storage.claim('a', 'they')).toMatchObject({ text: 'two', entry: { revision: 2 } });
  });

  it('is kept where nothing had been saved before', async () => {
    await storage.list();
    storage.saveParting(version('first'), 'me');
    expect(await storage.claim('a', 'you')).toMatchObject({ text: 'first' });
  });

  it('is there when the database took nothing of it, once', async () => {
    await storage.save(version('one'), 'me');
    // A page whose connection is not there yet, or goes with the page.
    const gone = new IdbDocumentStorage();
    gone.saveParting(version('two'), 'me');
    expect(await textOf('a')).toBe('two');
    expect(await storage.claim('a', 'you')).toMatchObject({ text: 'two', entry: { revision: 2 } });
    await storage.save(version('three'), 'you');
    expect(await storage.claim('a', 'they')).toMatchObject({ text: 'three' });
    gone.saveParting(version('late edit'), 'me');
    expect(await storage.claim('a', 'next')).toMatchObject({ text: 'three' });
    expect((await storage.list()).map(({ name }) => name).sort()).toEqual(['Name of late edit', 'Name of three']);
  });

  it('is not taken up where it is damaged or not ours', async () => {
    await storage.save(version('one'), 'me');
    new IdbDocumentStorage().saveParting(version('two'), 'me');
    const [key] = Object.keys(localStorage) as [string];
    const sound = localStorage.getItem(key) ?? '';
    for (const damaged of ['', '{', 'null', '[]', sound.replace('two', 'tow'), sound.replace('"savedAtMs"', '"at"')]) {
      localStorage.setItem(key, damaged);
      expect(await textOf('a')).toBe('one');
    }
    localStorage.setItem(key, sound);
    expect(await textOf('a')).toBe('two');
  });

  it('leaves both when two pages put down, one in the database and one beside it', async () => {
    await storage.save(version('mine'), 'me');
    storage.saveParting(version('stranger'), 'stranger');
    await storage.list();
    new IdbDocumentStorage().saveParting(version('mine, later'), 'me');
    expect(await storage.claim('a', 'next')).toMatchObject({ text: 'mine, later' });
    expect((await storage.list()).map(({ name }) => name).sort()).toEqual(['Name of mine, later', 'Name of stranger']);
  });

  it('goes with a document that is removed', async () => {
    await storage.save(version('one'), 'me');
    new IdbDocumentStorage().saveParting(version('two'), 'me');
    const removed = await storage.remove('a');
    expect(await storage.claim('a', 'you')).toBeNull();
    await storage.putBack(removed!);
    expect(await textOf('a')).toBe('two');
  });

  it('does not come before what the same page saved later', async () => {
    await storage.save(version('one'), 'me');
    storage.saveParting(version('two'), 'me');
    await storage.save(version('three'), 'me');
    expect(await storage.claim('a', 'you')).toMatchObject({ text: 'three' });
  });

  it('waits for no save that is under way, which ends with the page', async () => {
    await storage.save(version('saved'), 'me');
    const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const saving = storage.save(version('under way'), 'me');
    await Promise.resolve();
    storage.saveParting(version('gone'), 'me');
    await saving;
    const [ofSave, ofParting] = begin.mock.calls.map(([tables]) => [tables].flat());
    begin.mockRestore();
    expect(ofParting).toEqual(['parting']);
    expect(ofSave).not.toContain('parting');
    expect(await textOf('a')).toBe('gone');
  });

  it('becomes a document of its own when another writer has come in between', async () => {
    await storage.save(version('one'), 'late');
    await storage.claim('a', 'you');
    await storage.save(version('yours'), 'you');
    storage.saveParting(version('late edit'), 'late');
    expect(await textOf('a')).toBe('yours');
    expect(await storage.claim('a', 'next')).toMatchObject({ text: 'yours' });
    const [other] = (await storage.list()).filter(({ id }) => id !== 'a');
    expect(other).toMatchObject({ name: 'Name of late edit' });
    expect(await textOf(other!.id)).toBe('late edit');
  });

  it('is taken away by nobody else, also not by one who has come back from parting', async () => {
    const yours = new IdbDocumentStorage();
    await yours.save(version('yours'), 'you');
    yours.saveParting(version('yours'), 'you');
    await yours.save(version('back'), 'you');
    await storage.list();
    storage.saveParting(version('late edit'), 'late');
    await yours.save(version('and on'), 'you');
    await storage.claim('a', 'next');
    expect((await storage.list()).map(({ name }) => name).sort()).toEqual(['Name of and on', 'Name of late edit']);
  });
});

describe('a storage that fails', () => {
  const faults = ['request fails', 'quota', 'abort after success'] as const;

  for (const fault of faults) {
    it(`(${fault}) at the n-th write, for every n, changes nothing that was there`, async () => {
      await storage.save(version('first'), 'me');
      await storage.save(version('second'), 'me');
      let reached = 0;
      for (let n = 1; ; n++) {
        const failing = failingPuts(fault, n);
        const outcome = await storage.save(version(`third ${n}`), 'me').then(
          () => 'saved',
          (error: unknown) => (error as DOMException).name,
        );
        failing.stop();
        expect(await textOf('a')).toBe(outcome === 'saved' ? `third ${n}` : 'second');
        expect((await storage.list())[0]?.revision).toBe(outcome === 'saved' ? 3 : 2);
        if (outcome === 'saved') break;
        expect(outcome).toBe(fault === 'quota' ? 'QuotaExceededError' : 'AbortError');
        reached++;
      }
      expect(reached).toBe(3);
    });
  }

  it('tells that it is denied, and works once it is allowed', async () => {
    const denied = {
      open: () => {
        throw new DOMException('No.', 'SecurityError');
      },
    };
    const allowed = indexedDB;
    vi.stubGlobal('indexedDB', denied);
    await expect(storage.save(version('one'), 'me')).rejects.toMatchObject({ name: 'SecurityError' });
    vi.stubGlobal('indexedDB', allowed);
    expect(await storage.save(version('one'), 'me')).toMatchObject({ revision: 1 });
  });

  it('lets go when a page with a newer schema comes, and is not opened by an older one', async () => {
    const outdated = vi.fn();
    const old = new IdbDocumentStorage({ onOutdated: outdated });
    await old.save(version('one'), 'me');
    const newer = await openDB('tidemark', 2);
    expect(outdated).toHaveBeenCalledOnce();
    await expect(old.save(version('two'), 'me')).rejects.toMatchObject({ name: 'VersionError' });
    expect(await newer.get('texts', 'a')).toMatchObject({ text: 'one' });
    newer.close();
  });
});
