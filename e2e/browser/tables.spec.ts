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

/** From the gallery of the page as it is. */
async function chooseTemplate(page: Page, name: string): Promise<void> {
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('button', { name: `Document: ${name}` })).toBeVisible();
}

/** The template that was opened last runs by itself, and comes to its end without a fault. */
async function expectSoundRun(page: Page, sink: string): Promise<void> {
  await expect(node(page, sink).locator('dd').first()).toHaveText(/[1-9]/);
  await runToEnd(page);
  await expect(page.getByRole('button', { name: /problem/ })).toHaveCount(0);
}

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly type: string; readonly config: Config }[];
  readonly edges: readonly unknown[];
}

interface Config {
  keys?: readonly string[];
  readonly orderBy?: unknown;
  readonly steps?: readonly { readonly name: string }[];
  readonly table?: { readonly rows: readonly unknown[][] };
}

async function graph(page: Page): Promise<Graph> {
  return JSON.parse(await exportedGraph(page)) as Graph;
}

function table(page: Page): Locator {
  return page.getByRole('region', { name: 'Table', exact: true });
}

/** Rows of the table that stand, without those that were deleted a moment ago. */
function standing(page: Page): Locator {
  return table(page).locator('tbody tr:not([data-gone])');
}

async function expectEdgesTold(page: Page): Promise<void> {
  const badges = page.locator('.react-flow__edge [role="img"]');
  await expect(badges.and(page.getByLabel('Table, Key: order_id., with event time'))).toHaveCount(2);
  await expect(badges.and(page.getByLabel(/^Changelog, Key: (order_id|status)\./))).toHaveCount(2);
  const help = page.getByRole('button', { name: 'What the lines mean' });
  const lines = page.getByRole('dialog', { name: 'What the lines mean' });
  await help.click();
  await expect(lines).toContainText('Append stream');
  await page.keyboard.press('Escape');
  await expect(lines).toHaveCount(0);
  await expect(help).toBeFocused();

  await page.getByRole('group', { name: /^From Open orders to By status/ }).focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'Changelog', exact: true })).toBeVisible();
  await expect(inspector).toContainText('Open orders → By status');
  await expect(inspector).toContainText('Key: order_id.');
}

async function expectTableFollows(page: Page): Promise<void> {
  await node(page, 'Orders now').click();
  await openTab(page, 'Results');
  await expect(async () => expect(await standing(page).count()).toBeGreaterThan(5)).toPass();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  const entries = async (): Promise<number> =>
    Number(/after ([\d,]+) entr/.exec(await table(page).innerText())?.[1]?.replaceAll(',', ''));
  const before = await entries();
  for (let step = 1; step <= 3; step++) {
    await page.getByRole('button', { name: 'Step one event' }).click();
    await expect.poll(entries).toBe(before + step);
  }
}

async function expectSorted(page: Page): Promise<void> {
  await table(page).getByRole('radio', { name: 'Newest change' }).click();
  // It may be that of a row that is gone.
  await expect(table(page).locator('tbody tr').first()).toHaveAttribute('data-last', '');
  await table(page).getByRole('button', { name: 'amount' }).click();
  const column = table(page).getByRole('columnheader', { name: 'amount' });
  await expect(column).toHaveAttribute('aria-sort', 'descending');
  const amounts = (await standing(page).locator('td:nth-child(6)').allTextContents()).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
}

test('a changelog is told apart on its edges, shown as changes and as the table that they make, which follows every step and sorts; one without a key is refused', async ({
  page,
}) => {
  await page.goto('./');
  await chooseTemplate(page, ORDERS);
  await expectEdgesTold(page);
  await expectTableFollows(page);
  await expectSorted(page);
  await expectSoundRun(page, 'Status board');

  await node(page, 'Status board').click();
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

  const faulty = await graph(page);
  faulty.nodes.find(({ id }) => id === 'board')!.config.keys = ['state'];
  await importGraph(page, 'orders.json', JSON.stringify(faulty));
  await expect(page.getByRole('button', { name: /problem/ })).toBeVisible();
  await expect(node(page, 'By status')).toHaveAttribute('data-severity', 'error');
});

test('a table does not fit where only new rows do, and the reason says what to do; a small table is pasted, its types are found, and rows are enriched with it', async ({
  page,
}) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  await node(page, 'Generator').click();
  const events = page.getByRole('combobox', { name: 'Events' });
  const made = await events.inputValue();
  await events.selectOption('orders');
  await dragFromPalette(page, 'Interval', { x: 520, y: 100 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Interval', 'left'));
  await expect(page.getByText('Not connected.')).toBeVisible();
  expect((await graph(page)).edges).toHaveLength(0);

  await node(page, 'Generator').click();
  await events.selectOption(made);
  await dragFromPalette(page, 'Lookup', { x: 520, y: 320 });
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
  const lookup = (await graph(page)).nodes.find(({ type }) => type === 'join.lookup');
  expect(lookup?.config.table?.rows).toEqual([
    ['u0000', 7, true],
    ['u0001', null, false],
  ]);
});

test('a join says what matches and follows its settings; steps of a pattern and columns of an order are added, moved and taken away', async ({
  page,
}) => {
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

  await chooseTemplate(page, 'Pattern: small, then large');
  await expectSoundRun(page, 'Alerts');
  await node(page, 'Small, then large').click();
  const steps = page.getByRole('region', { name: 'Steps' });
  await steps.getByRole('button', { name: 'Add to Steps' }).click();
  await expect(steps.getByRole('listitem', { name: 'Steps 3' })).toBeVisible();
  await steps.getByLabel('Name of Steps 3').fill('again');
  await steps.getByRole('button', { name: 'Move Steps 3 up' }).click();
  await expect(steps.getByLabel('Name of Steps 2')).toHaveValue('again');
  await steps.getByRole('button', { name: 'Remove Steps 2' }).click();
  const names = (await graph(page)).nodes.flatMap(({ config }) => config.steps ?? []).map(({ name }) => name);
  expect(names).toEqual(['small', 'large']);

  await chooseTemplate(page, 'Top 3 pages');
  await expectSoundRun(page, 'Ranking');
  await node(page, 'Top 3').click();
  const order = page.getByRole('region', { name: 'Order' });
  await order.getByRole('button', { name: 'clicks: largest first' }).click();
  await order.getByRole('button', { name: 'Add a column to the order' }).click();
  expect((await graph(page)).nodes.find(({ type }) => type === 'top-n')?.config.orderBy).toEqual([
    { column: 'clicks', descending: false },
    { column: 'page', descending: true },
  ]);
});

test('changes, table and what matches are accessible in both themes', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('./');
  await chooseTemplate(page, 'Kafka: clicks meet a table of users');
  await node(page, 'Users').click();
  await openTab(page, 'Results');
  await expect(standing(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await node(page, 'Click with user').click();
  await expect(page.getByRole('region', { name: 'What matches' })).toBeVisible();
  const light = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  // Names and roles are the same in the dark.
  const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  const found = [...light.violations, ...dark.violations];
  expect(found.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([]);
  await expectSoundRun(page, 'Clicks with tier');
});

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
