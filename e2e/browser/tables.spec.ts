import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd, savedLedger, status } from './running.ts';
import {
  chooseFromMenu,
  dragFromPalette,
  drawEdge,
  exportedGraph,
  importGraph,
  newGraph,
  node,
  port,
} from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const ORDERS = 'Orders: table and changes';

async function openTemplate(page: Page, name: string): Promise<void> {
  await page.goto('./');
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('button', { name: `Document: ${name}` })).toBeVisible();
}

function table(page: Page): Locator {
  return page.getByRole('region', { name: 'Table', exact: true });
}

/** Rows of the table that stand, without those that were deleted a moment ago. */
function standing(page: Page): Locator {
  return table(page).locator('tbody tr:not([data-gone])');
}

test('a changelog is shown as changes and as the table that they make', async ({ page }) => {
  await openTemplate(page, ORDERS);
  await runToEnd(page);
  await node(page, 'Status board').click();
  await openTab(page, 'Results');
  await expect(page.getByRole('region', { name: 'Changes', exact: true })).toContainText('−U');
  await expect(table(page)).toContainText('one row of each status');
  const statuses = await standing(page).locator('td:nth-child(2)').allTextContents();
  expect(statuses).toEqual(statuses.toSorted());
  expect(new Set(statuses).size).toBe(statuses.length);

  await node(page, 'Orders now').click();
  await expect(table(page)).toContainText('as compaction keeps it');
  const shown = Number(await page.locator('[data-table-rows]').getAttribute('data-table-rows'));
  const { nodes } = await savedLedger(page);
  const made = nodes['orders']?.emitted['out'] ?? {};
  expect(shown).toBe((made['+I'] ?? 0) - (made['-D'] ?? 0));
});

test('the table follows every step, and sorts by what is asked for', async ({ page }) => {
  await openTemplate(page, ORDERS);
  await node(page, 'Orders now').click();
  await openTab(page, 'Results');
  await expect(async () => expect(await standing(page).count()).toBeGreaterThan(5)).toPass();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  const entries = async (): Promise<number> =>
    Number(/after ([\d,]+) entr/.exec(await table(page).innerText())?.[1]?.replaceAll(',', ''));
  const before = await entries();
  for (let step = 1; step <= 3; step++) {
    await page.getByRole('button', { name: /^Step/ }).click();
    await expect.poll(entries).toBe(before + step);
  }
  await table(page).getByRole('radio', { name: 'Newest change' }).click();
  await expect(standing(page).first()).toHaveAttribute('data-last', '');
  await table(page).getByRole('button', { name: 'amount' }).click();
  const column = table(page).getByRole('columnheader', { name: 'amount' });
  await expect(column).toHaveAttribute('aria-sort', 'descending');
  const amounts = (await standing(page).locator('td:nth-child(6)').allTextContents()).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
});

test('edges tell append, changelog and table apart, with key and event time', async ({ page }) => {
  await openTemplate(page, ORDERS);
  const badges = page.locator('.react-flow__edge [role="img"]');
  await expect(badges.and(page.getByLabel('Table, Key: order_id., with event time'))).toHaveCount(2);
  await expect(badges.and(page.getByLabel(/^Changelog, Key: (order_id|status)\./))).toHaveCount(2);
  await page.getByRole('button', { name: 'What the lines mean' }).click();
  await expect(page.getByRole('dialog', { name: 'What the lines mean' })).toContainText('Append stream');
  await page.keyboard.press('Escape');

  await page.getByRole('group', { name: /^From Open orders to By status/ }).focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'Changelog', exact: true })).toBeVisible();
  await expect(inspector).toContainText('Open orders → By status');
  await expect(inspector).toContainText('Key: order_id.');
});

