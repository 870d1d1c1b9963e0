import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../pipeline/document.ts';
import { oneWindow } from '../../pipeline/templates/one-window.ts';
import { paths, table, templateDocument } from '../../pipeline/templates/template.ts';
import { sessionPage } from '../../testing/session-page.ts';
import type { SessionPage } from '../../testing/session-page.ts';
import type { SeekTarget } from '../travel-protocol.ts';

/** Seeks that no hand on a long run makes: in runs of no event or one, out of bounds, too early, and too late. */

/** A window over a file. */
const overFile = templateDocument({
  name: 'Over a file',
  nodes: {
    events: {
      kind: 'source.file',
      label: 'Events',
      at: [0, 0],
      config: {
        fileName: 'events.csv',
        format: 'csv',
        columns: [
          { name: 'user', type: 'STRING' },
          { name: 'ts', type: 'TIMESTAMP' },
        ],
        time: { column: 'ts', unit: 'iso', zone: 'UTC' },
      },
    },
    window: {
      kind: 'window',
      label: 'Window',
      at: [240, 0],
      config: { keys: ['user'], sizeMs: 10_000, aggregates: [{ name: 'n', function: 'count' }] },
    },
    results: table([480, 0], 'Results'),
  },
  edges: paths(['events', 'window', 'results']),
});

async function over(rows: readonly string[]): Promise<SessionPage> {
  const page = sessionPage();
  const file = new File([['user,ts', ...rows, ''].join('\n')], 'events.csv');
  page.session.setSpeed({ kind: 'max' });
  const report = await page.session.open({ run: 1, document: overFile, files: { events: file } });
  expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return page;
}

const targets: readonly SeekTarget[] = [
  { by: 'seq', seq: 0 },
  { by: 'seq', seq: -5 },
  { by: 'seq', seq: 0.5 },
  { by: 'seq', seq: 1e12 },
  { by: 'processing-time', atMs: -8.64e15 },
  { by: 'processing-time', atMs: 8.64e15 },
  { by: 'event-time', tsMs: -8.64e15 },
  { by: 'event-time', tsMs: 8.64e15 },
];

test.each([
  ['no event', []],
  ['one event', ['a,2026-01-15T12:00:00Z']],
  ['equal times', ['a,2026-01-15T12:00:00Z', 'b,2026-01-15T12:00:00Z', 'a,2026-01-15T12:00:00Z']],
  ['200 years', ['a,1900-01-01T00:00:00Z', 'b,2099-12-31T00:00:00Z', 'a,2000-01-01T00:00:00Z']],
  ['a clock poisoned to 2106', ['a,2026-01-15T12:00:00Z', 'a,2106-02-07T06:28:15Z', 'a,2026-01-15T12:00:01Z']],
])('over %s every target is a place of the run, and the same one again', async (_, rows) => {
  const page = await over(rows);
  const { session } = page;
  const ended = page.until(({ status }) => status.kind === 'ended');
  session.play();
  await ended;
  const whole = session.looks.ledger();
  const entries = whole.run.entries;
  expect(whole.nodes['events']?.in).toBe(rows.length);
  for (const to of targets) {
    const report = await session.seek({ to, plays: false });
    if (report.kind !== 'there') throw new Error('It was given up.');
    expect(report.seq).toBeGreaterThanOrEqual(0);
    expect(report.seq).toBeLessThanOrEqual(entries);
    expect(session.looks.ledger().run.entries).toBe(report.seq);
    if (to.by === 'seq') expect(report.seq).toBe(Math.min(entries, Math.max(0, Math.floor(to.seq))));
    const overview = session.looks.overview();
    const counted = overview?.rows.reduce((all, count) => all + count, 0) ?? 0;
    expect([counted, overview?.seq ?? 0]).toEqual([rows.length, entries]);
  }
  for (const direction of ['previous', 'next'] as const) {
    expect((await session.stepTo({ kind: 'firing', direction, nodeId: null })).kind).toBe('there');
  }
  await session.seek({ to: { by: 'seq', seq: Infinity }, plays: false });
  expect(session.looks.ledger()).toEqual(whole);
});

test('a seek before anything is open, while it is being opened and once it is closed is given up', async () => {
  const { session } = sessionPage();
  const to: SeekTarget = { by: 'seq', seq: 10 };
  expect(await session.seek({ to, plays: true })).toEqual({ kind: 'given-up' });
  const opening = session.open({ run: 1, document: oneWindow.document, files: {} });
  expect(await session.seek({ to, plays: false })).toEqual({ kind: 'given-up' });
  expect((await opening).ok).toBe(true);
  expect(await session.seek({ to, plays: false })).toEqual({ kind: 'there', seq: 10 });
  await session.close();
  expect(await session.seek({ to, plays: false })).toEqual({ kind: 'given-up' });
});

test('another run that is opened in mid-seek is not moved by it', async () => {
  const { session } = sessionPage();
  const long: PipelineDocument = oneWindow.document;
  await session.open({ run: 1, document: long, files: {} });
  const seek = session.seek({ to: { by: 'seq', seq: 1e9 }, plays: true });
  const opened = session.open({ run: 2, document: long, files: {} });
  expect((await opened).ok).toBe(true);
  await seek;
  expect(session.looks.ledger().run.entries).toBe(0);
});
