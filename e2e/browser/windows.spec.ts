import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, openTab, runToEnd, savedLedger, status } from './running.ts';
import type { Row } from './window-graphs.ts';
import { chooseDialect, openRows, shownResults } from './window-graphs.ts';
import { chooseFromMenu, dragFromPalette, drawEdge, newGraph, node, port } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a trigger is built with the keyboard alone, and fires as its tree says', async ({ page }) => {
  const rows = Array.from({ length: 10 }, (_, i): Row => ({ t: 1_000 + i * 100, k: 'a' }));
  await openRows(page, { dialect: 'beam', window: { sizeMs: 10_000 } }, rows);
  await page.locator('summary', { hasText: 'Engine' }).focus();
  await page.keyboard.press('Enter');
  const tree = page.getByRole('region', { name: 'Trigger' });
  await tree.getByRole('combobox', { name: 'Trigger', exact: true }).focus();
  await page.keyboard.type('rep');
  await page.keyboard.press('Tab');
  await expect(tree.getByRole('combobox', { name: 'Trigger of' })).toBeFocused();
  await page.keyboard.type('count');
  await page.keyboard.press('Tab');
  await expect(tree.getByRole('textbox', { name: 'rows' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await runToEnd(page);
  // Every third row, and at the end of the window the one that is left.
  const shown = await shownResults(page);
  expect(shown.map(({ cells }) => cells[1])).toEqual(['3', '6', '9', '10']);
  expect(shown.slice(0, 3).every(({ change }) => change.includes('early'))).toBe(true);
});

test('early, on-time and late panes are told apart, and the chart adds up to the last of them', async ({ page }) => {
  await page.goto('./');
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog', { name: 'Templates' }).getByRole('button', { name: 'Early, on time, late' }).click();
  await node(page, 'Clicks per 15 s').click();
  const chart = page.locator('[data-chart="windows"]');
  // Beside the plane, which tells panes apart itself, charts have no room for their keys.
  await page.keyboard.press('y');
  await expect(chart.getByText('early', { exact: true })).toBeVisible();
  await runToEnd(page);
  await expect(chart.getByText('added late')).toBeVisible();
  const shown = await shownResults(page);
  const kindOf = ({ change }: (typeof shown)[number]): string => /early|late firing/.exec(change)?.[0] ?? 'on time';
  expect(new Set(shown.map(kindOf))).toEqual(new Set(['early', 'on time', 'late firing']));
  const last = new Map(shown.map(({ window, cells }) => [window, Number(cells[0])]));

  await openTab(page, 'Charts');
  await chart.getByRole('button', { name: 'Show as table' }).click();
  const bars = await chart
    .locator('tbody tr')
    .evaluateAll((list) => list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  const sums = bars.map(([window = '', ...values]) => {
    const numbers = values.map((value) => (value === '–' ? 0 : Number(value)));
    return [window, numbers.reduce((sum, value) => sum + value, 0)] as const;
  });
  const compared = sums.filter(([window]) => last.has(window)).slice(-10);
  expect(compared.length).toBeGreaterThan(3);
  expect(compared).toEqual(compared.map(([window]) => [window, last.get(window)]));
});

test('a window that the dialect lacks is refused with its node and the cure; the cure makes it run', async ({
  page,
}) => {
  const rows: readonly Row[] = [
    { t: 1_000, k: 'a' },
    { t: 2_000, k: 'a' },
    { t: 12_000, k: 'a' },
  ];
  await openRows(page, { dialect: 'flink-sql', window: { kind: 'cumulate', sizeMs: 10_000, stepMs: 5_000 } }, rows);
  await runToEnd(page);
  await chooseDialect(page, 'Kafka Streams');
  await openTab(page, 'Problems');
  const problem = page.locator('li', { hasText: 'Kafka Streams has no cumulate windows.' });
  await expect(problem).toContainText('Choose tumbling, hopping, session, sliding, or another dialect.');
  await problem.getByRole('button', { name: /^Error Window: Kafka Streams has no/ }).click();
  await expect(page.getByRole('textbox', { name: 'Name of the node' })).toHaveValue('Window');
  await page.getByRole('combobox', { name: 'Window', exact: true }).selectOption('tumbling');
  await expect(problem).toHaveCount(0);
  await page.getByRole('button', { name: 'Rebuild' }).click();
  await runToEnd(page);
  expect((await shownResults(page)).map(({ cells }) => cells[1])).toEqual(['2']);
});

test('figures that cannot be are refused at their fields', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 140, y: 160 });
  await dragFromPalette(page, 'Hopping', { x: 420, y: 160 });
  await page.getByRole('combobox', { name: 'Function of count' }).selectOption('percentile');
  await expect(page.getByRole('region', { name: 'Aggregates' }).getByRole('status')).toBeVisible();
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Hopping', 'in'));
  await node(page, 'Hopping').click();
  const size = page.getByRole('textbox', { name: 'Size' });
  await size.fill('0');
  await expect(size).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('textbox', { name: 'Advance' }).fill('1000000s');
  await size.fill('1000000s');
  await size.press('Enter');
  await expect(node(page, 'Hopping')).toContainText('hopping 11 d 13 h 46 min 40 s');
  const advance = page.getByRole('textbox', { name: 'Advance' });
  await advance.fill('1ms');
  await expect(page.getByText('Every event would belong to 1000000000 windows; the limit is 10000.')).toBeVisible();
  await expect(advance).toHaveAttribute('aria-invalid', 'true');

  await page.getByRole('combobox', { name: 'Function of count' }).selectOption('percentile');
  const percentile = page.getByRole('textbox', { name: 'Fraction' });
  for (const bad of ['1.5', '-0.1']) {
    await percentile.fill(bad);
    await expect(percentile).toHaveAttribute('aria-invalid', 'true');
  }
  await percentile.fill('0.95');
  await expect(percentile).toHaveAttribute('aria-invalid', 'false');
});

