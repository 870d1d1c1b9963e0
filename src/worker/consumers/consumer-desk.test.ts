import { expect, onTestFinished, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { lateEvents } from '../../pipeline/templates/late-events.ts';
import { ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import { pictureDifference, runPicture } from '../../testing/run-picture.ts';
import type { ConsumerReport, ConsumerStart } from '../consumer-protocol.ts';
import { CONSUMERS_MAX } from '../consumer-protocol.ts';
import type { Speed } from '../protocol.ts';
import { Session } from '../session.ts';
import { ConsumerDesk } from './consumer-desk.ts';

const MAX: Speed = { kind: 'max' };

function withEvents(document: PipelineDocument, events: number): PipelineDocument {
  const nodes = document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, events } } : node,
  );
  return { ...document, nodes };
}

interface Lab {
  readonly session: Session;
  readonly desk: ConsumerDesk;
  readonly goTo: (seq: number) => Promise<unknown>;
  readonly add: (id: string, start: ConsumerStart, plays?: boolean, speed?: Speed) => Promise<unknown>;
  readonly of: (id: string) => ConsumerReport;
  readonly until: (id: string, wanted: (report: ConsumerReport) => boolean) => Promise<ConsumerReport>;
}

async function lab(document = withEvents(lateEvents.document, 300)): Promise<Lab> {
  const clock = (): number => performance.now();
  const session = new Session(clock);
  session.setSpeed(MAX);
  expect((await session.open({ run: 1, document, files: {} })).ok).toBe(true);
  const desk = new ConsumerDesk({ clock, opened: () => session.opened });
  onTestFinished(async () => {
    for (const { id } of desk.consumers(null)?.consumers ?? []) await desk.removeConsumer(id);
    await session.close();
  });
  const find = (id: string): ConsumerReport | undefined => desk.consumers(null)?.consumers.find((one) => one.id === id);
  const of = (id: string): ConsumerReport => {
    const report = find(id);
    if (report === undefined) throw new Error(`no consumer ${id}`);
    return report;
  };
  return {
    session,
    desk,
    goTo: (seq) => session.seek({ to: { by: 'seq', seq }, plays: false }),
    add: (id, start, plays = false, speed = MAX) => desk.addConsumer({ id, start, place: null, plays, speed }),
    of,
    until: async (id, wanted) => {
      await expect.poll(() => wanted(of(id)), { timeout: 60_000 }).toBe(true);
      return of(id);
    },
  };
}

/** Of the first entries: a time in the middle of their rows', and the rows of that time or later. */
async function middleOf(session: Session, entries: number): Promise<{ middleMs: number; firsts: readonly number[] }> {
  const firsts: number[] = [];
  let middleMs = 0;
  for await (const { rows } of session.opened!.run.slices(0, entries)) {
    for (const batch of rows) {
      const times = [...(batch?.ts ?? [])];
      middleMs ||= times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
      times.forEach((ts, row) => {
        if (ts >= middleMs) firsts.push(batch?.seq[row] ?? -1);
      });
    }
  }
  return { middleMs, firsts };
}

test('a consumer from the earliest entry is byte for byte the run, at any speed, with any pauses', async () => {
  const { session, desk, goTo, add, until } = await lab(withEvents(clicksToPurchases.document, 250));
  await goTo(Infinity);
  const whole = runPicture(session.opened!.run);
  await add('fast', { by: 'earliest' }, true);
  await add('slow', { by: 'earliest' }, true, { kind: 'events', perSec: 400 });
  await add('stepped', { by: 'earliest' }, false);
  for (let i = 0; i < 40; i++) await desk.steerConsumer('stepped', { kind: 'step' });
  await desk.steerConsumer('slow', { kind: 'pause' });
  await desk.steerConsumer('slow', { kind: 'seek', to: { by: 'seq', seq: 30 } });
  await desk.steerConsumer('slow', { kind: 'speed', speed: { kind: 'clock', factor: 3_600 } });
  await desk.steerConsumer('slow', { kind: 'play' });
  await desk.steerConsumer('stepped', { kind: 'play' });
  for (const id of ['fast', 'slow', 'stepped']) {
    const { lagEntries } = await until(id, ({ status }) => status.kind === 'ended');
    expect(lagEntries).toBe(0);
    expect(pictureDifference(runPicture(desk.runOf(id)!), whole)).toBeNull();
  }
  // The run was left as it was.
  expect(runPicture(session.opened!.run)).toBe(whole);
});

