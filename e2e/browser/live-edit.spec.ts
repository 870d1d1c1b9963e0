import { expect, test } from './page-test.ts';
import { chooseSpeed, clockOf, ledgerOnScreen, openTab, runToEnd, savedLedger, status } from './running.ts';
import { chooseDialect } from './window-graphs.ts';
import { node } from './workbench.ts';

/** The graph is edited in the middle of a run: what is kept, what is rebuilt, and what is said of it. */

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  await chooseSpeed(page, '60×');
  await expect
    .poll(async () => Number((await node(page, 'Clicks').locator('dd').first().innerText()).replaceAll(',', '')))
    .toBeGreaterThan(300);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  await node(page, 'Clicks per user').click();
});

test('a window of another size is rebuilt, as if it had been so from the start; undo is an edit again', async ({
  page,
}) => {
  const size = page.getByRole('textbox', { name: 'Size' });
  const line = page.locator('[data-live-edit]');
  await expect(line).toContainText('more of Allowed lateness');
  await expect(line).toContainText('anything else rebuilds this node and the 2 below from offset 0');
  await size.fill('20s');
  await page.keyboard.press('Enter');
  const news = page.getByText('Rebuilt from offset 0: Clicks per user, Activity, Late clicks');
  await expect(news).toBeVisible();
  await expect(line).toContainText('Rebuilt from offset 0 at entry');
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  await expect(node(page, 'Clicks per user').getByRole('img', { name: 'Changed since the run began' })).toBeVisible();
  await expect(
    status(page).getByRole('button', { name: /^Go to Edit: Clicks per user: Size 20\ss, offset [\d,]+$/ }),
  ).toHaveCount(1);
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 300 } });
  await openTab(page, 'Ledger');
  await ledgerOnScreen(page);

  await test.step('its end is that of a run of the new graph from the first event on', async () => {
    await runToEnd(page);
    const edited = await savedLedger(page);
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect(status(page).getByRole('button', { name: /^Go to Edit/ })).toHaveCount(0);
    await runToEnd(page);
    const straight = await savedLedger(page);
    expect(edited.nodes).toEqual(straight.nodes);
  });
});

test('a filter and more lateness count from here on; Undo takes the edit back by another', async ({ page }) => {
  await page.getByLabel('Allowed lateness', { exact: true }).fill('30s');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Kept: state goes on from here')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByText('Rebuilt from offset 0: Clicks per user').first()).toBeVisible();
  await expect(page.getByLabel('Allowed lateness', { exact: true })).toHaveValue('2s');
  await expect(status(page).getByRole('button', { name: /^Go to Edit/ })).toHaveCount(2);
});

test('a graph that cannot run leaves the run as it is, says so, and is taken once it can', async ({ page }) => {
  await chooseDialect(page, 'Kafka Streams');
  await expect(status(page)).toContainText('The graph cannot run as it is. The run stands with the graph before');
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  await page.keyboard.press('Control+z');
  await expect(status(page)).not.toContainText('cannot run');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'running');
});

test('other rules make another run, which goes to the same time', async ({ page }) => {
  const stood = await clockOf(page, 'processing');
  await chooseDialect(page, 'Flink SQL');
  await expect(page.getByText('The run began anew')).toBeVisible();
  await expect(page.getByText('It went to the same processing time.')).toBeVisible();
  // The clock goes on between two entries; the run stands right behind the last one that came by then.
  await expect.poll(() => clockOf(page, 'processing')).toBeGreaterThan(stood - 2_000);
  expect(await clockOf(page, 'processing')).toBeLessThanOrEqual(stood);
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
});
