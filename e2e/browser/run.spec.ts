import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, clockOf, ledgerOnScreen, openTab, runToEnd, status } from './running.ts';

/** The first open shows the first template running, at the speed of the clock. */

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
});

async function countIn(page: Page, nodeName: string): Promise<number> {
  const text = await page.getByRole('article', { name: nodeName, exact: true }).locator('dd').first().innerText();
  return Number(text.replaceAll(',', ''));
}

type Cells = readonly (readonly string[])[];

function sumOf(cells: Cells, column: number): string {
  const sum = cells.reduce((all, row) => all + Number((row[column] ?? '').replaceAll(',', '')), 0);
  return sum.toLocaleString('en');
}

/** What the summary of a chart says, found in its table. */
const HEARD_OF_CHARTS: Readonly<Record<string, (cells: Cells) => string>> = {
  windows: (cells) => `clicks per window, ${String(cells.length)} windows.`,
  clocks: (cells) => `The watermark is ${cells.at(-1)?.[3] ?? ''} behind.`,
  drops: (cells) => `Crosses: ${sumOf(cells, 1)} rows dropped as late`,
  lateness: (cells) => `${sumOf(cells, 1)} events by how far behind`,
};

test('it runs by itself, pauses, plays on, steps, and keeps to a speed', async ({ page }) => {
  await test.step('pause stands, play goes on', async () => {
    await expect.poll(() => countIn(page, 'Clicks')).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    const stood = await clockOf(page, 'processing');
    await page.waitForTimeout(400);
    expect(await clockOf(page, 'processing')).toBe(stood);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => clockOf(page, 'processing')).toBeGreaterThan(stood);
    await expect
      .poll(async () => (await clockOf(page, 'event time')) - (await clockOf(page, 'watermark')))
      .toBeGreaterThan(4_000);
  });
  await test.step('a step takes one entry of the log', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect.poll(() => countIn(page, 'Clicks')).toBe(0);
    for (const rows of [1, 2, 3]) {
      await page.getByRole('button', { name: 'Step one event' }).click();
      await expect.poll(async () => (await countIn(page, 'Clicks')) + (await countIn(page, 'Purchases'))).toBe(rows);
    }
  });
  await test.step('while there is no watermark, its clock says which sources it waits for', async () => {
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect(page.getByTitle(/waits for the first event of Clicks and Purchases/)).toContainText('watermark');
    await expect(async () => {
      await page.getByRole('button', { name: 'Step one event' }).click();
      await expect(page.getByTitle(/waits for the first event of Purchases/)).toBeVisible({ timeout: 500 });
    }).toPass();
  });
  await test.step('never more events a second are taken than asked for', async () => {
    await page.getByRole('button', { name: 'Restart' }).click();
    await chooseSpeed(page, '100\u00a0/s');
    const startedAt = Date.now();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForTimeout(1_000);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    const passedMs = Date.now() - startedAt;
    const rows = (await countIn(page, 'Clicks')) + (await countIn(page, 'Purchases'));
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThanOrEqual((passedMs / 1_000) * 100 + 1);
  });
});

