import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { emptyDocument } from '../../pipeline/empty-document.ts';
import { MemoryStorage } from '../../testing/documents/memory-storage.ts';
import { failingPuts } from '../../testing/documents/storage-faults.ts';
import { LockTable, Tab, marksOf, pause } from '../../testing/documents/two-tabs.ts';
import { IdbDocumentStorage } from './idb-storage.ts';
import type { DocumentStorage } from './stored-document.ts';

let table: LockTable;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', new MemoryStorage());
  table = new LockTable();
});

afterEach(() => vi.unstubAllGlobals());

function tab(storage: DocumentStorage = new IdbDocumentStorage()): Tab {
  return new Tab(storage, table.locks);
}

/** Marks of every document that is kept, by its id. */
async function kept(): Promise<Map<string, readonly string[]>> {
  const storage = new IdbDocumentStorage();
  const marks = new Map<string, readonly string[]>();
  for (const { id } of await storage.list()) {
    const found = await storage.read(id);
    if (found !== null) marks.set(id, marksOf(JSON.parse(found.text) as PipelineDocument));
  }
  return marks;
}

/** A tab with one document that is kept. */
async function working(): Promise<{ tab: Tab; id: string }> {
  const one = tab();
  one.open(emptyDocument('Work'));
  one.mark('first');
  await one.session.saveNow();
  return { tab: one, id: one.state.currentId! };
}

describe('a session', () => {
  it('writes nothing before something is opened, then every change', async () => {
    const one = tab();
    await one.session.saveNow();
    expect((await kept()).size).toBe(0);
    one.open(emptyDocument('Work'));
    one.mark('a');
    expect(one.state.saving.kind).toBe('saving');
    await pause(40);
    one.mark('b');
    await pause(40);
    expect([...(await kept()).values()]).toEqual([['a', 'b']]);
    expect(one.state.saving.kind).toBe('saved');
  });

  it('keeps each graph that is opened as a document of its own; undo goes back to the earlier one', async () => {
    const { tab: one, id } = await working();
    const before = one.screen;
    one.open(emptyDocument('Other'));
    one.mark('other');
    await one.session.saveNow();
    const otherId = one.state.currentId!;
    one.show(before);
    one.mark('again');
    await one.session.saveNow();
    expect(one.state.currentId).toBe(id);
    expect(await kept()).toEqual(
      new Map([
        [id, ['first', 'again']],
        [otherId, ['other']],
      ]),
    );
  });

  it('keeps a draft while it is on the screen, and after that only when it was changed', async () => {
    const one = tab();
    one.open(emptyDocument('Template'), true);
    await one.session.saveNow();
    const draft = one.screen;
    expect((await kept()).size).toBe(1);
    one.open(emptyDocument('Second'), true);
    await one.session.saveNow();
    expect((await new IdbDocumentStorage().list()).map(({ name }) => name)).toEqual(['Second']);
    one.show(draft);
    one.mark('mine');
    one.open(emptyDocument('Third'), true);
    await one.session.saveNow();
    expect((await new IdbDocumentStorage().list()).map(({ name }) => name).sort()).toEqual(['Template', 'Third']);
  });

  it('goes back to a document that this tab has renamed in the list: nobody else did', async () => {
    const { tab: one, id } = await working();
    const before = one.screen;
    one.open(emptyDocument('Other'));
    await one.session.saveNow();
    const storage = new IdbDocumentStorage();
    await storage.claim(id, 'the list');
    const renamed = { ...before.document, name: 'Renamed' };
    const text = JSON.stringify(renamed);
    const entry = await storage.save({ id, name: 'Renamed', nodes: 0, text, isDraft: false }, 'the list');
    one.session.learn(id, renamed, entry!.revision);
    expect(one.renamed).toEqual(new Map([[before.graph, 'Renamed']]));
    one.show({ ...before, document: renamed });
    await one.session.saveNow();
    expect([one.state.currentId, one.news]).toEqual([id, []]);
    expect((await storage.list()).map(({ name }) => name)).toContain('Renamed');
  });

  it('says so when a document is larger than what can be read back; keeps the last version that can, and all others', async () => {
    const { tab: one, id } = await working();
    const sound = (await new IdbDocumentStorage().read(id))?.text;
    one.edit((document) => ({
      ...document,
      notes: [{ id: 'n', text: 'ü'.repeat(2_600_000), x: 0, y: 0, w: 64, h: 64 }],
    }));
    await one.session.saveNow();
    const reason = expect.stringMatching(/“Work” has more than 5,000,000 bytes/) as unknown;
    expect(one.state.saving).toEqual({ kind: 'unsaved', reason });
    one.open(emptyDocument('Other'));
    one.mark('other');
    await one.session.saveNow();
    expect([...(await kept()).values()]).toContainEqual(['other']);
    expect(one.state.saving).toEqual({ kind: 'unsaved', reason });
    one.session.part();
    expect((await new IdbDocumentStorage().claim(id, 'next'))?.text).toBe(sound);
  });

  it('opens what another page left, even as it went', async () => {
    const { tab: one, id } = await working();
    one.mark('last');
    one.session.part();
    one.die();
    const two = tab();
    expect(await two.session.openStored(id)).toBe(true);
    expect(two.marks).toEqual(['first', 'last']);
    expect(two.refusal).toBeNull();
    expect(await two.session.openStored('nobody')).toBe(false);
    expect(two.state.currentId).toBe(id);
  });
});

