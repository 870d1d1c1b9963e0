import { expect, test } from 'vitest';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { CONSUMERS_MAX } from '../consumer-protocol.ts';
import { Session } from '../session.ts';
import { ConsumerDesk } from './consumer-desk.ts';

const MEGABYTE = 1024 * 1024;
const ROOM_OF_ALL = 128 * MEGABYTE;

/** A clock by which each look at it takes long: every round is worth a point. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 1_000);
}

test('all consumers together keep no more to go back by than one run may', async () => {
  const clock = slowClock();
  const session = new Session(clock);
  const nodes = clicksToPurchases.document.nodes.map((node) =>
    node.type === 'source.generator' ? { ...node, config: { ...node.config, events: 12_000 } } : node,
  );
  const document = { ...clicksToPurchases.document, nodes };
  expect((await session.open({ run: 1, document, files: {} })).ok).toBe(true);
  await session.seek({ to: { by: 'seq', seq: Infinity }, plays: false });
  const { run } = session.opened!;
  const desk = new ConsumerDesk({ clock, opened: () => session.opened });
  await desk.addConsumer({ id: 'one', start: { by: 'earliest' }, place: null, plays: false, speed: { kind: 'max' } });
  await desk.steerConsumer('one', { kind: 'seek', to: { by: 'seq', seq: run.seq } });
  const own = desk.runOf('one')!;
  expect(own.seq).toBe(run.seq);
  // With the room of a run it would keep more: it has less.
  expect(run.points.size.bytes).toBeGreaterThan(ROOM_OF_ALL / CONSUMERS_MAX);
  expect(own.points.size.points).toBeGreaterThan(1);
  expect(own.points.size.bytes * CONSUMERS_MAX).toBeLessThanOrEqual(ROOM_OF_ALL);
  await desk.removeConsumer('one');
  await session.close();
});
