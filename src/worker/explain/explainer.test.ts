import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { Engine } from '../../engine/engine.ts';
import type { ResultPlace } from '../../engine/lineage/lineage.ts';
import type { Batch } from '../../stream/batch.ts';
import { sessionPage } from '../../testing/session-page.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { Explainer } from './explainer.ts';
import type { Silence } from './silence-protocol.ts';

type Config = Readonly<Record<string, unknown>>;

const clock = (): number => performance.now();

/** The template with its source changed, run to its end without the flush that would bring everything out. */
async function opened(source: Config, window: Config = {}): Promise<Opened> {
  const base = lateEvents.document;
  const document: PipelineDocument = {
    ...base,
    run: { ...base.run, end: 'none' },
    nodes: base.nodes.map((node) => {
      if (node.type === 'source.generator') return { ...node, config: { ...node.config, events: 400, ...source } };
      return node.type === 'window' ? { ...node, config: { ...node.config, ...window } } : node;
    }),
  };
  const { session, until } = sessionPage();
  session.setSpeed({ kind: 'max' });
  const report = await session.open({ run: 1, document, files: {} });
  expect(report.ok).toBe(true);
  session.play();
  await until(({ status }) => status.kind === 'ended');
  const explainer = new Explainer({ opened: () => session.opened, putIn: (entries) => session.putIn(entries) }, clock);
  const idOf = (type: string): string => document.nodes.find((node) => node.type === type)?.id ?? '';
  return { session, explainer, windowId: idOf('window'), sourceId: idOf('source.generator') };
}

interface Opened {
  readonly session: ReturnType<typeof sessionPage>['session'];
  readonly explainer: Explainer;
  readonly windowId: string;
  readonly sourceId: string;
}

function resultsOf({ session, windowId }: Opened): number {
  const emitted = session.looks.ledger().nodes[windowId]?.emitted['out'] ?? {};
  return Object.values(emitted).reduce((sum, count) => sum + count, 0);
}

function waiting(silence: Silence): Extract<Silence, { readonly kind: 'waits' }> {
  if (silence.kind !== 'waits') throw new Error(`it waits, and does not say ${silence.kind}`);
  return silence;
}

test('a partition that sends nothing holds everything, and lets go once it is idle', async () => {
  const one = await opened({ partitions: 2, idlePartitions: 1 });
  expect(resultsOf(one)).toBe(0);
  const silence = waiting(await one.explainer.explainSilence(one.windowId));
  expect(silence).toMatchObject({ nodeId: one.windowId, watermarkMs: null, heedsWatermarks: true });
  const [holder] = silence.holders;
  expect(holder).toMatchObject({ sourceId: one.sourceId, watermarkMs: null, last: null });
  expect(silence.held).toBe(400);
  await one.explainer.nudge([{ kind: 'idle', sourceId: one.sourceId, partition: holder?.partition ?? 0 }]);
  const results = resultsOf(one);
  expect(results).toBeGreaterThan(0);
  // A seek repeats what was put in by hand.
  const { seq } = one.session.opened?.run ?? { seq: 0 };
  await one.session.seek({ to: { by: 'seq', seq: 100 }, plays: false });
  expect(resultsOf(one)).toBe(0);
  await one.session.seek({ to: { by: 'seq', seq }, plays: false });
  expect(resultsOf(one)).toBe(results);
});

