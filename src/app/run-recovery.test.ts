import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setConfig } from '../pipeline/edits.ts';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { fakeEngine, frame } from '../testing/fake-engine.ts';
import { createRunStore } from './run-store.ts';

const { document } = clicksToPurchases;

let drawings: ((nowMs: number) => void)[] = [];
let nowMs = 0;

function draw(): void {
  nowMs += 200;
  const due = drawings;
  drawings = [];
  for (const each of due) each(nowMs);
}

async function settled(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

beforeEach(() => {
  drawings = [];
  vi.stubGlobal('requestAnimationFrame', (each: (nowMs: number) => void) => drawings.push(each));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A store with a run that was shown at entry `seq`. */
async function shown(kind: 'running' | 'paused', seq: number) {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().setSpeed({ kind: 'max' });
  await store.getState().setBreakpoints([{ id: 'drop', watch: { kind: 'drop', nodeId: null } }]);
  store.getState().load(document, { graph: 1 });
  await settled();
  engine.send(frame(1, kind, seq));
  draw();
  engine.told.length = 0;
  engine.asked.length = 0;
  return { engine, store };
}

test('an engine that is gone is started again, and the run is brought back to where it was last shown', async () => {
  const { engine, store } = await shown('running', 7_000);
  engine.hush('ledger');
  const answer = expect(store.getState().ledger()).rejects.toThrow('The engine stopped: out of memory');
  await settled();
  engine.crash('out of memory');
  engine.crash('out of memory, said once more', 0);
  await settled();
  await answer;
  expect(engine.starts()).toBe(2);
  expect(engine.asked.map(([name]) => name)).toEqual(
    expect.arrayContaining(['setSpeed', 'watch', 'setBreakpoints', 'open', 'seek']),
  );
  expect(engine.asked.find(([name]) => name === 'setBreakpoints')?.[1]).toMatchObject([{ id: 'drop' }]);
  expect(engine.asked.at(-1)).toEqual(['seek', { to: { by: 'seq', seq: 7_000 }, plays: true }]);
  expect(store.getState().recovery).toEqual({ seq: 7_000 });
});

test('what is on its way back is not shown before it is there', async () => {
  const { engine, store } = await shown('paused', 500);
  engine.hush('seek');
  engine.crash('gone');
  await settled();
  const run = engine.opened.at(-1)?.run ?? 0;
  engine.send(frame(run, 'paused', 0));
  draw();
  expect([store.getState().position.seq, store.getState().status.kind]).toEqual([500, 'loading']);
  engine.send(frame(run, 'paused', 500));
  draw();
  expect(store.getState().status.kind).toBe('paused');
});

test('edits and what was put in by hand are done again, in the order of the log', async () => {
  const { engine, store } = await shown('paused', 100);
  const nudges = [{ kind: 'idle' as const, sourceId: 'clicks', partition: 0 }];
  engine.hush('nudge', { seq: 40, processingTimeMs: 40 });
  await store.getState().ask((control) => control.nudge(nudges));
  const edited = setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } });
  const edit = { fromHere: [], rebuilt: [], reopen: null };
  engine.hush('edit', { kind: 'made', edit, seq: 100 });
  store.getState().load(edited, { graph: 1 });
  await store.getState().play();
  engine.asked.length = 0;
  engine.crash('gone');
  await settled();
  expect(
    engine.asked
      .filter(([name]) => ['open', 'seek', 'nudge', 'edit'].includes(name))
      .map(([name, given]) => [name, given]),
  ).toMatchObject([
    ['open', { document }],
    ['seek', { to: { seq: 40 } }],
    ['nudge', nudges],
    ['seek', { to: { seq: 100 } }],
    ['edit', { document: edited }],
    ['seek', { to: { seq: 100 } }],
  ]);
});

test('one that ends while a run is being opened opens it again, and plays what was to play', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  engine.hush('open');
  store.getState().load(document, { graph: 1, play: true });
  await settled();
  engine.crash('gone');
  await settled();
  expect([engine.starts(), engine.told.slice(-2)]).toEqual([2, ['open', 'play']]);
});

test('one that ends three times within a minute is not started again, and the run says what to do', async () => {
  const { engine, store } = await shown('running', 300);
  for (let i = 0; i < 3; i++) {
    engine.crash('out of memory');
    await settled();
  }
  const { status } = store.getState();
  expect(status).toMatchObject({ kind: 'failed', failure: { code: 'engine-stopped' } });
  expect(status.kind === 'failed' && status.failure.message).toContain('out of memory');
  expect([engine.starts(), engine.told]).toEqual([3, expect.arrayContaining(['terminate']) as string[]]);
  await store.getState().play();
  expect([engine.starts(), engine.told.at(-1)]).toEqual([4, 'play']);
});

test('a frame that waits to be drawn when the engine ends is not drawn', async () => {
  const { engine, store } = await shown('paused', 20);
  engine.hush('open');
  engine.send(frame(1, 'running', 27));
  engine.crash('gone');
  draw();
  expect([store.getState().status.kind, store.getState().position.seq]).toEqual(['loading', 20]);
});

test('files that cannot be read any more are said, and nothing runs', async () => {
  const { engine, store } = await shown('running', 20);
  const problem = {
    code: 'unreadable',
    severity: 'error',
    path: '',
    nodeId: null,
    message: 'Gone.',
    fix: 'Choose it.',
  };
  engine.hush('open', { ok: false, problems: [problem] });
  engine.crash('gone');
  await settled();
  expect(store.getState()).toMatchObject({ status: { kind: 'idle' }, problems: [problem], recovery: null });
});
