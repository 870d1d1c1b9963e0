import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, endThread, runToEnd, savedLedger, status } from './running.ts';

/** The engine's thread comes to its end by itself: it is started again, and the run is brought back to where it was shown. */

/** What is said of it, where a screen reader hears it, and the event that it names. */
async function broughtBackTo(page: Page): Promise<number> {
  const news = page
    .locator('[aria-live="polite"]')
    .getByText(/brought back to event #[\d,]+/)
    .first();
  await expect(news).toHaveText(/^It was started again, and the run was brought back to event #[\d,]+\.$/);
  await expect(page.getByText('The engine stopped unexpectedly').first()).toBeVisible();
  return Number(/#([\d,]+)/.exec(await news.innerText())?.[1]?.replaceAll(',', ''));
}

async function entries(page: Page): Promise<number> {
  return (await savedLedger(page)).run.entries;
}

test('a run whose engine ends goes on from where it was, in mid-run and in mid-seek, to the same end', async ({
  page,
}) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  await runToEnd(page);
  const straight = await savedLedger(page);

  await test.step('in mid-run', async () => {
    await chooseSpeed(page, '10×');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(status(page)).toHaveAttribute('data-status', 'running');
    await expect.poll(() => page.locator('[data-source="ledger:sources:in"]').first().innerText()).not.toBe('0');
    await endThread(page);
    expect(await broughtBackTo(page)).toBeGreaterThan(0);
    await expect(status(page)).toHaveAttribute('data-status', 'running');
    await runToEnd(page);
    expect(await savedLedger(page)).toEqual(straight);
  });

  await test.step('in mid-seek: back to the last place that was shown, and the next seek is one as ever', async () => {
    await endThread(page, 2_000);
    const track = status(page).getByRole('slider').first();
    await track.press('Home');
    await expect(status(page)).toHaveAttribute('data-status', /ended|paused/);
    await expect.poll(() => broughtBackTo(page)).toBe(straight.run.entries);
    await track.press('End');
    await expect.poll(() => entries(page)).toBe(straight.run.entries);
    expect(await savedLedger(page)).toEqual(straight);
  });
});

test('an engine that ends again and again is left alone, and play begins anew', async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  await expect(async () => {
    if ((await status(page).getAttribute('data-status')) === 'running') await endThread(page);
    await expect(status(page)).toHaveAttribute('data-status', 'failed', { timeout: 2_000 });
  }).toPass();
  const why = /The engine stopped: .* Press play to begin again at the first event/;
  await expect(status(page).getByText(why)).toBeVisible();
  await expect(page.locator('[data-announcements]')).toHaveText(why);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'running');
});
