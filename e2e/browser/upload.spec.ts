import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, clockOf, openTab, runToEnd, savedLedger, status } from './running.ts';
import { chooseFromMenu, dragFromPalette, drawEdge, newGraph, node, port } from './workbench.ts';

const FLIGHTS = fileURLToPath(new URL('../../node_modules/vega-datasets/data/flights-2k.json', import.meta.url));

interface Flight {
  readonly date: string;
  readonly delay: number;
}

interface WindowCount {
  count: number;
  delays: number;
}

const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 60 * MINUTE_MS;
const WATERMARK_DELAY_MS = 5 * MINUTE_MS;

/** `2001/01/01 06:55` in UTC. */
function timeOf(date: string): number {
  const [year, month, day, hour, minute] = date.split(/[/ :]/).map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute);
}

/** Tumbling windows by plain loops: in order of arrival, against the watermark that stands when a flight arrives. */
function expected(flights: readonly Flight[]): { windows: Map<number, WindowCount>; dropped: number } {
  const arrivals = flights
    .map(({ date, delay }) => ({ tsMs: timeOf(date), delay, atMs: timeOf(date) + delay * MINUTE_MS }))
    .sort((a, b) => a.atMs - b.atMs);
  const windows = new Map<number, WindowCount>();
  let dropped = 0;
  let newestMs = -Infinity;
  for (const { tsMs, delay } of arrivals) {
    const startMs = Math.floor(tsMs / HALF_DAY_MS) * HALF_DAY_MS;
    const watermark = newestMs - WATERMARK_DELAY_MS - 1;
    if (startMs + HALF_DAY_MS - 1 <= watermark) dropped++;
    else {
      const window = windows.get(startMs) ?? { count: 0, delays: 0 };
      window.count++;
      window.delays += delay;
      windows.set(startMs, window);
    }
    newestMs = Math.max(newestMs, tsMs);
  }
  return { windows, dropped };
}

async function openTemplate(page: Page, name: string): Promise<void> {
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog', { name: 'Templates' }).getByRole('button', { name }).click();
}

async function upload(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(Choose|Change)$/ }).click();
  await (await chooser).setFiles(file);
}

