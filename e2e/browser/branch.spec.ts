import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd, status } from './running.ts';
import { expectSound } from './sound.ts';
import { chooseFromMenu, node } from './workbench.ts';

/** What if: the run beside the same run with other settings. */

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
});

async function setLateness(page: Page, text: string): Promise<void> {
  await node(page, 'Clicks per user').click();
  const field = page.getByRole('textbox', { name: 'Allowed lateness' });
  await field.fill(text);
  await field.press('Enter');
}

function figures(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('region', { name: 'Figures of the run and the branch' });
}

/** The late rows of a node, as the run and the branch have them. */
async function dropped(page: Page, name: string): Promise<readonly [number, number]> {
  const row = figures(page).getByRole('row', { name: new RegExp(`^${name} `) });
  const [run = '', branch = ''] = (await row.locator('td').nth(2).innerText()).split('→');
  return [parseInt(run, 10), parseInt(branch, 10)];
}

test('two branches of a run are compared, one is taken over', async ({ page }) => {
  await runToEnd(page);
  const before = await node(page, 'Clicks per user').locator('dd').last().innerText();
  await test.step('a branch has settings of its own, the run stays as it is', async () => {
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    await setLateness(page, '20s');
    await expect(page.getByRole('region', { name: 'Draft of a branch' })).toContainText('What if lateness 20 s');
    await expect(figures(page).getByRole('row', { name: /^Clicks per user / })).toBeVisible();
    await expect(status(page)).toHaveAttribute('data-status', 'ended');
    await expect(node(page, 'Clicks per user').locator('dd').last()).toHaveText(before);
    const [run, branch] = await dropped(page, 'Clicks per user');
    expect(run).toBe(Number(before));
    expect(branch).toBeLessThan(run);
    await expect(page.getByRole('status').filter({ hasText: `${String(run - branch)} drops fewer` })).toHaveCount(1);
  });
  await test.step('each difference can be selected', async () => {
    const kinds = page.getByRole('combobox', { name: 'Show' });
    await kinds.selectOption({
      label: (await kinds.locator('option', { hasText: 'Dropped in the run' }).innerText()).trim(),
    });
    await page
      .getByRole('button', { name: /^Select: Dropped in the run/ })
      .first()
      .click();
    await expect(page.getByRole('status').filter({ hasText: /^Entry [\d,]+ is selected/ })).toHaveCount(1);
  });
  await test.step('its settings may count from where it left the run alone', async () => {
    const from = page.getByRole('combobox', { name: 'From when on the branch has its settings' });
    await from.selectOption('here');
    // It left at the end: nothing was to come.
    await expect.poll(async () => await dropped(page, 'Clicks per user')).toEqual([Number(before), Number(before)]);
    await from.selectOption('start');
    await expect.poll(async () => (await dropped(page, 'Clicks per user'))[1]).toBeLessThan(Number(before));
  });
  await test.step('another one beside it, by its own name', async () => {
    await page.getByRole('button', { name: 'New branch here' }).click();
    await setLateness(page, '0s');
    await page.getByRole('textbox', { name: 'Name of the branch' }).fill('No lateness');
    await expect(page.getByRole('radio', { name: 'No lateness' })).toBeChecked();
    await expect.poll(async () => (await dropped(page, 'Clicks per user'))[1]).toBeGreaterThan(Number(before));
    await expectSound(page);
  });
  await test.step('the first one is taken over: one step, which undo takes back', async () => {
    await page.getByRole('radio', { name: 'What if lateness 20 s' }).click();
    await expect(page.getByRole('region', { name: 'Draft of a branch' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Take over' }).click();
    await node(page, 'Clicks per user').click();
    const field = page.getByRole('textbox', { name: 'Allowed lateness' });
    await expect(field).toHaveValue('20s');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect(field).toHaveValue('2s');
  });
  await test.step('the last one is discarded', async () => {
    await openTab(page, 'What if');
    await page.getByRole('button', { name: 'Discard the branch' }).click();
    await expect(page.getByText('A branch runs the same events with other settings')).toBeVisible();
  });
});

test('a branch is laid over charts and plane, with a key that says which side is which', async ({ page }) => {
  await runToEnd(page);
  await page.getByRole('button', { name: 'What if', exact: true }).click();
  await setLateness(page, '20s');
  await page.getByRole('button', { name: 'Done' }).first().click();
  const [run, branch] = await dropped(page, 'Clicks per user');
  const bar = page.getByRole('region', { name: 'Laid over charts and plane' });
  const windows = page.locator('[data-chart="windows"]');
  const drops = page.locator('[data-chart="drops"]');
  const picture = (): Promise<string> =>
    page.evaluate(
      () => [...document.querySelectorAll<HTMLCanvasElement>('[data-plane] canvas')].at(-1)?.toDataURL() ?? '',
    );
  await openTab(page, 'Charts');
  await test.step('what differs is dashed, and told', async () => {
    await expect(bar).toContainText('dashed: What if lateness 20 s');
    await expect(bar).toContainText(`${String(run - branch)} rows kept there`);
    await expect(windows.locator('[data-ghost]')).toHaveCount(1);
    await expect(drops.locator('[data-ghost]')).toHaveCount(1);
    await expect(
      windows.getByRole('img', { name: /Dashed: What if lateness 20 s, other in \d+ windows?\.$/ }),
    ).toBeVisible();
    await expect(
      drops.getByRole('img', { name: /Dashed: What if lateness 20 s, other in \d+ windows?\.$/ }),
    ).toBeVisible();
    await expectSound(page);
  });
  await test.step('it is taken off and laid over again, and stays a branch', async () => {
    const marked = await picture();
    await bar.getByRole('button', { name: 'Take What if lateness 20 s off charts and plane' }).press('Enter');
    await expect(bar).toHaveCount(0);
    await expect(page.locator('[data-ghost]')).toHaveCount(0);
    await expect.poll(picture).not.toBe(marked);
    await openTab(page, 'What if');
    const overlay = page.getByRole('button', { name: 'Overlay' });
    await expect(overlay).toHaveAttribute('aria-pressed', 'false');
    await overlay.click();
    await openTab(page, 'Charts');
    await expect(windows.locator('[data-ghost]')).toHaveCount(1);
  });
  await test.step('of another node it says what differs there', async () => {
    await node(page, 'Click → purchase').click();
    await expect(bar).toContainText('nothing differs at this node so far');
    await expect(page.locator('[data-ghost]')).toHaveCount(0);
  });
  await test.step('a branch with another watermark has a dashed line there', async () => {
    await openTab(page, 'What if');
    await page.getByRole('button', { name: 'New branch here' }).click();
    await node(page, 'Clicks').click();
    const delay = page.getByRole('textbox', { name: 'Watermark delay' });
    await delay.fill('30s');
    await delay.press('Enter');
    await page.getByRole('button', { name: 'Done' }).first().click();
    await node(page, 'Clicks per user').click();
    await openTab(page, 'Charts');
    await expect(page.locator('[data-chart="clocks"] [data-line="watermark of the branch"]')).toBeVisible();
  });
});

test('sessions that a branch has longer, in two or not at all are dashed in their rows', async ({ page }) => {
  await chooseFromMenu(page, 'Templates');
  const gallery = page.getByRole('dialog', { name: 'Templates' });
  await gallery.getByRole('button', { name: 'Sessions of a user', exact: true }).click();
  await node(page, 'Visits').click();
  await runToEnd(page);
  await page.getByRole('button', { name: 'What if', exact: true }).click();
  await node(page, 'Visits').click();
  const gap = page.getByRole('textbox', { name: 'Gap' });
  await gap.fill('6s');
  await gap.press('Enter');
  await page.getByRole('button', { name: 'Done' }).first().click();
  await openTab(page, 'Charts');
  const bar = page.getByRole('region', { name: 'Laid over charts and plane' });
  await expect(bar).toContainText('session only there');
  await expect(bar).toContainText(/\d+ results? missing there, \d+ results? only there/);
  const windows = page.locator('[data-chart="windows"]');
  const dashed = windows.locator('[data-ghost]');
  await expect(dashed).toHaveCount(1);
  const told = await dashed.getAttribute('data-ghost');
  await expect(windows.getByRole('img', { name: new RegExp(`other in ${String(told)} sessions\\.$`) })).toBeVisible();
  await expectSound(page);
});

test('a branch of other events says why it cannot be', async ({ page }) => {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'What if', exact: true }).click();
  await node(page, 'Clicks').click();
  const keys = page.getByRole('textbox', { name: /^(Users|Keys)/ }).first();
  await keys.fill('7');
  await keys.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Clicks would give other events than the run has.');
  await page.getByRole('button', { name: 'Done' }).first().click();
  await expect(page.getByRole('region', { name: 'Draft of a branch' })).toHaveCount(0);
});
