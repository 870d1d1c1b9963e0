import { expect, onTestFinished, test } from 'vitest';
import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import { framePage, sessionPage } from '../testing/session-page.ts';
import type { SessionPage } from '../testing/session-page.ts';
import { ConsumerDesk } from './consumers/consumer-desk.ts';
import type { ConsumerStart } from './consumer-protocol.ts';
import { Explainer } from './explain/explainer.ts';
import type { Frame } from './protocol.ts';
import { RunView } from './run-view.ts';
import { Session } from './session.ts';

const WATCHED = 'clicks-per-user';
const clock = (): number => performance.now();
const { document } = clicksToPurchases;

interface Lab {
  readonly own: Session;
  readonly view: RunView;
  readonly desk: ConsumerDesk;
  readonly explainer: Explainer;
  readonly page: Omit<SessionPage, 'session'>;
  readonly add: (id: string, start: ConsumerStart, seq: number) => Promise<unknown>;
  readonly goTo: (seq: number) => Promise<unknown>;
  /** The newest frame, once it says that it is of this consumer, or of the run. */
  readonly through: (id: string | null) => Promise<Frame>;
}

/** A run that stands at entry 3,000, with its page. */
async function lab(): Promise<Lab> {
  const own = new Session(clock);
  own.setSpeed({ kind: 'max' });
  const desk: ConsumerDesk = new ConsumerDesk({ clock, opened: () => own.opened, onRemove: (id) => view.leave(id) });
  const view = new RunView(own, (id) => desk.consumer(id));
  const page = framePage(view.frames);
  const explainer = new Explainer(
    {
      opened: () => view.session.opened,
      putIn: (entries) => (view.isOwn ? own.putIn(entries) : Promise.resolve(null)),
    },
    clock,
  );
  view.watch(WATCHED);
  expect((await view.open({ run: 1, document, files: {} })).ok).toBe(true);
  const goTo = (seq: number): Promise<unknown> => own.seek({ to: { by: 'seq', seq }, plays: false });
  await goTo(3_000);
  onTestFinished(async () => {
    for (const { id } of desk.consumers(null)?.consumers ?? []) await desk.removeConsumer(id);
    await own.close();
  });
  return {
    own,
    view,
    desk,
    explainer,
    page,
    goTo,
    add: (id, start, seq) =>
      desk.addConsumer({ id, start, place: { restSeq: startOf(start), seq }, plays: false, speed: { kind: 'max' } }),
    through: (id) => page.until((frame) => (frame.through?.consumer ?? null) === id && frame.status.kind !== 'loading'),
  };
}

function startOf(start: ConsumerStart): number {
  return start.by === 'offset' ? start.seq : 0;
}

/** A run of its own that stands at an entry, and the frame that shows it whole. */
async function plainRun(seq: number): Promise<{ session: Session; frame: Frame }> {
  const { session, until } = sessionPage();
  expect((await session.open({ run: 1, document, files: {} })).ok).toBe(true);
  await session.seek({ to: { by: 'seq', seq }, plays: false });
  session.watch(WATCHED);
  const frame = await until(({ charts, position }) => charts.length > 1 && position.seq === seq);
  return { session, frame };
}

/** Charts by what they are of; the data of those that no cut into rounds can show in. */
function chartsOf({ charts }: Frame): readonly unknown[] {
  return charts.map(({ nodeId, chart, data }) => [
    nodeId,
    chart,
    chart === 'windows' || chart === 'drops' ? data : data !== null,
  ]);
}

test('through a consumer frames are those of a run that stands where it stands; the run itself is where it was', async () => {
  const { view, add, through, goTo, page } = await lab();
  await add('audit', { by: 'earliest' }, 1_200);
  const { session, frame } = await plainRun(1_200);
  expect(view.lookThrough('audit')).toBe(true);
  const seen = await through('audit');
  const { nodes, edges, results, drops, table, clocks, position } = frame;
  expect(seen).toMatchObject({ nodes, edges, results, drops, table });
  expect(chartsOf(seen)).toEqual(chartsOf(frame));
  expect(seen.through).toMatchObject({ seq: 1_200, clocks, status: { kind: 'paused' } });
  expect(position.seq).toBe(1_200);
  expect(seen.position.seq).toBe(3_000);

  // What is asked is answered for it.
  const { looks } = view.session;
  expect(looks.stateOf(WATCHED)).toEqual(session.looks.stateOf(WATCHED));
  expect(looks.ledger()).toEqual(session.looks.ledger());
  expect(looks.rowsAt({ nodeId: WATCHED, port: 'out' }, 50)).toEqual(
    session.looks.rowsAt({ nodeId: WATCHED, port: 'out' }, 50),
  );

  // The run moves, the consumer does not.
  await goTo(2_000);
  const moved = await page.until((one) => one.position.seq === 2_000);
  expect(moved).toMatchObject({ nodes, edges, through: { seq: 1_200, jumps: seen.through?.jumps } });
  expect(moved.jumps).toBe(seen.jumps + 1);
});

