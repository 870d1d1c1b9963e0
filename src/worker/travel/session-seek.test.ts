import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../engine/limits.ts';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { sessionPage } from '../../testing/session-page.ts';
import type { SessionPage } from '../../testing/session-page.ts';
import type { LedgerReport } from '../protocol.ts';

const { document } = clicksToPurchases;

async function opened(limits?: typeof DEFAULT_LIMITS, graph: PipelineDocument = document): Promise<SessionPage> {
  const page = sessionPage(limits);
  page.session.setSpeed({ kind: 'max' });
  expect((await page.session.open({ run: 1, document: graph, files: {} })).ok).toBe(true);
  return page;
}

async function ended(page: SessionPage): Promise<void> {
  const end = page.until(({ status }) => status.kind === 'ended');
  page.session.play();
  await end;
}

/** What a session that never went anywhere else says after so many entries. */
async function straight(seq: number): Promise<LedgerReport> {
  const { session } = await opened();
  await session.seek({ to: { by: 'seq', seq }, plays: false });
  return session.looks.ledger();
}

test('a run that has ended goes back, and on to the same end', async () => {
  const page = await opened();
  await ended(page);
  const whole = page.session.looks.ledger();
  for (const seq of [5_000, 1, 12_345, 0, 9_999]) {
    expect(await page.session.seek({ to: { by: 'seq', seq }, plays: false })).toEqual({ kind: 'there', seq });
    const frame = await page.until(({ position }) => position.seq === seq);
    expect(frame.status).toEqual({ kind: 'paused' });
    expect(page.session.looks.ledger()).toEqual(await straight(seq));
  }
  await ended(page);
  expect(page.session.looks.ledger()).toEqual(whole);
});

test('a seek reads on where nothing was read, and beyond the end it is the end', async () => {
  const { session, until } = await opened();
  expect(await session.seek({ to: { by: 'seq', seq: 10_000 }, plays: false })).toEqual({ kind: 'there', seq: 10_000 });
  const end = until(({ status }) => status.kind === 'ended');
  expect(await session.seek({ to: { by: 'seq', seq: 1e9 }, plays: false })).toEqual({ kind: 'there', seq: 13_202 });
  await end;
});

test('of seeks that follow each other the newest counts, also while the run goes on', async () => {
  const page = await opened();
  page.session.setSpeed({ kind: 'events', perSec: 1_000 });
  page.session.play();
  await page.until(({ status, position }) => status.kind === 'running' && position.seq > 20);
  const targets = [9_000, 20, 7_000, 3_000, 4_321];
  const reports = await Promise.all(
    targets.map((seq) => page.session.seek({ to: { by: 'seq', seq }, plays: seq === 4_321 })),
  );
  expect(reports.at(-1)).toEqual({ kind: 'there', seq: 4_321 });
  expect(reports.slice(0, -1).every(({ kind }) => kind === 'given-up')).toBe(true);
  await page.until(({ jumps, status, position }) => jumps === 1 && status.kind === 'running' && position.seq > 4_330);
  await page.session.pause();
  const seq = page.session.looks.ledger().run.entries;
  expect(page.session.looks.ledger()).toEqual(await straight(seq));
});

test('a step and a pause during a seek come after it', async () => {
  const { session } = await opened();
  const seek = session.seek({ to: { by: 'seq', seq: 8_000 }, plays: true });
  await session.step();
  expect(await seek).toEqual({ kind: 'there', seq: 8_000 });
  expect(session.looks.ledger().run.entries).toBe(8_001);
  const again = session.seek({ to: { by: 'seq', seq: 100 }, plays: true });
  await session.pause();
  await again;
  expect(session.looks.ledger().run.entries).toBe(100);
});

test('a processing time is where all that came up to it was taken, an event time right behind its first row', async () => {
  const page = await opened();
  await ended(page);
  await page.session.seek({ to: { by: 'seq', seq: 6_000 }, plays: false });
  const { clocks } = await page.until(({ position }) => position.seq === 6_000);
  const atMs = clocks.processingTimeMs!;
  const there = await page.session.seek({ to: { by: 'processing-time', atMs }, plays: false });
  const seq = there.kind === 'there' ? there.seq : -1;
  expect(seq).toBeGreaterThanOrEqual(6_000);
  const at = await page.until(({ position }) => position.seq === seq);
  expect(at.clocks.processingTimeMs).toBe(atMs);
  await page.session.step();
  expect((await page.until(({ position }) => position.seq === seq + 1)).clocks.processingTimeMs).toBeGreaterThan(atMs);

  const tsMs = clocks.maxEventTimeMs! + 60_000;
  const later = await page.session.seek({ to: { by: 'event-time', tsMs }, plays: false });
  const laterSeq = later.kind === 'there' ? later.seq : -1;
  const after = await page.until(({ position }) => position.seq === laterSeq);
  expect(after.clocks.maxEventTimeMs).toBeGreaterThanOrEqual(tsMs);
  await page.session.seek({ to: { by: 'seq', seq: laterSeq - 1 }, plays: false });
  const before = await page.until(({ position }) => position.seq === laterSeq - 1);
  expect(before.clocks.maxEventTimeMs).toBeLessThan(tsMs);
});

test('a run that a limit has stopped goes back to where it was fine, and meets it again', async () => {
  const page = await opened({ ...DEFAULT_LIMITS, stateBytes: 60_000 });
  const failed = page.until(({ status }) => status.kind === 'failed');
  page.session.play();
  const { position, status } = await failed;
  const back = Math.floor(position.seq / 2);
  await page.session.seek({ to: { by: 'seq', seq: back }, plays: false });
  expect((await page.until((frame) => frame.position.seq === back)).status).toEqual({ kind: 'paused' });
  expect(page.session.looks.ledger()).toEqual(await straight(back));
  const again = page.until((frame) => frame.status.kind === 'failed');
  page.session.play();
  expect(await again).toMatchObject({ status, position: { seq: position.seq } });
});

test('a frame after a seek has all charts and tables anew', async () => {
  const page = await opened();
  page.session.watch('clicks-per-user');
  await ended(page);
  await page.session.seek({ to: { by: 'seq', seq: 7_000 }, plays: false });
  const frame = await page.until(({ jumps }) => jumps === 1);
  expect(new Set(frame.charts.map(({ chart }) => chart))).toEqual(
    new Set(page.frames.flatMap(({ charts }) => charts.map(({ chart }) => chart))),
  );
  expect(frame.results?.seq.every((seq) => seq < 7_000)).toBe(true);
});
