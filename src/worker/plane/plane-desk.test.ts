import { expect, test } from 'vitest';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { sessionPage } from '../../testing/session-page.ts';
import type { SessionPage } from '../../testing/session-page.ts';
import type { PlaneUpdate } from '../plane-protocol.ts';

const { document } = clicksToPurchases;
const WATCHED = 'clicks-per-user';
const MIDDLE = 5_000;

async function opened(): Promise<SessionPage> {
  const page = sessionPage();
  page.session.setSpeed({ kind: 'max' });
  expect((await page.session.open({ run: 1, document, files: {} })).ok).toBe(true);
  page.session.watch(WATCHED);
  return page;
}

/** What the page holds of the plane: every line's steps, every point, the fates counted. */
function held({ frames }: SessionPage): {
  readonly steps: ReadonlyMap<string, readonly number[]>;
  readonly points: readonly number[];
  readonly byFate: readonly number[];
} {
  const updates = frames.flatMap(({ plane }) => plane ?? []);
  const last = updates.at(-1);
  const shown = updates.filter(({ filling }) => filling === last?.filling);
  const lines = shown.flatMap((update) => update.lines);
  const steps = new Map<string, readonly number[]>();
  for (const { line, seq, watermarkMs } of shown.flatMap((update) => update.steps)) {
    const about = lines[line];
    const name = `${about?.role ?? ''} ${about?.nodeId ?? ''}`;
    steps.set(name, [...(steps.get(name) ?? []), ...[...seq].flatMap((at, i) => [at, watermarkMs[i] ?? Number.NaN])]);
  }
  return { steps, points: shown.flatMap(pointsOf), byFate: last?.counts.byFate ?? [] };
}

function pointsOf({ points }: PlaneUpdate): readonly number[] {
  return points === null ? [] : [...points.seq].flatMap((seq, i) => [seq, points.tsMs[i] ?? 0, points.fate[i] ?? 0]);
}

async function atEnd(page: SessionPage): Promise<void> {
  const end = page.until(({ status, plane, position }) => status.kind === 'ended' && plane?.toldSeq === position.seq);
  page.session.play();
  await end;
}

test('a plane that is opened in mid-run has what one has that was there from the start, and goes on with the run', async () => {
  const from = await opened();
  from.session.plane.show(true);
  await atEnd(from);
  const late = await opened();
  await late.session.seek({ to: { by: 'seq', seq: MIDDLE }, plays: false });
  late.session.plane.show(true);
  await late.until(({ plane }) => plane?.toldSeq === MIDDLE);
  await atEnd(late);
  const whole = held(from);
  expect(whole.byFate.reduce((sum, rows) => sum + rows, 0)).toBe(from.session.looks.ledger().nodes[WATCHED]?.in);
  expect([...whole.steps.keys()]).toContain(`clock ${WATCHED}`);
  expect(held(late)).toEqual(whole);
});

test('a seek back leaves what was told; going on tells nothing twice', async () => {
  const page = await opened();
  page.session.plane.show(true);
  await atEnd(page);
  const whole = held(page);
  await page.session.seek({ to: { by: 'seq', seq: MIDDLE }, plays: false });
  await atEnd(page);
  expect(held(page)).toEqual(whole);
});
