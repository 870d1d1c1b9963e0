import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { setConfig, setLabel } from '../pipeline/edits.ts';
import type { RunState } from './run-state.ts';
import type { Frame } from '../worker/protocol.ts';
import { fakeEngine, frame } from '../testing/fake-engine.ts';
import { createRunStore } from './run-store.ts';

const document = clicksToPurchases.document;

let drawings: ((nowMs: number) => void)[] = [];
let nowMs = 0;

/** The browser's next animation frame, well after the last. */
function draw(): void {
  nowMs += 200;
  const due = drawings;
  drawings = [];
  for (const each of due) each(nowMs);
}

beforeEach(() => {
  drawings = [];
  vi.stubGlobal('requestAnimationFrame', (each: (nowMs: number) => void) => drawings.push(each));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** A graph that was opened, whose run stands behind so many entries. */
async function pausedAt(
  seq: number,
): Promise<{ engine: ReturnType<typeof fakeEngine>; store: ReturnType<typeof createRunStore> }> {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  engine.send(frame(1, 'paused', seq));
  draw();
  return { engine, store };
}

test('a new document is opened and, if asked, played', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1, play: true });
  await settled();
  expect(engine.told.filter((name) => name === 'open' || name === 'play')).toEqual(['open', 'play']);
  expect(engine.starts()).toBe(1);
  expect(store.getState().watched).toBe('clicks-per-user');
});

test.each([
  ['a node is moved', setLabel(document, 'clicks', 'All clicks')],
  ['a setting is edited', setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } })],
])('what is to play plays, though %s while it is being opened', async (_, edited) => {
  vi.useFakeTimers();
  const engine = fakeEngine();
  let arrive: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  const store = createRunStore(async (onCrash) => {
    await arrival;
    return engine.start(onCrash);
  });
  store.getState().load(document, { graph: 1, play: true });
  store.getState().load(edited, { graph: 1 });
  await vi.advanceTimersByTimeAsync(1_000);
  arrive();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(engine.told.at(-1)).toBe('play');
  expect(engine.opened.at(-1)?.document.nodes.map(({ config }) => config)).toEqual(
    edited.nodes.map(({ config }) => config),
  );
  vi.useRealTimers();
});

test('a graph that cannot be opened is not opened twice to be played', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  engine.hush('open', { ok: false, problems: [] });
  store.getState().load(document, { graph: 1, play: true });
  await settled();
  expect([engine.opened.length, engine.told.includes('play')]).toEqual([1, false]);
});

test('what was to play does not, once another graph has been opened that is not to', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1, play: true });
  store.getState().load(setLabel(document, 'clicks', 'Other'), { graph: 2 });
  await settled();
  expect(engine.told).not.toContain('play');
  expect(engine.opened.at(-1)?.document.nodes[0]?.label).toBe('Other');
});

test('a speed that is chosen while the engine starts is the one that it runs at', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1, play: true });
  store.getState().setSpeed({ kind: 'max' });
  await settled();
  expect(engine.speeds.at(-1)).toEqual({ kind: 'max' });
});

test('a frame is drawn in an animation frame, and only then its credit goes back', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  engine.send(frame(1, 'running', 7));
  expect([store.getState().position.seq, engine.credits()]).toEqual([0, 0]);
  draw();
  expect([store.getState().position.seq, engine.credits()]).toEqual([7, 1]);
});

/** Of a graph that is too large to be drawn in one go. */
function largeFrame(run: number, seq: number): Frame {
  const counts = { used: seq, held: 0, late: 0, filtered: 0, unmatched: 0, rejected: 0, lateWindows: 0 };
  const state = { stateRows: 0, stateBytes: 0, emitted: {}, ratePerSec: null, watermarkMs: null, idle: false };
  const nodes = Array.from({ length: 250 }, (_, i) => ({
    nodeId: `n${i}`,
    in: seq,
    waiting: null,
    ...counts,
    ...state,
  }));
  return { ...frame(run, 'ended', seq), nodes };
}

test('figures of a large graph come over some animation frames; the credit goes back and the run ends with the last', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  const drawnWith = (seq: number): number =>
    Object.values(store.getState().nodes).filter((node) => node.in === seq).length;
  for (const seq of [7, 9]) {
    const before = engine.credits();
    engine.send(largeFrame(1, seq));
    draw();
    expect([drawnWith(seq), engine.credits()]).toEqual([100, before]);
    expect(store.getState().position.seq).toBeLessThan(seq);
    draw();
    draw();
    expect([drawnWith(seq), engine.credits(), store.getState().position.seq]).toEqual([250, before + 1, seq]);
    expect(store.getState().status.kind).toBe('ended');
  }
});

