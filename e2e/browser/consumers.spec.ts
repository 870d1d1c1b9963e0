import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, clockOf, endThread, ledgerOnScreen, openTab, runToEnd, savedLedger, status } from './running.ts';
import { expectSound } from './sound.ts';
import { node } from './workbench.ts';
import { expectHeard, listen } from './heard.ts';

/** Consumers: other readers of the run's log, each with a start and a speed of its own. */

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
});

function reader(page: Page, name: string): Locator {
  return page.getByRole('region', { name: 'Readers of the log' }).getByRole('row', { name: new RegExp(`^${name}`) });
}

const COLUMNS = ['offset', 'lag', 'watermark', 'results', 'dropped', 'held'] as const;

async function figure(page: Page, name: string, column: (typeof COLUMNS)[number]): Promise<number> {
  const text = await reader(page, name)
    .getByRole('cell')
    .nth(1 + COLUMNS.indexOf(column))
    .innerText();
  return parseInt(text.replaceAll(',', ''), 10);
}

async function add(page: Page, from: string, name: string, speed: string): Promise<void> {
  const form = page.getByRole('form', { name: 'New consumer' });
  await form.getByRole('textbox', { name: 'Name of the new consumer' }).fill(name);
  await form.getByRole('combobox', { name: 'from' }).selectOption({ label: from });
  await form.getByRole('combobox', { name: 'Speed of the new consumer' }).selectOption({ label: speed });
}

test('two consumers read one log from starts of their own; one from latest lacks what was open', async ({ page }) => {
  await listen(page);
  await node(page, 'Clicks per user').click();
  await openTab(page, 'Consumers');
  await test.step('from latest, while the run writes the log', async () => {
    await expect(node(page, 'Clicks per user').locator('dd').first()).not.toHaveText('0');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await add(page, 'latest', 'Dashboard', 'Max');
    await page.getByRole('button', { name: 'Add consumer' }).click();
    await expect(reader(page, 'Dashboard')).toContainText('Waits for more');
    expect(await figure(page, 'Dashboard', 'offset')).toBe(await figure(page, 'The run', 'offset'));
    expect(await figure(page, 'Dashboard', 'results')).toBe(0);
    await expectHeard(page, /Dashboard reads the log from latest\./);
  });
  await test.step('from earliest, slowly: it lags behind', async () => {
    await add(page, 'earliest', 'Audit', '1\u00a0/s');
    await page.getByRole('button', { name: 'Add consumer' }).click();
    await expect(reader(page, 'Audit')).toContainText('Reads');
    await runToEnd(page);
    await expect(reader(page, 'Dashboard')).toContainText('Read to the end');
    expect(await figure(page, 'Dashboard', 'lag')).toBe(0);
    expect(await figure(page, 'Audit', 'lag')).toBeGreaterThan(1_000);
  });
  await test.step('why its results are others', async () => {
    const missing = (await figure(page, 'The run', 'results')) - (await figure(page, 'Dashboard', 'results'));
    expect(missing).toBeGreaterThan(0);
    const told = page.getByText(/^At offset [\d,]+, Clicks per user: /);
    await expect(told).toContainText('because what came before its start was never read');

    await expectHeard(page, /Dashboard\. At offset [\d,]+, Clicks per user: /);
    const differences = page.getByRole('region', { name: 'List of differences' });
    await expect(differences.getByRole('button', { name: /^Select: Only in a full read/ }).first()).toBeVisible();
    await expectSound(page);
  });
  await test.step('faster it catches up, and comes to what the run came to', async () => {
    await page.getByRole('combobox', { name: 'Speed of Audit' }).selectOption({ label: 'Max' });
    await expect(reader(page, 'Audit')).toContainText('Read to the end');
    for (const column of COLUMNS) {
      expect([column, await figure(page, 'Audit', column)]).toEqual([column, await figure(page, 'The run', column)]);
    }
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await expect(page.getByText(/: as a reader of the whole log has it\.$/)).toBeVisible();
  });
  await test.step('each can be removed', async () => {
    await page.getByRole('button', { name: 'Remove Audit' }).click();
    await expect(reader(page, 'Audit')).toHaveCount(0);
    await expectHeard(page, /Audit was removed\./);
    await expect(reader(page, 'Dashboard')).toHaveCount(1);
  });
});