describe('a second tab', () => {
  it('only reads, until it takes over; the first one then only reads, and its last edits become a copy', async () => {
    const { tab: one, id } = await working();
    const two = tab();
    await two.session.openStored(id);
    expect(two.refusal).toBe('open-elsewhere');
    expect(two.mark('refused')).toBe(false);

    one.mark('saved');
    await one.session.saveNow();
    one.mark('unsaved');
    await two.session.takeOver();
    expect(two.marks).toEqual(['first', 'saved']);
    await pause(30);
    expect(one.state.reading).toEqual({ reason: 'taken-over', hasUnsavedEdits: true });
    expect(one.mark('refused')).toBe(false);

    one.session.copyCurrent('Work 2');
    expect(two.mark('two')).toBe(true);
    await Promise.all([one.session.saveNow(), two.session.saveNow()]);
    const copy = one.state.currentId!;
    expect(copy).not.toBe(id);
    expect(await kept()).toEqual(
      new Map([
        [id, ['first', 'saved', 'two']],
        [copy, ['first', 'saved', 'unsaved']],
      ]),
    );
  });

  it('may write as soon as the first one is gone; not what that one has changed or deleted since', async () => {
    const { tab: one, id } = await working();
    const [two, three] = [tab(), tab()];
    await two.session.openStored(id);
    await three.session.openStored(id);
    one.die();
    await pause(30);
    const [writing, reading] = two.refusal === null ? [two, three] : [three, two];
    expect([writing.refusal, reading.refusal]).toEqual([null, 'open-elsewhere']);
    writing.mark('second');
    await writing.session.saveNow();
    expect((await kept()).get(id)).toEqual(['first', 'second']);
    writing.die();
    await pause(30);
    expect(reading.state.reading?.reason).toBe('left');
    expect(reading.marks).toEqual(['first']);
    await reading.session.takeOver();
    expect(reading.marks).toEqual(['first', 'second']);

    const four = tab();
    await four.session.openStored(id);
    await new IdbDocumentStorage().remove(id);
    reading.die();
    await pause(30);
    expect(four.refusal).toBe('removed');
    expect((await kept()).size).toBe(0);
  });

  it('takes nothing from a tab that has not heard of it: what that one saves is refused', async () => {
    const { tab: one, id } = await working();
    const two = tab();
    await two.session.openStored(id);
    one.mark('late');
    const saving = one.session.saveNow();
    await two.session.takeOver();
    two.mark('two');
    await Promise.all([saving, two.session.saveNow()]);
    const marks = (await kept()).get(id)!;
    // Either it came in time, and the second tab has it, or it did not.
    expect(marks).toEqual(two.marks);
    expect(marks.includes('late') || one.state.reading?.hasUnsavedEdits).toBe(true);
  });

  it('goes on with a document that the first one has left; undo there makes a copy', async () => {
    const { tab: one, id } = await working();
    const before = one.screen;
    one.open(emptyDocument('Other'));
    await one.session.saveNow();
    const two = tab();
    await two.session.openStored(id);
    expect(two.refusal).toBeNull();
    two.mark('two');
    await two.session.saveNow();
    two.die();
    one.show(before);
    one.mark('back');
    await one.session.saveNow();
    expect(one.state.currentId).not.toBe(id);
    expect((await kept()).get(id)).toEqual(['first', 'two']);
    expect((await kept()).get(one.state.currentId!)).toEqual(['first', 'back']);
    expect(one.news).toHaveLength(1);
  });
});

