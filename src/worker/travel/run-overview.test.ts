import { expect, test } from 'vitest';
import { clicksToPurchases } from '../../pipeline/templates/clicks-to-purchases.ts';
import { ENTRY_WATERMARK } from '../../stream/log-slice.ts';
import { sessionPage } from '../../testing/session-page.ts';
import type { Overview } from '../travel-protocol.ts';

/** Rows and drops by processing time, as a run that goes entry by entry tells them in its frames. */
async function counted(count: number): Promise<readonly { atMs: number; seq: number; rows: number; drops: number }[]> {
  const { session, until } = sessionPage();
  await session.open({ run: 1, document: clicksToPurchases.document, files: {} });
  const entries = [];
  let before = { rows: 0, drops: 0 };
  for (let seq = 0; seq < count; seq++) {
    await session.step();
    const frame = await until(({ position }) => position.seq === seq + 1);
    const { nodes } = session.looks.ledger();
    const of = (id: string): number => nodes[id]?.in ?? 0;
    const now = {
      rows: of('clicks') + of('purchases'),
      drops: Object.values(nodes).reduce((sum, { late }) => sum + late, 0),
    };
    const atMs = frame.clocks.processingTimeMs ?? Number.NaN;
    entries.push({ atMs, seq, rows: now.rows - before.rows, drops: now.drops - before.drops });
    before = now;
  }
  return entries;
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}

/** What each interval should say. */
function byInterval(
  { atMs, intervalMs }: Overview,
  entries: readonly { atMs: number; seq: number; rows: number; drops: number }[],
): readonly (readonly [firstSeq: number | undefined, rows: number, drops: number])[] {
  return [...atMs].map((startMs) => {
    const own = entries.filter((entry) => entry.atMs >= startMs && entry.atMs < startMs + intervalMs);
    const total = (field: 'rows' | 'drops'): number => own.reduce((all, entry) => all + entry[field], 0);
    return [own.find(({ rows }) => rows > 0)?.seq, total('rows'), total('drops')] as const;
  });
}

function told({ firstSeq, rows, drops }: Overview): readonly (readonly [number | undefined, number, number])[] {
  return [...firstSeq].map((seq, i) => [seq, rows[i] ?? 0, drops[i] ?? 0] as const);
}

test('the overview has the rows and drops of each interval, and where it begins, also after going back', async () => {
  const entries = await counted(800);
  const { session } = sessionPage();
  await session.open({ run: 1, document: clicksToPurchases.document, files: {} });
  expect(session.looks.overview()).toBeNull();
  for (const seq of [700, 90, 800, 3]) await session.seek({ to: { by: 'seq', seq }, plays: false });
  const overview = session.looks.overview();
  if (overview === null) throw new Error('No overview.');
  expect(overview).toMatchObject({ seq: 800, isWhole: false, fromMs: entries[0]?.atMs, toMs: entries.at(-1)?.atMs });
  expect(told(overview)).toEqual(byInterval(overview, entries));
  const shifted = entries.map((entry) => ({ ...entry, atMs: entry.atMs + overview.intervalMs }));
  expect(told(overview)).not.toEqual(byInterval(overview, shifted));
  expect(sum(overview.drops)).toBeGreaterThan(0);
});

test('it is whole once the end was read, and no more when the log goes on in another way', async () => {
  const { session } = sessionPage();
  await session.open({ run: 1, document: clicksToPurchases.document, files: {} });
  await session.seek({ to: { by: 'seq', seq: Infinity }, plays: false });
  await session.seek({ to: { by: 'seq', seq: 500 }, plays: false });
  expect(session.looks.overview()).toMatchObject({ seq: 13_202, isWhole: true });
  await session.putIn([{ kind: ENTRY_WATERMARK, source: 0, partition: 0, payload: 0 }]);
  expect(session.looks.overview()).toMatchObject({ seq: 501, isWhole: false });
});

test.each([0, 1, 5_003, 9_999])('a log that goes on in another way from entry %i on is counted once', async (seq) => {
  const { session } = sessionPage();
  await session.open({ run: 1, document: clicksToPurchases.document, files: {} });
  await session.seek({ to: { by: 'seq', seq: Infinity }, plays: false });
  const before = session.looks.overview();
  await session.seek({ to: { by: 'seq', seq }, plays: false });
  await session.putIn([{ kind: ENTRY_WATERMARK, source: 0, partition: 0, payload: 0 }]);
  const cut = session.looks.overview();
  const { nodes } = session.looks.ledger();
  expect(cut === null ? 0 : sum(cut.rows)).toBe((nodes['clicks']?.in ?? 0) + (nodes['purchases']?.in ?? 0));
  expect(cut === null ? 0 : sum(cut.drops)).toBe(Object.values(nodes).reduce((all, { late }) => all + late, 0));
  await session.seek({ to: { by: 'seq', seq: Infinity }, plays: false });
  const after = session.looks.overview();
  expect(after?.seq).toBe((before?.seq ?? 0) + 1);
  expect([after?.atMs, after?.rows]).toEqual([before?.atMs, before?.rows]);
});