test('a consumer reads what is written, waits there, and goes on when more is written', async () => {
  const { session, goTo, add, of, until } = await lab();
  await goTo(120);
  await add('all', { by: 'earliest' }, true);
  await until('all', ({ seq }) => seq === 120);
  expect(of('all')).toMatchObject({ lagEntries: 0, lagMs: 0, status: { kind: 'running' } });
  // What was written stays written when the run goes back.
  await goTo(40);
  expect(of('all').lagEntries).toBe(0);
  await goTo(200);
  await until('all', ({ seq }) => seq === 200);
  expect(of('all').rows).toBe(session.opened!.run.taken.reduce((sum, rows) => sum + rows, 0));
});

test('a lag is what is written and not read', async () => {
  const { session, desk, goTo, add, of } = await lab();
  await goTo(150);
  await add('slow', { by: 'earliest' });
  for (let i = 0; i < 30; i++) await desk.steerConsumer('slow', { kind: 'step' });
  const times: number[] = [];
  for await (const { at } of session.opened!.run.slices(0, 150)) times.push(...at);
  expect(of('slow')).toMatchObject({ seq: 30, lagEntries: 120, lagMs: times[149]! - times[29]! });
});

test('from latest nothing is read that was written before', async () => {
  const { session, goTo, add, of, until } = await lab();
  await goTo(100);
  const before = session.opened!.run.taken.reduce((sum, rows) => sum + rows, 0);
  await add('late', { by: 'latest' }, true);
  expect(of('late')).toMatchObject({ seq: 100, firstSeq: 100, rows: 0, lagEntries: 0, watermarkMs: null });
  await goTo(Infinity);
  const { rows, seq } = await until('late', ({ status }) => status.kind === 'ended');
  expect(rows).toBe(session.opened!.run.taken.reduce((sum, count) => sum + count, 0) - before);
  expect(seq).toBe(session.opened!.run.seq);
});

test('from a time each partition begins with its first row of that time or later, without one at the end', async () => {
  const { session, goTo, add, of } = await lab();
  await goTo(150);
  const { firsts, middleMs } = await middleOf(session, 150);
  await add('from', { by: 'timestamp', tsMs: middleMs });
  expect(of('from')).toMatchObject({ seq: firsts[0], firstSeq: firsts[0], restSeq: 150 });
  expect(of('from').places).toMatchObject([{ partition: 0, seq: firsts[0] }]);
  await add('none', { by: 'timestamp', tsMs: middleMs + 1e12 });
  expect(of('none')).toMatchObject({ seq: 150, firstSeq: 150, places: [] });
});

test('what cannot be read is refused, and says why', async () => {
  const { desk, goTo, add } = await lab();
  await goTo(10);
  for (const seq of [11, -1, 1.5, Number.NaN]) {
    expect(await add('no', { by: 'offset', seq })).toMatchObject({ problems: [{ code: 'consumer-offset' }] });
  }
  const never = { by: 'timestamp', tsMs: Number.NaN } as const;
  expect(await add('no', never)).toMatchObject({ problems: [{ code: 'consumer-timestamp' }] });
  for (let i = 0; i < CONSUMERS_MAX; i++) await add(`c${String(i)}`, { by: 'offset', seq: i });
  expect(await add('more', { by: 'earliest' })).toMatchObject({ problems: [{ code: 'consumers-too-many' }] });
  // One of the same name takes its place.
  expect(await add('c3', { by: 'latest' })).toEqual({ kind: 'open' });
  expect(desk.consumers(null)?.consumers).toHaveLength(CONSUMERS_MAX);
});