test('a consumer that moves is followed, and back at the run all of it is shown again', async () => {
  const { own, desk, view, add, through, page } = await lab();
  const whole = (await plainRun(3_000)).frame;
  await add('audit', { by: 'earliest' }, 1_200);
  view.lookThrough('audit');
  await through('audit');
  await desk.steerConsumer('audit', { kind: 'seek', to: { by: 'seq', seq: 700 } });
  const there = await page.until((frame) => frame.through?.seq === 700);
  expect(there.nodes).toEqual((await plainRun(700)).frame.nodes);
  expect(there.position.seq).toBe(3_000);

  expect(view.lookThrough(null)).toBe(true);
  const { nodes, edges, results, drops, clocks } = whole;
  const again = await through(null);
  expect(again).toMatchObject({ through: null, nodes, edges, results, drops, clocks });
  expect(chartsOf(again)).toEqual(chartsOf(whole));
  // Nobody hears of the consumer any more.
  const frames = page.frames.length;
  await desk.steerConsumer('audit', { kind: 'step' });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(page.frames.slice(frames).every((frame) => frame.through === null)).toBe(true);
  expect(view.session).toBe(own);
});

test('a consumer that begins further on shows what it read, and is explained by it', async () => {
  const { desk, view, add, through, explainer } = await lab();
  await add('late', { by: 'offset', seq: 1_000 }, 3_000);
  view.lookThrough('late');
  const { nodes, drops, results } = await through('late');
  const ledger = desk.runOf('late')!.ledger();
  for (const node of nodes) expect(node).toMatchObject({ in: ledger.get(node.nodeId)?.in });
  expect(nodes.find(({ nodeId }) => nodeId === WATCHED)?.in).toBeLessThan(
    (await plainRun(3_000)).frame.nodes.find(({ nodeId }) => nodeId === WATCHED)?.in ?? 0,
  );

  const seq = results?.seq[0] ?? -1;
  const traced = await explainer.lineageOf({ nodeId: WATCHED, seq, nth: 0 });
  expect(traced?.events.length).toBeGreaterThan(0);
  expect(traced?.events.every((event) => event.seq >= 1_000)).toBe(true);
  const dropped = drops?.seq[0] ?? -1;
  const evidence = await explainer.explainDrop({ nodeId: WATCHED, seq: dropped, nth: 0 });
  expect(evidence?.place).toMatchObject({ nodeId: WATCHED, seq: dropped });
  // What it does not read was not dropped by it.
  expect(await explainer.explainDrop({ nodeId: WATCHED, seq: 10, nth: 0 })).toBeNull();

  // Nothing is put into the log by who only reads it.
  const source = nodes[0]?.nodeId ?? '';
  const before = desk.consumers(null)?.written;
  expect(await explainer.nudge([{ kind: 'idle', sourceId: source, partition: 0 }])).toBeNull();
  expect(desk.consumers(null)?.written).toBe(before);
});

test('the plane is that of the consumer, and of the run again afterwards', async () => {
  const { view, add, page } = await lab();
  await add('late', { by: 'offset', seq: 1_000 }, 2_000);
  view.showPlane(true);
  const pointsOf = (filling: number): readonly number[] =>
    page.frames.flatMap(({ plane }) =>
      plane === null || plane.filling !== filling ? [] : [...(plane.points?.seq ?? [])],
    );
  const whole = await page.until(({ plane }) => plane?.toldSeq === 3_000);
  const all = pointsOf(whole.plane?.filling ?? -1);
  view.lookThrough('late');
  const seen = await page.until(({ plane, through }) => through !== null && plane?.toldSeq === 2_000);
  expect(pointsOf(seen.plane?.filling ?? -1)).toEqual(all.filter((seq) => seq >= 1_000 && seq < 2_000));
  view.lookThrough(null);
  const again = await page.until(({ plane, through }) => through === null && plane?.toldSeq === 3_000);
  expect(again.plane?.filling).not.toBe(whole.plane?.filling);
  expect(pointsOf(again.plane?.filling ?? -1)).toEqual(all);
});

test('it is the run again when the consumer goes, or another run is opened', async () => {
  const { desk, view, add, through } = await lab();
  expect(view.lookThrough('nobody')).toBe(false);
  await add('audit', { by: 'earliest' }, 100);
  view.lookThrough('audit');
  await through('audit');
  await desk.removeConsumer('audit');
  expect((await through(null)).position.seq).toBe(3_000);
  await add('audit', { by: 'earliest' }, 100);
  view.lookThrough('audit');
  await through('audit');
  await view.restart(2);
  expect(await through(null)).toMatchObject({ run: 2, position: { seq: 0 } });
  expect(view.isOwn).toBe(true);
});