test('a consumer is added, moved, stepped and removed by keyboard; a start that is none is refused', async ({
  page,
}) => {
  await chooseSpeed(page, 'Max');
  await runToEnd(page);
  await openTab(page, 'Consumers');
  const from = page.getByRole('combobox', { name: 'from' });
  await test.step('an offset behind the end, and no time', async () => {
    await from.selectOption({ label: 'offset…' });
    await page.getByRole('textbox', { name: 'Offset' }).fill('999999');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText(
      /^The log has no offset 999999: so far \d+ entries are written\./,
    );
    await page.getByRole('textbox', { name: 'Offset' }).fill('many');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('This is no offset.');
    await from.selectOption({ label: 'event time…' });
    await page.getByRole('textbox', { name: 'Event time, UTC' }).fill('noon');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('This is no time.');
  });
  await test.step('from an offset', async () => {
    await from.selectOption({ label: 'offset…' });
    await page.getByRole('combobox', { name: 'Speed of the new consumer' }).selectOption({ label: '1\u00a0/s' });
    await page.getByRole('textbox', { name: 'Offset' }).fill('1,000');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(reader(page, 'Consumer 1')).toContainText('from offset 1,000');
    await page.getByRole('button', { name: 'Pause Consumer 1' }).press('Enter');
    await expect(reader(page, 'Consumer 1')).toContainText('Paused');
  });
  await test.step('step and seek', async () => {
    const lane = page.getByRole('slider', { name: 'Offset of Consumer 1' });
    const before = await figure(page, 'Consumer 1', 'offset');
    await page.getByRole('button', { name: 'Step Consumer 1 by one entry' }).press('Enter');
    await expect.poll(() => figure(page, 'Consumer 1', 'offset')).toBe(before + 1);
    await lane.press('End');
    await expect(reader(page, 'Consumer 1')).toContainText('Read to the end');
    await expect(lane).toHaveAttribute('aria-valuetext', /^offset ([\d,]+) of \1, lag 0$/);
    // Nothing lies before its start.
    await lane.press('Home');
    await expect.poll(() => figure(page, 'Consumer 1', 'offset')).toBe(1_000);
    await page.getByRole('button', { name: 'Remove Consumer 1' }).press('Enter');
    await expect(reader(page, 'Consumer 1')).toHaveCount(0);
  });
});

test('consumers are there after a reload, and where they stood when the engine ends', async ({ page }) => {
  await chooseSpeed(page, 'Max');
  await runToEnd(page);
  await openTab(page, 'Consumers');
  await add(page, 'offset…', 'Dashboard', 'Max');
  await page.getByRole('textbox', { name: 'Offset' }).fill('1000');
  await page.getByRole('button', { name: 'Add consumer' }).click();
  await expect(reader(page, 'Dashboard')).toContainText('Read to the end');
  await add(page, 'earliest', 'Audit', '1\u00a0/s');
  await page.getByRole('button', { name: 'Add consumer' }).click();
  await page.getByRole('button', { name: 'Pause Audit' }).click();
  await page.getByRole('slider', { name: 'Offset of Audit' }).fill('300');
  await expect.poll(() => figure(page, 'Audit', 'offset')).toBe(300);
  const results = await figure(page, 'Dashboard', 'results');

  await test.step('the engine ends', async () => {
    await endThread(page);
    await expect(page.getByText('The engine stopped unexpectedly').first()).toBeVisible();
    await expect(reader(page, 'Dashboard')).toContainText('Read to the end');
    await expect.poll(() => figure(page, 'Dashboard', 'results')).toBe(results);
    await expect(reader(page, 'Audit')).toContainText('Paused');
    await expect.poll(() => figure(page, 'Audit', 'offset')).toBe(300);
  });
  await test.step('after a reload both read what the new run writes, from their starts', async () => {
    await page.reload();
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    await openTab(page, 'Consumers');
    await expect(reader(page, 'Dashboard')).toContainText('from offset 1,000');
    await expect(reader(page, 'Audit')).toContainText('from earliest');
    await runToEnd(page);
    await expect(reader(page, 'Dashboard')).toContainText('Read to the end');
    expect(await figure(page, 'Dashboard', 'results')).toBe(results);
    await page.getByRole('button', { name: 'Remove Audit' }).click();
    await expect(reader(page, 'Audit')).toHaveCount(0);
    await page.reload();
    await openTab(page, 'Consumers');
    await expect(reader(page, 'Dashboard')).toHaveCount(1);
    await expect(reader(page, 'Audit')).toHaveCount(0);
  });
});