describe('a storage that fails', () => {
  it('is told of, the work goes on, and all of it is kept once the storage works again', async () => {
    const { tab: one, id } = await working();
    const failing = failingPuts('quota', 1);
    one.mark('a');
    await one.session.saveNow();
    expect(one.state.saving).toEqual({ kind: 'unsaved', reason: 'the browser’s storage is full' });
    one.open(emptyDocument('Other'));
    expect(one.mark('b')).toBe(true);
    await one.session.saveNow();
    expect(one.state.saving.kind).toBe('unsaved');
    expect(await kept()).toEqual(new Map([[id, ['first']]]));
    failing.stop();
    await one.session.tryAgain();
    expect(one.state.saving.kind).toBe('saved');
    expect([...(await kept()).values()].sort()).toEqual([['b'], ['first', 'a']]);
  });

  it('that never answers is told of, too', async () => {
    const storage = new IdbDocumentStorage();
    const one = tab(storage);
    one.open(emptyDocument('Work'));
    await one.session.saveNow();
    const silent = vi.spyOn(storage, 'save').mockReturnValue(new Promise(() => undefined));
    one.mark('a');
    await one.session.saveNow();
    expect(one.state.saving).toEqual({ kind: 'unsaved', reason: 'the browser’s storage does not answer' });
    silent.mockRestore();
    await one.session.tryAgain();
    expect([...(await kept()).values()]).toEqual([['a']]);
  });

  it('of a newer schema is written no more', async () => {
    const { tab: one } = await working();
    one.session.outdate();
    expect(one.state.reading).toEqual({ reason: 'outdated', hasUnsavedEdits: false });
    expect(one.mark('no')).toBe(false);
  });
});

type Step =
  | { readonly kind: 'edit' | 'save' | 'take over' | 'copy' | 'new' | 'reload' | 'crash'; readonly tab: number }
  | { readonly kind: 'open'; readonly tab: number; readonly which: number }
  | { readonly kind: 'pause'; readonly ms: number };

const anyTab = fc.nat({ max: 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('edit' as const), tab: anyTab }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pause' as const), ms: fc.nat({ max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('open' as const), tab: anyTab, which: fc.nat({ max: 3 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('save', 'take over', 'copy', 'new', 'reload', 'crash'),
      tab: anyTab,
    }),
  },
);

/** Two tabs of a browser, and what a user has seen go in. */
class Browser {
  readonly tabs: [Tab, Tab] = [tab(), tab()];
  /** Of every edit that was taken and that no crash took away. */
  readonly owed = new Set<string>();
  /** What each document had at some time: it must never lose any of it. */
  readonly seen = new Map<string, Set<string>>();
  private count = 0;

  async run(steps: readonly Step[]): Promise<void> {
    const [first, second] = this.tabs;
    first.open(emptyDocument('Work'));
    await first.session.saveNow();
    await second.session.openStored(first.state.currentId!);
    const done: Promise<unknown>[] = [];
    for (const step of steps) {
      if (step.kind === 'pause') await pause(step.ms);
      else done.push(this.take(step).catch(() => undefined));
      await this.look();
    }
    await Promise.all(done);
    await pause(20);
  }