test('two events exactly one gap apart: each engine in its way, and undo brings the first back', async ({ page }) => {
  // The last row moves stream time, so that Kafka closes what is before it.
  const rows: readonly Row[] = [
    { t: 0, k: 'a' },
    { t: 10_000, k: 'a' },
    { t: 35_000, k: 'b' },
  ];
  const told = async (): Promise<readonly string[]> => {
    await runToEnd(page);
    const shown = await shownResults(page);
    return shown.filter(({ cells }) => cells[0] === 'a').map(({ window, cells }) => `${window} ${cells[1] ?? ''}`);
  };
  await openRows(page, { window: { kind: 'session', gapMs: 10_000 } }, rows);
  const inFlink = ['[00:00:00, 00:00:20) 2'];
  expect(await told()).toEqual(inFlink);
  await chooseDialect(page, 'Kafka Streams');
  await page.getByRole('button', { name: 'Rebuild' }).click();
  expect(await told()).toEqual(['[00:00:00, 00:00:10] 2']);
  await chooseDialect(page, 'Apache Beam');
  await page.getByRole('button', { name: 'Rebuild' }).click();
  expect(await told()).toEqual(['[00:00:00, 00:00:10) 1', '[00:00:10, 00:00:20) 1']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('Rules of', { exact: true })).toHaveValue('flink-datastream');
  await page.getByRole('button', { name: 'Rebuild' }).click();
  expect(await told()).toEqual(inFlink);
});

test('on the processing clock nothing is late, and what waits for the clock is told with the cure', async ({
  page,
}) => {
  await newGraph(page);
  await page.getByRole('radio', { name: 'Processing' }).click();
  await dragFromPalette(page, 'Generator', { x: 140, y: 160 });
  await dragFromPalette(page, 'Tumbling', { x: 420, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Tumbling', 'in'));
  await node(page, 'Generator').click();
  await page.getByRole('textbox', { name: 'Count' }).fill('3000');
  await node(page, 'Tumbling').click();
  await runToEnd(page);
  const waiting = await savedLedger(page);
  expect(waiting.nodes['window']).toMatchObject({ in: 3_000, late: 0 });
  expect(Number(waiting.nodes['window']!['held'])).toBeGreaterThan(0);
  await expect(page.getByRole('region', { name: 'Still held' })).toContainText('Choose Drain');
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 300 } });
  await page.getByRole('radio', { name: 'Drain' }).click();
  await page.getByRole('button', { name: 'Rebuild' }).click();
  await runToEnd(page);
  expect((await savedLedger(page)).nodes['window']).toMatchObject({ in: 3_000, used: 3_000, held: 0, late: 0 });
});