test('figures of a run that is gone are not drawn on', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  engine.send(largeFrame(1, 7));
  draw();
  await store.getState().restart();
  draw();
  expect([store.getState().nodes, engine.credits()]).toEqual([{}, 1]);
});

test('a frame of an older run is not drawn, its credit goes back all the same', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  await store.getState().restart();
  engine.send(frame(1, 'running', 7));
  draw();
  expect([store.getState().position.seq, engine.credits()]).toEqual([0, 1]);
});

const REPORT = { kind: 'made', edit: { fromHere: [], rebuilt: [], reopen: null }, seq: 7, atMs: 7 };

test('an edit in mid-run is made to the run, which goes on', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1, play: true });
  await settled();
  engine.send(frame(1, 'running', 7));
  draw();
  engine.hush('edit', REPORT);
  const edited = setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } });
  store.getState().load(edited);
  await settled();
  expect(store.getState()).toMatchObject({ isChanged: true, position: { seq: 7 } });
  expect(engine.told.at(-1)).toBe('pause');

  await store.getState().play();
  expect(store.getState()).toMatchObject({ isChanged: false, ranWith: edited, began: document, edits: [{ seq: 7 }] });
  expect(engine.opened.map((request) => request.document)).toEqual([document]);
  expect(engine.told.slice(-2)).toEqual(['edit', 'play']);
});

test('a graph that is to have held from the start is opened anew, up to where the run stood; entries are told their numbers', async () => {
  const { engine, store } = await pausedAt(7);
  engine.hush('edit', REPORT);
  const edited = setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } });
  store.getState().load(edited);
  await store.getState().step();
  engine.send(frame(1, 'paused', 40));
  draw();

  const other = setConfig(document, { id: 'real-pages', config: { predicate: 'TRUE' } });
  store.getState().load(other);
  const carried = await store.getState().beginAnew();
  expect(engine.opened.map((request) => request.document)).toEqual([document, other]);
  expect(engine.asked.at(-1)).toEqual(['seek', { to: { by: 'processing-time', atMs: 40 }, plays: false }]);
  expect(store.getState()).toMatchObject({ isChanged: false, began: other, edits: [] });
  // The entry of the edit is gone.
  expect([6, 7, 8, 30].map((seq) => carried?.numberOf(seq))).toEqual([6, 7, 7, 29]);
  expect(carried).toMatchObject({ lost: [], edits: 1 });

  engine.hush('open', { ok: false, problems: [] });
  store.getState().load(edited);
  expect(await store.getState().beginAnew()).toBeNull();
});

test('a run that is begun anew has what was put in by hand, or says what it has not', async () => {
  const { engine, store } = await pausedAt(40);
  const nudges = [{ kind: 'idle' as const, sourceId: 'clicks', partition: 0 }];
  engine.hush('nudge', { seq: 30, processingTimeMs: 28 });
  await store.getState().ask((control) => control.nudge(nudges));
  engine.hush('standing', { seq: 30, processingTimeMs: 28 });
  engine.hush('nudge', { seq: 30, processingTimeMs: 28 });
  engine.asked.length = 0;
  const again = await store.getState().beginAnew();
  expect(engine.asked.filter(([name]) => ['open', 'seek', 'nudge'].includes(name))).toMatchObject([
    ['open', { document }],
    ['seek', { to: { by: 'seq', seq: 30 } }],
    ['nudge', nudges],
    ['seek', { to: { by: 'processing-time', atMs: 40 } }],
  ]);
  expect([again?.lost, again?.numberOf(30), again?.numberOf(35)]).toEqual([[], 31, 35]);

  // In another log the 30th entry came at another time; what is lost once is not in the next run either.
  engine.send(frame(2, 'paused', 41));
  draw();
  engine.hush('standing', { seq: 30, processingTimeMs: 27 });
  expect(await store.getState().beginAnew()).toMatchObject({ lost: nudges });
  expect(await store.getState().beginAnew()).toMatchObject({ lost: [] });
});

