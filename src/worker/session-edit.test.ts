import { expect, test } from 'vitest';
import type { PipelineDocument } from '../pipeline/document.ts';
import { setConfig } from '../pipeline/edits.ts';
import { lateEvents } from '../pipeline/templates/late-events.ts';
import { defined } from '../stream/assert.ts';
import type { SessionPage } from '../testing/session-page.ts';
import { sessionPage } from '../testing/session-page.ts';
import type { LedgerReport } from './protocol.ts';

const { document } = lateEvents;
const AT = 3_000;

function counts(change: Readonly<Record<string, unknown>>): PipelineDocument {
  const { config, engine } = defined(
    document.nodes.find(({ id }) => id === 'counts'),
    'counts',
  );
  return setConfig(document, { id: 'counts', config: { ...config, ...change }, engine });
}

async function opened(graph = document): Promise<SessionPage> {
  const page = sessionPage();
  page.session.setSpeed({ kind: 'max' });
  await page.session.open({ run: 1, document: graph, files: {} });
  return page;
}

async function at(page: SessionPage, seq: number): Promise<LedgerReport['nodes']> {
  await page.session.seek({ to: { by: 'seq', seq }, plays: false });
  return page.session.looks.ledger().nodes;
}

test('a window of another size is rebuilt, and the run goes on as that of the new graph', async () => {
  const page = await opened();
  const fresh = await opened(counts({ sizeMs: 60_000 }));
  await at(page, AT);
  const report = await page.session.edit({ document: counts({ sizeMs: 60_000 }), plays: false });
  expect(report).toMatchObject({ kind: 'made', seq: AT });
  expect(page.session.looks.ledger().nodes).toEqual(await at(fresh, AT));
  expect(page.session.looks.ledger().run.entries).toBe(AT + 1);
  expect(await at(page, 5_001)).toEqual(await at(fresh, 5_000));
  // Before the edit the plan of that time is in force.
  expect(await at(page, AT)).toEqual(await at(await opened(), AT));
  expect(await at(page, 4_001)).toEqual(await at(fresh, 4_000));
});

test('an edit while the run goes on lets it go on', async () => {
  const page = await opened();
  page.session.setSpeed({ kind: 'events', perSec: 500 });
  page.session.play();
  await page.until(({ position }) => position.seq > 50);
  const report = await page.session.edit({ document: counts({ latenessMs: 20_000 }), plays: true });
  const seq = report.kind === 'made' ? report.seq : -1;
  await page.until(({ status, position }) => status.kind === 'running' && position.seq > seq + 20);
  await page.session.pause();
});

test('an edit of an edit, and its undo, are edits', async () => {
  const page = await opened();
  await at(page, 1_000);
  await page.session.edit({ document: counts({ sizeMs: 60_000 }), plays: false });
  await at(page, 2_000);
  await page.session.edit({ document, plays: false });
  expect(await at(page, 3_002)).toEqual(await at(await opened(), 3_000));
  // Made where an earlier one has yet to come: that one is taken back.
  await at(page, 500);
  await page.session.edit({ document: counts({ sizeMs: 30_000 }), plays: false });
  expect(await at(page, 3_001)).toEqual(await at(await opened(counts({ sizeMs: 30_000 })), 3_000));
});

test('what cannot be made leaves the run as it is', async () => {
  const page = await opened();
  await at(page, AT);
  const before = page.session.looks.ledger();
  expect(await page.session.edit({ document: counts({ sizeMs: -1 }), plays: false })).toMatchObject({
    kind: 'invalid',
  });
  const seed = { ...document, run: { ...document.run, seed: 99 } };
  expect(await page.session.edit({ document: seed, plays: false })).toEqual({ kind: 'reopen', why: 'seed' });
  expect(page.session.looks.ledger()).toEqual(before);
});

test('a cancelled edit is as if nobody had made it', async () => {
  const page = await opened();
  await at(page, 6_000);
  const before = page.session.looks.ledger();
  const edit = page.session.edit({ document: counts({ sizeMs: 60_000 }), plays: false });
  await page.session.cancel();
  const report = await edit;
  if (report.kind === 'made') return;
  expect(report).toEqual({ kind: 'cancelled' });
  expect(page.session.looks.ledger()).toEqual(before);
  expect(await at(page, 6_005)).toEqual(await at(await opened(), 6_005));
});

test('saved results are those of the run with its edits', async () => {
  const page = await opened();
  await at(page, AT);
  await page.session.edit({ document: counts({ sizeMs: 60_000 }), plays: false });
  const fresh = await opened(counts({ sizeMs: 60_000 }));
  await at(page, 5_001);
  await at(fresh, 5_000);
  const save = async ({ session }: SessionPage): Promise<number> => {
    const report = await session.saver.save({ nodeId: 'results', format: 'csv', guardsFormulas: false });
    return report.kind === 'saved' ? report.results : -1;
  };
  expect(await save(page)).toBe(await save(fresh));
});