async function reasonsShown(page: Page): Promise<readonly string[]> {
  await openTab(page, 'Drops');
  const table = page.getByRole('region', { name: 'Newest drops' });
  const cells = table.locator('tbody tr td:first-child');
  return (await cells.allInnerTexts()).map((text) => text.trim().replace(/ #\d+$/, ''));
}

test('rows are dropped for different reasons, each with its words and its cure', async ({ page }) => {
  const rows: readonly Row[] = [
    { t: 1_000, k: 'a' },
    { t: 2_000, k: null },
    { t: 40_000, k: 'a' },
    { t: 3_000, k: 'a' },
    { t: 9_000_000, k: 'a' },
    { t: 41_000, k: 'a' },
  ];
  await openRows(
    page,
    { dialect: 'kafka-streams', window: { sizeMs: 10_000 }, watermark: { delayMs: 0, maxAheadMs: 60_000 } },
    rows,
  );
  await runToEnd(page);
  expect(await reasonsShown(page)).toEqual(['late', 'key is NULL']);
  await expect(page.getByText(/1 late: Raise the allowed lateness/)).toBeVisible();
  await expect(page.getByText(/1 key is NULL: Group by another column/)).toBeVisible();
  await node(page, 'Events').click();
  await expect.poll(() => reasonsShown(page)).toEqual(['too far in the future']);
  await expect(page.getByText(/Raise the early tolerance of the source/)).toBeVisible();
});

test('in Kafka stream time has its name, and grace is shown as the sum that it is', async ({ page }) => {
  const rows: readonly Row[] = [
    { t: 1_000, k: 'a' },
    { t: 15_000, k: 'a' },
    { t: 17_000, k: 'a' },
    { t: 27_000, k: 'a' },
  ];
  const window = { sizeMs: 10_000, latenessMs: 2_000 };
  await openRows(page, { dialect: 'kafka-streams', window, watermark: { delayMs: 5_000 } }, rows);
  await expect(page.getByText('grace = delay 5 s + lateness 2 s = 7 s')).toBeVisible();
  await runToEnd(page);
  await expect(page.locator('[data-clock="watermark"]')).toHaveAttribute('data-time', '27000');
  await expect(page.getByRole('banner').getByText('stream time')).toBeVisible();
  await expect(page.getByRole('banner').getByText('watermark')).toHaveCount(0);
  // [0, 10) and [10, 20) are over at 17 s and 27 s of stream time, [20, 30) waits for 37 s.
  expect((await shownResults(page)).map(({ window: text }) => text)).toEqual([
    '[00:00:00, 00:00:10)',
    '[00:00:10, 00:00:20)',
  ]);
  await expect(page.getByRole('region', { name: 'Next firing' })).toContainText('Fires at stream time 00:00:37');
});

test('a silence longer than the store keeps windows loses them, and both form and ledger say so', async ({ page }) => {
  const rows: readonly Row[] = [
    { t: 1_000, k: 'a' },
    { t: 2_000, k: 'a' },
    { t: 60_000, k: 'a' },
  ];
  await openRows(page, { dialect: 'kafka-streams', window: { sizeMs: 10_000 } }, rows);
  await page.locator('summary', { hasText: 'Engine' }).click();
  await expect(page.getByText('10 s: a longer silence loses the windows before it')).toBeVisible();
  await runToEnd(page);
  expect((await savedLedger(page)).nodes['win']).toMatchObject({ in: 3, used: 0, late: 2, held: 1 });
  await page.getByRole('textbox', { name: 'Retention' }).fill('2m');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Rebuild' }).click();
  await runToEnd(page);
  expect((await savedLedger(page)).nodes['win']).toMatchObject({ in: 3, used: 2, late: 0, held: 1 });
});

test('updates of Flink’s group window take the former result back', async ({ page }) => {
  const rows: readonly Row[] = [
    { t: 1_000, k: 'a' },
    { t: 12_000, k: 'a' },
    { t: 2_000, k: 'a' },
  ];
  const window = { sizeMs: 10_000, latenessMs: 5_000 };
  await openRows(page, { dialect: 'flink-sql', window, engine: { api: 'group-window' } }, rows);
  await runToEnd(page);
  const shown = await shownResults(page);
  expect(shown.map(({ change, cells }) => `${change.replace('late firing', ' late')} ${cells[1] ?? ''}`)).toEqual([
    '+I 1',
    '−U late 1',
    '+U late 2',
    '+I 1',
  ]);
});

test('every way to state a watermark can be entered, each with its help', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 140, y: 160 });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const watermark = inspector.getByRole('region', { name: 'Watermark' });
  for (const strategy of ['periodic', 'punctuated', 'none', 'per-event']) {
    await watermark.getByLabel('Watermark', { exact: true }).selectOption(strategy);
    await expect(watermark.getByRole('textbox', { name: 'Interval' })).toHaveCount(strategy === 'periodic' ? 1 : 0);
    await expect(watermark.getByRole('textbox', { name: 'Punctuation' })).toHaveCount(
      strategy === 'punctuated' ? 1 : 0,
    );
  }
  await watermark.getByRole('textbox', { name: 'Idle after' }).fill('5s');
  await watermark.getByRole('textbox', { name: 'Early tolerance' }).fill('30s');
  await inspector.getByRole('textbox', { name: 'Partitions', exact: true }).fill('4');
  const help = watermark.getByRole('button', { name: /What .*means|About/ });
  expect(await help.count()).toBe(4);
  // The picture of the delays follows what was typed: the form moves under the pointer until it is there.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await help.first().hover();
    await expect(page.getByRole('tooltip').first()).toContainText('per-event', { timeout: 1_000 });
  }).toPass();
  await chooseSpeed(page, 'Max');
  await expect(status(page)).toHaveAttribute('data-status', /paused|idle/);
});