test('an edit that makes another run opens that, at the same time; one that cannot run leaves the run as it is', async () => {
  const { engine, store } = await pausedAt(7);
  engine.hush('edit', { kind: 'invalid', problems: [] });
  store.getState().load(setConfig(document, { id: 'real-pages', config: { predicate: 'x' } }));
  await store.getState().step();
  expect(store.getState()).toMatchObject({ isChanged: true, position: { seq: 7 }, lastEdit: { kind: 'refused' } });
  expect(engine.told.at(-1)).toBe('edit');

  engine.hush('edit', { kind: 'reopen', why: 'seed' });
  const other = { ...document, run: { ...document.run, seed: 5 } };
  store.getState().load(other);
  await store.getState().step();
  expect(store.getState()).toMatchObject({ isChanged: false, lastEdit: { kind: 'reopened', why: 'seed' } });
  expect(engine.opened.map((request) => request.document)).toEqual([document, other]);
  expect(engine.told.slice(-2)).toEqual(['seek', 'step']);
});

test('an edit that is taken back, a name and a place are no change', async () => {
  const { engine, store } = await pausedAt(7);
  store.getState().load(setLabel(document, 'clicks', 'All clicks'));
  expect(store.getState().isChanged).toBe(false);
  store.getState().load(setConfig(document, { id: 'real-pages', config: { predicate: 'FALSE' } }));
  expect(store.getState().isChanged).toBe(true);
  store.getState().load(document);
  expect(store.getState().isChanged).toBe(false);
  expect(engine.opened).toHaveLength(1);
});

test.each(['ended', 'failed'] as const)('play after a run has %s begins again with the same document', async (kind) => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  store.getState().load(document, { graph: 1 });
  await settled();
  engine.send(frame(1, kind, 7));
  draw();
  await store.getState().play();
  expect(engine.told.slice(-2)).toEqual(['restart', 'play']);
});

test.each([
  ['looking into a file', 'inspectFile', (state: RunState) => state.inspectFile(new File(['a\n'], 'a.csv'), {})],
  [
    'saving results',
    'saveResults',
    (state: RunState) => state.saveResults({ nodeId: 'clicks', format: 'csv', guardsFormulas: true }),
  ],
] as const)('%s comes to an end with the engine', async (_, name, ask) => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  engine.hush(name);
  const answer = ask(store.getState());
  const ended = expect(answer).rejects.toThrow('The engine stopped: out of memory');
  await settled();
  engine.crash('out of memory');
  await ended;
});

test('each graph has its files: another one begins with none, going back brings them again', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  const file = new File(['ts\n'], 'events.csv');
  store.getState().load(document, { graph: 1 });
  store.getState().setFile('clicks', file);
  store.getState().load(document, { graph: 2 });
  expect(store.getState().files).toEqual({});
  store.getState().load(document, { graph: 1 });
  await settled();
  expect(store.getState().files).toEqual({ clicks: file });
  expect(engine.opened.at(-1)?.files).toEqual({ clicks: file });
});

test('a file is not run before what is asked about it has an answer', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  const file = new File(['ts\n'], 'events.csv');
  const question = { code: 'timestamp-no-zone', message: 'Which zone?', choices: ['UTC'] };
  const config = { time: { column: 'ts', unit: 'iso', zone: 'UTC' } };
  const graph = setConfig(document, { id: 'clicks', config });
  store.getState().load(graph, { graph: 1 });
  store.getState().setFindings(file, { warnings: [], questions: [question], config });
  store.getState().setFile('clicks', file);
  await settled();
  engine.opened.length = 0;
  await store.getState().play();
  expect(engine.opened).toEqual([]);
  expect(store.getState().status).toEqual({ kind: 'idle' });
  expect(store.getState().problems).toMatchObject([
    { code: 'file-question', nodeId: 'clicks', message: 'Which zone?' },
  ]);

  const answered = setConfig(graph, { id: 'clicks', config: { time: { ...config.time, zone: 'Europe/Berlin' } } });
  store.getState().load(answered, { graph: 1 });
  await store.getState().play();
  expect(engine.opened.map((request) => request.document)).toEqual([answered]);
  expect(engine.told.at(-1)).toBe('play');
});

test('an answer that leaves all as it is counts as well', async () => {
  const engine = fakeEngine();
  const store = createRunStore(engine.start);
  const file = new File(['ts\n'], 'events.csv');
  const question = { code: 'timestamp-no-zone', message: 'Which zone?', choices: ['UTC'] };
  const { config } = document.nodes[0]!;
  store.getState().load(document, { graph: 1 });
  store.getState().setFindings(file, { warnings: [], questions: [question], config });
  store.getState().setFile('clicks', file);
  await store.getState().play();
  expect(engine.told.at(-1)).not.toBe('play');
  store.getState().setFindings(file, { warnings: [], questions: [], config });
  await store.getState().play();
  expect(engine.told.at(-1)).toBe('play');
});
