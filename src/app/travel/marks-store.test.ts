import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { MemoryStorage } from '../../testing/documents/memory-storage.ts';
import { useDocumentStore } from '../document-store.ts';
import { useDocuments } from '../documents/documents-state.ts';
import { NO_FIGURES } from '../run-state.ts';
import { useRunStore } from '../run-store.ts';
import type { Breakpoint } from '../run-state.ts';
import { keptMarks } from './kept-marks.ts';
import { followMarks, useMarks } from './marks-store.ts';
import { NO_MARKS, readMarks } from './marks.ts';
import { useWatchedNodes } from './watched-nodes.ts';

const { document } = clicksToPurchases;
const told: (readonly Breakpoint[])[] = [];
let wrong: string | null = null;
let stop = (): void => undefined;

beforeAll(() => {
  vi.stubGlobal('localStorage', new MemoryStorage());
  useRunStore.setState({
    setBreakpoints: (breakpoints) => {
      told.push(breakpoints);
      const bad = breakpoints.filter(({ watch }) => watch.kind === 'condition' && watch.condition === wrong);
      return Promise.resolve(Object.fromEntries(bad.map(({ id }) => [id, [PROBLEM]])));
    },
  });
  stop = followMarks();
});
afterAll(() => {
  stop();
  vi.unstubAllGlobals();
});
beforeEach(async () => {
  await show('first');
  useMarks.setState({ ...NO_MARKS, stops: [], problems: {} });
  localStorage.removeItem('tidemark.marks');
  told.splice(0);
  wrong = null;
});

const PROBLEM = {
  code: 'unknown-column',
  severity: 'error',
  path: 'condition',
  nodeId: null,
  message: 'No column pag.',
  fix: 'Did you mean page?',
} as const;

/** Opens another graph, whose document is kept under an id. */
async function show(id: string): Promise<void> {
  useDocumentStore.getState().open({ ...document, name: id }, { label: 'Open' });
  useDocuments.setState({ currentId: id });
  await Promise.resolve();
}

function standAt(seq: number): void {
  const { position, clocks } = NO_FIGURES;
  useRunStore.setState({ position: { ...position, seq }, clocks: { ...clocks, processingTimeMs: seq * 10 } });
}

test('marks are of their document, and are there again with it', async () => {
  standAt(70);
  useMarks.getState().addBookmark();
  standAt(30);
  const bookmark = useMarks.getState().addBookmark();
  useMarks.getState().renameBookmark(bookmark?.id ?? '', ' burst ');
  await useMarks.getState().addBreakpoint({ kind: 'drop', nodeId: 'clicks-per-user' });
  expect(useWatchedNodes.getState().ids).toEqual(new Set(['clicks-per-user']));
  const names = (): readonly string[] => useMarks.getState().bookmarks.map(({ name }) => name);
  expect(names()).toEqual(['burst', 'Bookmark 1']);

  await show('second');
  expect(useMarks.getState()).toMatchObject(NO_MARKS);
  expect(told.at(-1)).toEqual([]);
  expect(useWatchedNodes.getState().ids.size).toBe(0);
  expect(keptMarks.of('second')).toBeNull();

  await show('first');
  expect(names()).toEqual(['burst', 'Bookmark 1']);
  expect(useMarks.getState().bookmarks[0]).toMatchObject({ seq: 30, atMs: 300 });
  expect(told.at(-1)?.map(({ watch }) => watch)).toEqual([{ kind: 'drop', nodeId: 'clicks-per-user' }]);
});

test('what goes on as a document of its own takes its marks along', async () => {
  useMarks.getState().addBookmark();
  useDocuments.setState({ currentId: 'copy' });
  await Promise.resolve();
  expect(useMarks.getState().bookmarks).toHaveLength(1);
  expect(keptMarks.of('copy')).toEqual(keptMarks.of('first'));
});

test('a breakpoint that cannot be is told and not added, the same one twice is one, one that is off is not told', async () => {
  const { addBreakpoint } = useMarks.getState();
  wrong = 'pag = 1';
  expect(await addBreakpoint({ kind: 'condition', nodeId: 'clicks', side: 'in', condition: wrong })).toEqual([PROBLEM]);
  expect(useMarks.getState().breakpoints).toEqual([]);
  expect(told.at(-1)).toEqual([]);
  expect(await addBreakpoint({ kind: 'firing', nodeId: null })).toEqual([]);
  const [added] = useMarks.getState().breakpoints;
  useMarks.getState().switchBreakpoint(added?.id ?? '', false);
  expect(told.at(-1)).toEqual([]);
  await addBreakpoint({ kind: 'firing', nodeId: null });
  expect(useMarks.getState().breakpoints).toEqual([{ ...added, isOn: true }]);
  useMarks.getState().removeBreakpoint(added?.id ?? '');
  expect([useMarks.getState().breakpoints, told.at(-1)]).toEqual([[], []]);
});

test('stops of a run are noted once each, and forgotten with it', () => {
  for (const seq of [5, 9, 5]) {
    standAt(seq + 1);
    useRunStore.setState({ stop: { id: 'a', hit: { seq, watch: 0, nodeId: 'clicks' } } });
  }
  expect(useMarks.getState().stops.map(({ hit, atMs }) => [hit.seq, atMs])).toEqual([
    [9, 100],
    [5, 60],
  ]);
  useRunStore.setState({ began: document });
  expect(useMarks.getState().stops).toEqual([]);
});

test('of what storage holds only marks are read', () => {
  const breakpoint = {
    id: 'b',
    watch: { kind: 'condition', nodeId: 'a', side: 'out', condition: 'x > 1' },
    isOn: false,
  };
  const kept = {
    bookmarks: [
      { id: 'a', name: 'here', seq: 3.7, atMs: 'never' },
      { id: 1 },
      null,
      { id: 'c', name: 'n', seq: -1 },
      { id: 'd', name: 'n', seq: Number.NaN },
    ],
    breakpoints: [
      breakpoint,
      { id: 'x', watch: { kind: 'condition', nodeId: null } },
      { id: 'y', watch: { kind: 'rm' } },
    ],
  };
  expect(readMarks(kept)).toEqual({
    bookmarks: [{ id: 'a', name: 'here', seq: 3, atMs: null }],
    breakpoints: [breakpoint],
  });
  for (const nothing of [null, 3, [], { bookmarks: {} }]) expect(readMarks(nothing)).toEqual(NO_MARKS);
});

test('the documents that were changed longest ago are forgotten', () => {
  const marks = { ...NO_MARKS, bookmarks: [{ id: 'a', name: 'here', seq: 3, atMs: null }] };
  for (let i = 0; i < 60; i++) keptMarks.keep(`document ${String(i)}`, marks);
  expect([keptMarks.of('document 9'), keptMarks.of('document 10')]).toEqual([null, marks]);
  keptMarks.keep('document 10', NO_MARKS);
  expect(keptMarks.of('document 10')).toBeNull();
});