test('flights: counts and drops of the uploaded file are those of plain loops', async ({ page }) => {
  const flights = JSON.parse(readFileSync(FLIGHTS, 'utf8')) as readonly Flight[];
  const { windows, dropped } = expected(flights);
  expect(dropped).toBeGreaterThan(0);

  await page.goto('./');
  await openTemplate(page, 'Flights');
  await page.getByRole('article', { name: 'Flights', exact: true }).click();
  await upload(page, FLIGHTS);
  await expect(page.getByText('flights-2k.json').first()).toBeVisible();
  // The template runs by itself, and may have gone some way, or to its end, before the file was chosen.
  const rebuild = page.getByRole('button', { name: 'Rebuild' });
  await expect(async () => {
    if (await rebuild.isVisible()) await rebuild.click();
    await expect(rebuild).toBeHidden({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('article', { name: 'Flights per 12 h', exact: true }).click();
  await runToEnd(page);
  await expect(page.locator('[data-summary]')).toHaveAttribute('data-summary', 'balanced');

  await expect(page.locator('[data-chart="drops"] [data-source="ledger:half-days:late"]')).toHaveText(String(dropped));
  await openTab(page, 'Results');
  const rows = await page
    .getByRole('region', { name: 'Newest results' })
    .locator('tbody tr')
    .evaluateAll((list) => list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  const ordered = [...windows].sort(([a], [b]) => b - a);
  expect(rows).toHaveLength(ordered.length);
  rows.forEach((cells, i) => {
    const [startMs, { count, delays }] = ordered[i]!;
    const [, window = '', shownCount = '', mean = ''] = cells;
    const start = new Date(startMs).toISOString();
    expect(window).toContain(start.slice(11, 19));
    expect(Number(shownCount)).toBe(count);
    expect(Number(mean.replace('−', '-'))).toBeCloseTo(delays / count, 5);
  });
});

const JUNK: readonly (readonly [string, string, Buffer, RegExp])[] = [
  ['an empty file', 'empty.csv', Buffer.alloc(0), /empty\.csv is empty.+Choose a file with records/],
  [
    'bytes that are no text',
    'photo.csv',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
    /photo\.csv is no text.+Choose a file of text/,
  ],
  [
    'a cut JSON array',
    'cut.json',
    Buffer.from('[{"ts": 1, "a": '),
    /line 1 is not JSON.+Check that the file is complete/,
  ],
  ['a cut gzip stream', 'cut.csv.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), /cut off|damaged/],
];

for (const [what, name, buffer, message] of JUNK) {
  test(`${what} is refused with the reason and the cure`, async ({ page }) => {
    await newGraph(page);
    await dragFromPalette(page, 'File', { x: 200, y: 160 });
    await upload(page, { name, mimeType: 'application/octet-stream', buffer });
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(message);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(page.locator('footer[data-status="idle"]')).toContainText('Cannot run');
  });
}

test('rows that cannot be read are counted and shown with line, column and reason; the others run', async ({
  page,
}) => {
  await newGraph(page);
  await dragFromPalette(page, 'File', { x: 200, y: 160 });
  const content = 'ts,a\n2024-01-01T00:00:00Z,1\nyesterday,2\n2024-01-01T00:00:01Z,3\n';
  await upload(page, { name: 'some.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByText('some.csv').first()).toBeVisible();
  await runToEnd(page);
  await expect(page.locator('[data-summary="balanced"]')).toContainText('2 events, none dropped, 1 rejected');
  await openTab(page, 'Drops');
  const cells = page.getByRole('region', { name: 'Rejected records' }).locator('tbody tr').first().locator('td');
  await expect(cells.nth(0)).toHaveText('3');
  await expect(cells.nth(1)).toHaveText('ts');
  await expect(cells.nth(3)).toHaveText('yesterday,2');
});

test('gzip is read, also of several parts after another; a damaged part is an error that names the file', async ({
  page,
}) => {
  const half = (from: number): string =>
    Array.from({ length: 5_000 }, (_, i) => `${new Date(1.7e12 + (from + i) * 1_000).toISOString()},u${i % 7}\n`).join(
      '',
    );
  const parts = [gzipSync(`ts,user\n${half(0)}`), gzipSync(half(5_000))];
  await newGraph(page);
  await dragFromPalette(page, 'File', { x: 200, y: 160 });
  await upload(page, { name: 'two.csv.gz', mimeType: 'application/gzip', buffer: Buffer.concat(parts) });
  await expect(page.getByText('two.csv.gz').first()).toBeVisible();
  await runToEnd(page);
  await expect(page.locator('[data-summary="balanced"]')).toContainText('10,000 events, none dropped');

  const damaged = Buffer.concat(parts);
  damaged[damaged.length - 6]! ^= 1;
  await upload(page, { name: 'two.csv.gz', mimeType: 'application/gzip', buffer: damaged });
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('gzip checksum is wrong');
});

test('a file that leaves a question does not run before the answer; what was found is told at its field', async ({
  page,
}) => {
  await newGraph(page);
  await dragFromPalette(page, 'File', { x: 200, y: 160 });
  const times = Array.from({ length: 30 }, (_, i) => `03/04/2024 10:${String(i + 10)},${i}\n`).join('');
  const content = `when,a\n${times}05/06/2099 10:00,1\n${times}`;
  await upload(page, { name: 'local.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('nothing says whether the day or the month comes first');
  await expect(inspector).toContainText('far ahead of all other times');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.locator('footer[data-status="idle"]')).toContainText('Cannot run');

  await inspector.getByRole('button', { name: 'd/M/yyyy HH:mm', exact: true }).click();
  await expect(inspector).not.toContainText('whether the day or the month');
  await inspector.getByRole('textbox', { name: 'Zone' }).fill('Europe/Berlin');
  await inspector.getByRole('textbox', { name: 'Zone' }).press('Enter');
  await expect(inspector).not.toContainText('without an offset');
  await runToEnd(page);
  await expect(page.locator('[data-summary="balanced"]')).toContainText('61 events');
  expect(await clockOf(page, 'event time')).toBe(Date.UTC(2099, 5, 5, 8, 0));
});

test('rows that an operator cannot use are shown with the reason, as many as its ledger counts', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'File', { x: 200, y: 160 });
  const content = 'ts,a\n2024-01-01T00:00:00Z,2\n2024-01-01T00:00:01Z,0\n2024-01-01T00:00:02Z,5\n';
  await upload(page, { name: 'some.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByText('some.csv').first()).toBeVisible();
  await dragFromPalette(page, 'Filter', { x: 500, y: 160 });
  await drawEdge(page, port(page, 'some', 'out').or(port(page, 'File', 'out')), port(page, 'Filter', 'in'));
  await node(page, 'Filter').click();
  await page.getByRole('textbox', { name: 'Keep if' }).fill('10 / a > 1');
  await runToEnd(page);
  await openTab(page, 'Drops');
  const table = page.getByRole('region', { name: 'Rejected rows' });
  await expect(table.locator('tbody tr')).toHaveCount(1);
  await expect(table.locator('[data-source="ledger:filter:rejected"]')).toHaveText('1');
  await expect(table.locator('tbody td').first()).toHaveText('Filter');
  await expect(table.locator('tbody tr')).toContainText(/zero/i);
  await expect(table.locator('tbody tr')).toContainText('"a":0');
});

test('undo brings back the document before, with the file that was chosen for it', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'File', { x: 200, y: 160 });
  const content = 'ts,a\n2024-01-01T00:00:00Z,1\n2024-01-01T00:00:01Z,3\n';
  await upload(page, { name: 'some.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByText('some.csv').first()).toBeVisible();
  await chooseFromMenu(page, 'New');
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('article')).toHaveCount(1);
  await runToEnd(page);
  await expect(page.locator('[data-summary="balanced"]')).toContainText('2 events');
});

test.describe('a large file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-'));
  const path = join(folder, 'large.csv');
  const LARGE_BYTES = 200 * 1024 * 1024;
  /** Known beforehand: one record in a thousand has no number where one is due. */
  let records = 0;
  let bad = 0;

  test.beforeAll(async () => {
    const stream = createWriteStream(path);
    stream.write('ts,user,amount\n');
    let block = '';
    let rows = 0;
    for (; block.length < 1 << 20; rows++) {
      const amount = rows % 1_000 === 999 ? 'many' : String(rows % 1_000);
      block += `17040672${String((rows % 90) + 10)}000,user-${rows % 97},${amount}\n`;
    }
    for (let written = 0; written < LARGE_BYTES; written += block.length) {
      if (!stream.write(block)) await once(stream, 'drain');
      records += rows;
      bad += Math.floor(rows / 1_000);
    }
    stream.end();
    await once(stream, 'finish');
  });

  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('200 MB are read a piece at a time: the page answers, the run can be stopped, every record is counted', async ({
    page,
  }) => {
    test.setTimeout(600_000);
    await newGraph(page);
    await dragFromPalette(page, 'File', { x: 200, y: 160 });
    await upload(page, path);
    await expect(page.getByText('large.csv').first()).toBeVisible();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    await chooseSpeed(page, 'Max');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'running');
    await expect
      .poll(async () => Number(/· (\d+)\u00a0%/.exec(await status(page).innerText())?.[1]))
      .toBeGreaterThanOrEqual(2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');

    await page.getByRole('button', { name: 'Play' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'ended', { timeout: 120_000 });
    const [counts] = Object.values((await savedLedger(page)).nodes);
    expect(counts).toMatchObject({ in: records, used: records - bad, rejected: bad });
  });
});