test('the watermark that is asked for brings the first window out, one millisecond less does not', async () => {
  const one = await opened({});
  const before = resultsOf(one);
  const { first, holders } = waiting(await one.explainer.explainSilence(one.windowId));
  if (first === null) throw new Error('a window that waits');
  const [holder] = holders;
  expect(holders).toHaveLength(1);
  // The last event that came, by a plain loop over the log.
  let last = -1;
  for await (const slice of one.session.opened?.run.slices(0, 10_000) ?? []) {
    slice.kinds.forEach((kind, i) => (last = kind === 0 ? slice.firstSeq + i : last));
  }
  expect(holder?.last?.seq).toBe(last);
  const send = (watermarkMs: number): Promise<unknown> =>
    one.explainer.nudge([{ kind: 'watermark', sourceId: one.sourceId, partition: 0, watermarkMs }]);
  await send(first.untilMs - 1);
  expect(resultsOf(one)).toBe(before);
  await send(first.untilMs);
  expect(resultsOf(one)).toBeGreaterThan(before);
  await send(Infinity);
  const silence = await one.explainer.explainSilence(one.windowId);
  expect(silence.kind).toBe('flows');
});

test('an event of the time that is needed brings the window out, one a millisecond earlier does not', async () => {
  const one = await opened({});
  const { first, holders } = waiting(await one.explainer.explainSilence(one.windowId));
  const run = one.session.opened?.run;
  const neededMs = holders[0]?.neededMs ?? Number.NaN;
  const { boundedWatermark } = run?.plan.dialect.time ?? { boundedWatermark: () => Number.NaN };
  expect(boundedWatermark(neededMs, 3_000)).toBe(first?.untilMs);
});

test('before the first event it says that nothing has begun; without events of a source that it has none', async () => {
  const one = await opened({ events: 1 });
  await one.session.seek({ to: { by: 'seq', seq: 0 }, plays: false });
  expect(await one.explainer.explainSilence(one.windowId)).toEqual({ kind: 'not-begun' });
});

/** The last result of the window, by a plain loop over what it handed on. */
async function lastResult({ session, windowId }: Opened): Promise<ResultPlace> {
  const run = session.opened?.run;
  if (run === undefined) throw new Error('a run');
  const node = run.plan.nodes.findIndex(({ id }) => id === windowId);
  let seq = -1;
  const output = (from: number, port: string, batch: Batch): void => {
    if (from === node && port === 'out') seq = batch.seq[batch.length - 1] ?? seq;
  };
  const engine = new Engine(run.plan, { output });
  for await (const slice of run.slices(0, run.seq)) engine.run(slice);
  return { nodeId: windowId, seq, nth: -1 };
}

test('a question that is asked twice is answered once; another of its kind takes its place', async () => {
  const one = await opened({ events: 20_000 });
  const { explainer } = one;
  const wanted = await lastResult(one);
  const first = explainer.lineageOf(wanted);
  expect(explainer.lineageOf({ ...wanted })).toBe(first);
  expect((await first)?.lineage.events.length).toBeGreaterThan(0);
  const replaced = explainer.lineageOf(wanted);
  const other = explainer.effectsOf(10);
  await expect(replaced).rejects.toMatchObject({ name: 'AbortError' });
  expect((await other).event?.seq).toBe(10);
});

test('how far the replays have come can be asked between two pieces of work, and they can be ended', async () => {
  const one = await opened({ events: 20_000 });
  let nowMs = 0;
  // Time to let messages in whenever it is looked at.
  const explainer = new Explainer(
    { opened: () => one.session.opened, putIn: () => Promise.resolve(null) },
    () => (nowMs += 10),
  );
  expect(explainer.explainingProgress('lineage')).toBeNull();
  const shares: string[] = [];
  let isDone = false;
  const answer = explainer.effectsOf(100).finally(() => (isDone = true));
  const asking = (async () => {
    while (!isDone) {
      await yieldToMessages();
      const now = explainer.explainingProgress('lineage');
      if (now !== null) shares.push(`${String(now.replay)} ${now.share.toFixed(6)}`);
    }
  })();
  await Promise.all([answer, asking]);
  expect(shares.length).toBeGreaterThan(0);
  expect(shares).toEqual(shares.toSorted());
  expect(explainer.explainingProgress('lineage')).toBeNull();
  const ended = explainer.effectsOf(100);
  explainer.cancelExplaining('lineage');
  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
});