test('at its end ledger, charts, drops and results tell the same, and another run gives it all again', async ({
  page,
}) => {
  await runToEnd(page);
  await test.step('late events appear in the drops chart and in the table of drops', async () => {
    const chart = page.locator('[data-chart="drops"]');
    const dropped = Number(await chart.locator('[data-source="ledger:clicks-per-user:late"]').innerText());
    expect(dropped).toBeGreaterThan(50);
    await expect(chart.locator('.crosses')).toHaveAttribute('data-count', /^[1-9]/);

    await chart.getByRole('button', { name: 'Show as table' }).click();
    const counts = await chart.locator('tbody td:nth-child(2)').allInnerTexts();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(dropped);
    await chart.getByRole('combobox', { name: 'Counted' }).selectOption('Over time');
    const overTime = await chart.locator('tbody td:nth-child(2)').allInnerTexts();
    expect(overTime.reduce((sum, count) => sum + Number(count), 0)).toBe(dropped);

    await openTab(page, 'Drops');
    await expect(page.getByRole('region', { name: 'Newest drops' }).locator('tbody tr')).toHaveCount(
      Math.min(200, dropped),
    );
    await openTab(page, 'Charts');
  });
  await test.step('charts are one tab stop each, T shows the same data as a table, and what is read out is in it', async () => {
    for (const [name, heard] of Object.entries(HEARD_OF_CHARTS)) {
      const plot = page.locator(`[data-chart="${name}"] [role="img"]`);
      const summary = (await plot.getAttribute('aria-label')) ?? '';
      await plot.focus();
      await page.keyboard.press('t');
      const rows = page.locator(`[data-chart="${name}"] tbody tr`);
      await expect(rows.first()).toBeVisible();
      const cells = await rows.evaluateAll((list) =>
        list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
      expect(summary).toContain(heard(cells));
      await page.keyboard.press('t');
      await expect(plot.locator('svg').first()).toBeVisible();
    }
  });
  await test.step('the chart of windows adds up to the results', async () => {
    const chart = page.locator('[data-chart="windows"]');
    await chart.getByRole('button', { name: 'Show as table' }).click();
    const rows = await chart.locator('tbody tr').all();
    const sums = new Map<string, number>();
    for (const row of rows) {
      const [window = '', ...values] = await row.locator('td').allInnerTexts();
      sums.set(
        window,
        values.reduce((sum, value) => sum + (value === '–' ? 0 : Number(value)), 0),
      );
    }
    await openTab(page, 'Results');
    const newest = new Map<string, Map<string, number>>();
    const shown = page.getByRole('region', { name: 'Newest results' }).locator('tbody tr');
    // Newest first: the first result of a key in a window is the one that stands.
    for (const cells of await shown.evaluateAll((list) =>
      list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
    )) {
      const [, window = '', user = '', clicks = ''] = cells;
      const users = newest.get(window) ?? new Map<string, number>();
      if (!users.has(user)) users.set(user, Number(clicks));
      newest.set(window, users);
    }
    // The oldest window of the table may be cut off.
    const whole = [...newest].slice(0, -1);
    expect(whole.length).toBeGreaterThan(3);
    for (const [window, users] of whole) {
      expect([window, sums.get(window)]).toEqual([window, [...users.values()].reduce((sum, count) => sum + count, 0)]);
    }
    await openTab(page, 'Charts');
  });
  await test.step('the same seed gives the same ledger, and it adds up', async () => {
    await expect(page.locator('[data-summary]')).toHaveAttribute('data-summary', 'balanced');
    const first = await ledgerOnScreen(page);
    expect(first.size).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'Restart' }).click();
    await expect.poll(() => countIn(page, 'Clicks')).toBe(0);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'ended');
    expect(await ledgerOnScreen(page)).toEqual(first);
  });
});

test('every number that names the ledger as its source is the ledger’s, while it runs and after an edit', async ({
  page,
}) => {
  await chooseSpeed(page, '60×');
  await expect.poll(() => countIn(page, 'Clicks')).toBeGreaterThan(400);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  await openTab(page, 'Ledger');
  const shown = await ledgerOnScreen(page);
  expect(shown.size).toBeGreaterThan(60);

  await test.step('an edit while it runs is made to the run, which goes on', async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('article', { name: 'Clicks per user', exact: true }).click();
    await page.getByLabel('Allowed lateness', { exact: true }).fill('8s');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByText('Kept: state goes on from here')).toBeVisible();
    await expect(status(page)).toHaveAttribute('data-status', 'running');
    await runToEnd(page);
    await expect(page.getByText('The graph changed since this run began.')).toHaveCount(0);
    await ledgerOnScreen(page);
  });
});