test('one that is removed while it reads is gone, and what it was told is let be', async () => {
  const { desk, goTo, add } = await lab();
  await goTo(Infinity);
  const adding = add('gone', { by: 'earliest' }, true, { kind: 'events', perSec: 50 });
  await desk.removeConsumer('gone');
  await adding;
  await add('other', { by: 'earliest' }, true, { kind: 'events', perSec: 50 });
  const steps = desk.steerConsumer('other', { kind: 'step' });
  const removed = desk.removeConsumer('other');
  await Promise.all([steps, removed, desk.steerConsumer('other', { kind: 'play' })]);
  expect(desk.consumers(null)?.consumers).toEqual([]);
  expect(desk.runOf('other')).toBeNull();
});

test('what is put in by hand is read by all who come to it, and moves the numbers of those behind', async () => {
  const { session, goTo, add, of, until } = await lab();
  await goTo(100);
  await add('late', { by: 'latest' });
  await add('all', { by: 'earliest' }, true);
  await until('all', ({ seq }) => seq === 100);
  await goTo(50);
  await session.putIn([{ kind: ENTRY_WATERMARK, source: 0, partition: 0, payload: 5e15 }]);
  await goTo(120);
  await until('late', ({ firstSeq }) => firstSeq === 101);
  const all = await until('all', ({ seq, watermarkMs }) => seq === 120 && watermarkMs === 5e15);
  expect(all.watermarkMs).toBe(session.opened!.run.feeds.nodes[0]?.watermark);
  expect(of('late').watermarkMs).toBeNull();
});

test('with another run all begin at their start again, and those that read read on', async () => {
  const { session, goTo, add, of, until } = await lab();
  await goTo(100);
  await add('offset', { by: 'offset', seq: 60 }, true);
  await add('stands', { by: 'offset', seq: 60 });
  await until('offset', ({ seq }) => seq === 100);
  await session.restart(2);
  await until('offset', ({ seq }) => seq === 60);
  expect(of('offset').lagEntries).toBe(0);
  await goTo(80);
  await until('offset', ({ seq }) => seq === 80);
  expect(of('stands')).toMatchObject({ seq: 60, lagEntries: 20, status: { kind: 'paused' } });
});

test('one that is there once more stands where it stood, by the start that was found then', async () => {
  const { session, desk, goTo, add, of, until } = await lab();
  await goTo(150);
  const { middleMs } = await middleOf(session, 150);
  await add('all', { by: 'earliest' });
  await add('late', { by: 'latest' });
  await add('timed', { by: 'timestamp', tsMs: middleMs });
  await goTo(200);
  for (const id of ['all', 'late', 'timed']) {
    for (let i = 0; i < 20; i++) await desk.steerConsumer(id, { kind: 'step' });
    const { firstSeq, restSeq, seq, places } = of(id);
    const start: ConsumerStart = id === 'timed' ? { by: 'timestamp', tsMs: middleMs } : { by: 'latest' };
    const picture = runPicture(desk.runOf(id)!);
    await goTo(240);
    await desk.addConsumer({ id, start, place: { restSeq, seq }, plays: false, speed: MAX });
    expect(of(id)).toMatchObject({ firstSeq, restSeq, seq, places });
    expect(pictureDifference(runPicture(desk.runOf(id)!), picture)).toBeNull();
  }

  // Of a log that is not written that far yet it waits at its start.
  await goTo(10);
  await session.restart(2);
  const place = { restSeq: 150, seq: 0 };
  await desk.addConsumer({ id: 'late', start: { by: 'latest' }, place, plays: true, speed: MAX });
  expect(of('late')).toMatchObject({ firstSeq: 150, seq: 150, lagEntries: 0 });
  await goTo(160);
  expect(await until('late', ({ seq }) => seq === 160)).toMatchObject({ firstSeq: 150, rows: 10 });
});