  private async take(step: Exclude<Step, { kind: 'pause' }>): Promise<void> {
    const one = this.tabs[step.tab]!;
    switch (step.kind) {
      case 'edit': {
        const name = `m${this.count++}`;
        if (one.mark(name)) this.owed.add(name);
        return;
      }
      case 'save':
        return one.session.saveNow();
      case 'take over':
        return one.session.takeOver();
      case 'copy':
        if (one.state.reading !== null) one.session.copyCurrent('Copy');
        return;
      case 'new':
        return one.open(emptyDocument('New'));
      case 'open': {
        const ids = [...this.seen.keys()];
        const id = ids[step.which % Math.max(1, ids.length)];
        if (id !== undefined) await one.session.openStored(id);
        return;
      }
      case 'crash':
      case 'reload':
        return this.restart(step.tab, step.kind === 'reload');
    }
  }

  private async restart(index: number, canPart: boolean): Promise<void> {
    const one = this.tabs[index]!;
    // A user who reads that another tab has the document is offered a copy, and takes it before leaving.
    if (canPart && one.state.reading?.hasUnsavedEdits === true) one.session.copyCurrent('Copy');
    if (canPart) one.session.part();
    else for (const mark of one.marks) this.owed.delete(mark);
    const id = one.state.currentId;
    one.die();
    this.tabs[index] = tab();
    if (id !== null) await this.tabs[index].session.openStored(id);
  }

  private async look(): Promise<void> {
    for (const [id, marks] of await kept()) {
      const before = this.seen.get(id) ?? new Set();
      expect([...before].filter((mark) => !marks.includes(mark))).toEqual([]);
      this.seen.set(id, new Set(marks));
    }
  }

  async end(): Promise<void> {
    for (const one of this.tabs) {
      if (one.state.reading?.hasUnsavedEdits === true) one.session.copyCurrent('Copy');
      await one.session.saveNow();
    }
    await pause(20);
    await Promise.all(this.tabs.map((one) => one.session.saveNow()));
    const [a, b] = this.tabs;
    const isSame = a.state.currentId !== null && a.state.currentId === b.state.currentId;
    expect(isSame && a.refusal === null && b.refusal === null).toBe(false);
    for (const one of this.tabs) one.die();
    // Whoever opens a document next takes up what a page left there as it went.
    for (const id of [...this.seen.keys()]) await new IdbDocumentStorage().claim(id, 'next');
    await this.look();
    const all = new Set([...this.seen.values()].flatMap((marks) => [...marks]));
    expect([...this.owed].filter((mark) => !all.has(mark))).toEqual([]);
  }
}

describe('two tabs in any interleaving', () => {
  const runs = Number(process.env['TAB_RUNS'] ?? 60);

  async function holds(steps: readonly Step[]): Promise<void> {
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('localStorage', new MemoryStorage());
    table = new LockTable(8);
    const browser = new Browser();
    await browser.run(steps);
    await browser.end();
  }

  it('have one writer, lose no edit and overwrite nothing', { timeout: 600_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), holds), { numRuns: runs });
  });

  it('would be found out if a stale tab could write', { timeout: 600_000 }, async () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the storage that it was asked of
    const honest = IdbDocumentStorage.prototype.save;
    const planted = vi.spyOn(IdbDocumentStorage.prototype, 'save').mockImplementation(async function (
      this: IdbDocumentStorage,
      document,
      writer,
    ) {
      await this.claim(document.id, writer);
      return honest.call(this, document, writer);
    });
    const steps: readonly Step[] = [
      { kind: 'take over', tab: 1 },
      { kind: 'pause', ms: 3 },
      { kind: 'edit', tab: 1 },
      { kind: 'save', tab: 1 },
      { kind: 'edit', tab: 0 },
      { kind: 'save', tab: 0 },
      { kind: 'pause', ms: 6 },
    ];
    const found = await fc.check(fc.asyncProperty(fc.constant(steps), holds), { numRuns: 20, endOnFailure: true });
    planted.mockRestore();
    expect(found.failed).toBe(true);
  });
});