test('through a consumer the screen shows what it has, and says so until it is the run again', async ({ page }) => {
  await listen(page);
  await chooseSpeed(page, 'Max');
  await runToEnd(page);
  await node(page, 'Clicks per user').click();
  await openTab(page, 'Consumers');
  await add(page, 'earliest', 'Audit', '1\u00a0/s');
  await page.getByRole('button', { name: 'Add consumer' }).click();
  await page.getByRole('button', { name: 'Pause Audit' }).click();
  await page.getByRole('slider', { name: 'Offset of Audit' }).fill('900');
  await expect.poll(() => figure(page, 'Audit', 'offset')).toBe(900);
  const whole = await savedLedger(page);
  const atEnd = await clockOf(page, 'watermark');
  const address = page.url();
  const banner = page.getByRole('region', { name: 'Looking through Audit' });
  const offset = banner.locator('[data-through-offset]');

  await test.step('by keyboard', async () => {
    await openTab(page, 'Consumers');
    await page.getByRole('button', { name: 'View Audit' }).press('Enter');
    await expect(banner).toContainText('Audit at offset 900');
    await expect(page.getByRole('button', { name: 'View Audit' })).toHaveAttribute('aria-pressed', 'true');
    await expectHeard(page, /^The screen shows Audit at offset 900, not the run\.$/);
    expect(page.url()).toBe(address);
    await expectSound(page);
  });
  await test.step('counts, clocks and charts are its own', async () => {
    await expect.poll(() => clockOf(page, 'watermark')).toBeLessThan(atEnd);
    const ledger = await savedLedger(page);
    expect(ledger.run.entries).toBe(900);
    expect(ledger.nodes['clicks-per-user']?.in).toBeLessThan(whole.nodes['clicks-per-user']?.in ?? 0);
    const seen = await ledgerOnScreen(page);
    expect(seen.get('ledger:clicks-per-user:in')).toBe(ledger.nodes['clicks-per-user']?.in);
    await expect(status(page)).toContainText('Ended after 13,200 events');
  });
  await test.step('the plane ends where it stands', async () => {
    await page.getByRole('button', { name: 'Plane as table' }).click();
    const last = await lastOfPlane(page);
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(900);
  });
  await test.step('it moves by the banner, the run by the timeline', async () => {
    await banner.getByRole('button', { name: 'Step Audit by one entry' }).click();
    await expect(offset).toHaveText('901');
    expect((await savedLedger(page)).run.entries).toBe(901);
    await page.getByRole('slider', { name: 'Offset in the run' }).press('Home');
    await expect(status(page)).toHaveAttribute('data-status', 'paused');
    expect((await savedLedger(page)).run.entries).toBe(901);
    await page.getByRole('slider', { name: 'Offset in the run' }).press('End');
    await expect(status(page)).toHaveAttribute('data-status', 'ended');
  });
  await test.step('what it waits for is told; nothing is sent by who only reads', async () => {
    const inspector = page.getByLabel('Inspector', { exact: true });
    await inspector.getByRole('tab', { name: 'State' }).click();
    const held = (await savedLedger(page)).nodes['clicks-per-user']?.['held'];
    await expect(inspector.getByRole('region', { name: 'Size' })).toContainText(`input rows held${String(held)}`);
    await inspector.getByRole('tab', { name: 'Settings' }).click();
    const send = page.getByRole('button', { name: /^Send watermark/ });
    await expect(send).toBeDisabled();
    await expect(send).toHaveAttribute('title', /^Go back to the run first/);
  });
  await test.step('saved results are named after it, and while it reads it is the one to be paused', async () => {
    await openTab(page, 'Results');
    await page.getByRole('button', { name: 'Save results' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save results' });
    await expect(dialog).toContainText('as Audit has read the log so far');
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Save (all|1 )/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.by-audit\.up-to-entry-901\.ndjson$/);
    const inspector = page.getByLabel('Inspector', { exact: true });
    await inspector.getByRole('tab', { name: 'Lineage' }).click();
    await banner.getByRole('button', { name: 'Play Audit' }).click();
    await expect(inspector).toContainText('Pause Audit: lineage is of what it has read by then.');
    await banner.getByRole('button', { name: 'Pause Audit' }).click();
    await expect(inspector).not.toContainText('Pause Audit');
  });
  await test.step('back at the run', async () => {
    await banner.getByRole('button', { name: 'Back to the run' }).press('Enter');
    await expect(banner).toHaveCount(0);
    await expectHeard(page, /^The screen shows the run again\.$/);
    expect(await savedLedger(page)).toEqual(whole);
    expect(await clockOf(page, 'watermark')).toBe(atEnd);
  });
  await test.step('the engine ends meanwhile', async () => {
    await openTab(page, 'Consumers');
    await page.getByRole('button', { name: 'View Audit' }).click();
    await expect(offset).toHaveText('901');
    await endThread(page);
    await expect(page.getByText('The screen shows the run again').first()).toBeVisible();
    await expect(banner).toHaveCount(0);
    await expect(reader(page, 'Audit')).toContainText('Paused');
    expect((await savedLedger(page)).run.entries).toBe(whole.run.entries);
  });
  await test.step('it is removed meanwhile', async () => {
    await openTab(page, 'Consumers');
    await page.getByRole('button', { name: 'View Audit' }).click();
    await expect(banner).toBeVisible();
    await page.getByRole('button', { name: 'Remove Audit' }).click();
    await expect(page.getByText('Audit is looked through no more.').first()).toBeVisible();
    await expect(banner).toHaveCount(0);
    expect((await savedLedger(page)).run.entries).toBe(whole.run.entries);
  });
});

/** The number of the last event that the plane's table lists. */
async function lastOfPlane(page: Page): Promise<number> {
  const cells = page.getByRole('region', { name: 'Events of the plane' }).locator('tbody tr > :first-child');
  await expect(cells.first()).toBeVisible();
  const numbers = await cells.allInnerTexts();
  return Math.max(...numbers.map((text) => Number(text.replaceAll(/[#,]/g, ''))));
}