test('a log without an event has nothing to read', async () => {
  const { goTo, add, until } = await lab(withEvents(lateEvents.document, 1));
  await add('early', { by: 'latest' }, true);
  await goTo(Infinity);
  expect(await until('early', ({ status }) => status.kind === 'ended')).toMatchObject({ rows: 1, lagEntries: 0 });
});

test('what a consumer has otherwise than a reader of all is told window by window', async () => {
  const { session, desk, goTo, add, until } = await lab(withEvents(lateEvents.document, 900));
  await goTo(300);
  await add('late', { by: 'latest' }, true);
  await goTo(600);
  await until('late', ({ seq }) => seq === 600);
  const question = { id: 'late', nodeId: null, column: null };
  const answer = await desk.compareConsumer(question);
  if (answer.kind !== 'compared') throw new Error(answer.kind);
  const { run } = session.opened!;
  const windowId = run.plan.nodes.find(({ kind }) => kind === 'window')?.id;
  for (const { nodeId, ledger } of answer.comparison.nodes) {
    expect(ledger).toEqual([run.ledger().get(nodeId), desk.runOf('late')!.ledger().get(nodeId)]);
  }
  const windowed = answer.comparison.nodes.find(({ nodeId }) => nodeId === windowId);
  // Windows that closed before its start it has not, the one that was open then it has in part.
  expect(windowed?.onlyRun).toBeGreaterThan(0);
  expect(windowed?.different).toBeGreaterThan(0);

  // One that reads all has nothing otherwise.
  await add('all', { by: 'earliest' }, true);
  await until('all', ({ seq }) => seq === 600);
  const none = await desk.compareConsumer({ ...question, id: 'all' });
  expect(none).toMatchObject({ kind: 'compared', comparison: { node: null } });
  expect(await desk.compareConsumer({ ...question, id: 'nobody' })).toEqual({ kind: 'unknown' });
});

test('an edit of the run is an entry of the log: each consumer makes it where it comes to it', async () => {
  const { session, desk, goTo, add, of, until } = await lab(withEvents(clicksToPurchases.document, 150));
  await goTo(80);
  await add('all', { by: 'earliest' });
  await add('late', { by: 'latest' });
  const { document } = session.opened!;
  const edited = {
    ...document,
    nodes: document.nodes.map((node) =>
      node.type === 'window' ? { ...node, config: { ...node.config, sizeMs: 4_000 } } : node,
    ),
  };
  expect(await session.edit({ document: edited, plays: false })).toMatchObject({ kind: 'made', seq: 80 });
  await goTo(Infinity);
  await until('late', ({ status, lagEntries }) => status.kind === 'paused' && lagEntries > 0);
  expect(of('late')).toMatchObject({ seq: 80, firstSeq: 80 });
  for (const id of ['all', 'late']) {
    await desk.steerConsumer(id, { kind: 'play' });
    await until(id, ({ status }) => status.kind === 'ended');
  }
  const { run } = session.opened!;
  expect(pictureDifference(runPicture(desk.runOf('all')!), runPicture(run))).toBeNull();
  expect(desk.runOf('late')!.plan).toEqual(run.plan);
  const answer = await desk.compareConsumer({ id: 'all', nodeId: null, column: null });
  expect(answer).toMatchObject({ kind: 'compared', comparison: { node: null } });
  const late = await desk.compareConsumer({ id: 'late', nodeId: null, column: null });
  if (late.kind !== 'compared') throw new Error(late.kind);
  for (const { nodeId, ledger } of late.comparison.nodes) {
    expect(ledger[1]).toEqual(desk.runOf('late')!.ledger().get(nodeId));
  }
});