test('a table does not fit where only new rows do, and the reason says what to do', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  await node(page, 'Generator').click();
  await page.getByRole('combobox', { name: 'Events' }).selectOption('orders');
  await dragFromPalette(page, 'Interval', { x: 520, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Interval', 'left'));
  await expect(page.getByText('Not connected.')).toBeVisible();
  expect((JSON.parse(await exportedGraph(page)) as { edges: unknown[] }).edges).toHaveLength(0);
});

test('a join says what matches, and follows its settings', async ({ page }) => {
  await page.goto('./');
  await node(page, 'Click → purchase').click();
  const words = page.getByRole('region', { name: 'What matches' });
  await expect(words).toContainText('Each row of Real pages joins the rows of Purchases with the same click_id');
  await expect(words).toContainText('from its own time to 30 min after it');
  await page.getByLabel('To', { exact: true }).fill('5m');
  await page.keyboard.press('Enter');
  await expect(words).toContainText('to 5 min after it');
  await page.getByLabel('From', { exact: true }).fill('-1m');
  await page.keyboard.press('Enter');
  await expect(words).toContainText('from 1 min before it to 5 min after it');
});

test('a small table is pasted, its types are found, and rows are enriched with it', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 140, y: 160 });
  await dragFromPalette(page, 'Lookup', { x: 460, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Lookup', 'in'));
  await node(page, 'Lookup').click();
  const section = page.getByRole('region', { name: 'Table', exact: true });
  await section.getByRole('button', { name: /Edit|Paste/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Table' });
  await dialog.getByLabel('Rows of the table').fill('user_id\tscore\tvip\nu0000\t7\ttrue\nu0001');
  await expect(dialog).toContainText('Row 2 has 1 cells, the first line 3.');
  await dialog.getByLabel('Rows of the table').fill('user_id\tscore\tvip\nu0000\t7\ttrue\nu0001\t\tfalse');
  await expect(dialog.getByRole('group', { name: 'As it is read' })).toContainText('BIGINT');
  await dialog.getByRole('button', { name: 'Take 2 rows' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(section.getByLabel('Type of vip')).toHaveValue('BOOLEAN');
  const graph = JSON.parse(await exportedGraph(page)) as {
    nodes: { type: string; config: { table?: { rows: unknown[][] } } }[];
  };
  expect(graph.nodes.find(({ type }) => type === 'join.lookup')?.config.table?.rows).toEqual([
    ['u0000', 7, true],
    ['u0001', null, false],
  ]);
});

test('steps of a pattern are added, named, moved and taken away', async ({ page }) => {
  await openTemplate(page, 'Pattern: small, then large');
  await node(page, 'Small, then large').click();
  const steps = page.getByRole('region', { name: 'Steps' });
  await steps.getByRole('button', { name: 'Add to Steps' }).click();
  await expect(steps.getByRole('listitem', { name: 'Steps 3' })).toBeVisible();
  await steps.getByLabel('Name of Steps 3').fill('again');
  await steps.getByRole('button', { name: 'Move Steps 3 up' }).click();
  await expect(steps.getByLabel('Name of Steps 2')).toHaveValue('again');
  await steps.getByRole('button', { name: 'Remove Steps 2' }).click();
  const names = (JSON.parse(await exportedGraph(page)) as { nodes: { config: { steps?: { name: string }[] } }[] }).nodes
    .flatMap(({ config }) => config.steps ?? [])
    .map(({ name }) => name);
  expect(names).toEqual(['small', 'large']);
});

test('an order is chosen column by column', async ({ page }) => {
  await openTemplate(page, 'Top 3 pages');
  await node(page, 'Top 3').click();
  const order = page.getByRole('region', { name: 'Order' });
  await order.getByRole('button', { name: 'clicks: largest first' }).click();
  await order.getByRole('button', { name: 'Add a column to the order' }).click();
  const top = (JSON.parse(await exportedGraph(page)) as { nodes: { type: string; config: { orderBy?: unknown } }[] })
    .nodes;
  expect(top.find(({ type }) => type === 'top-n')?.config.orderBy).toEqual([
    { column: 'clicks', descending: false },
    { column: 'page', descending: true },
  ]);
});

for (const [name, sink] of [
  [ORDERS, 'Status board'],
  ['Kafka: clicks meet a table of users', 'Clicks with tier'],
  ['Top 3 pages', 'Ranking'],
  ['Pattern: small, then large', 'Alerts'],
] as const) {
  test(`the template “${name}” runs as it opens and comes to its end without a fault`, async ({ page }) => {
    await openTemplate(page, name);
    await expect(node(page, sink).locator('dd').first()).toHaveText(/[1-9]/, { timeout: 20_000 });
    await runToEnd(page);
    await expect(page.getByRole('button', { name: /problem/ })).toHaveCount(0);
  });
}

test.describe('where there is no room for names', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('every operator of the palette is in view, whatever the dialect', async ({ page }) => {
    await newGraph(page);
    const palette = page.getByRole('navigation', { name: 'Operators' });
    for (const dialect of ['Flink DataStream', 'Flink SQL', 'Kafka Streams', 'ksqlDB', 'Apache Beam']) {
      await page.getByLabel('Rules of', { exact: true }).selectOption({ label: dialect });
      const deck = await page.getByRole('region', { name: 'Time deck' }).boundingBox();
      const last = await palette.getByRole('button', { name: 'Table', exact: true }).boundingBox();
      expect(last!.y + last!.height).toBeLessThan(deck!.y);
    }
    await page.keyboard.press('/');
    const search = page.getByRole('dialog', { name: 'Search operators' });
    await page.keyboard.type('explode');
    await expect(search.getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(node(page, 'Flat map')).toBeVisible();
    await expect(search).toHaveCount(0);
    await palette.getByRole('button', { name: 'Lookup', exact: true }).click();
    await expect(node(page, 'Lookup')).toBeVisible();
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`changes, table and what matches are accessible in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await openTemplate(page, 'Kafka: clicks meet a table of users');
    await node(page, 'Users').click();
    await openTab(page, 'Results');
    await expect(standing(page).first()).toBeVisible();
    await page.getByRole('button', { name: 'Pause' }).click();
    await node(page, 'Click with user').click();
    await expect(page.getByRole('region', { name: 'What matches' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
  });
}

test('a graph with a table that was never keyed is refused with its cure', async ({ page }) => {
  await openTemplate(page, ORDERS);
  const graph = JSON.parse(await exportedGraph(page)) as { nodes: { id: string; config: { keys?: string[] } }[] };
  const board = graph.nodes.find(({ id }) => id === 'board');
  board!.config.keys = ['state'];
  await importGraph(page, 'orders.json', JSON.stringify(graph));
  await expect(page.getByRole('button', { name: /problem/ })).toBeVisible();
  await expect(node(page, 'By status')).toHaveAttribute('data-severity', 'error');
});
