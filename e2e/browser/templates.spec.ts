import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseFromMenu } from './workbench.ts';

async function openPage(page: Page): Promise<void> {
  await page.goto('./');
  await expect(page.getByRole('article').first()).toBeVisible();
}

async function openGallery(page: Page): Promise<Locator> {
  await chooseFromMenu(page, 'Templates');
  const gallery = page.getByRole('dialog', { name: 'Templates' });
  await expect(gallery).toBeVisible();
  return gallery;
}

test('the gallery has a picture of each template, finds them, and what it opens runs and shows rows', async ({
  page,
}) => {
  await openPage(page);
  const gallery = await openGallery(page);
  const cards = gallery.locator('[data-card]');
  await expect(cards).toHaveCount(26);
  await expect(gallery.locator('[data-card] img')).toHaveCount(26);
  const sizes = await gallery
    .locator('[data-card] img')
    .evaluateAll((images) => images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)));
  expect(Math.min(...sizes)).toBeGreaterThan(300);

  await gallery.getByRole('combobox', { name: 'Operator' }).selectOption({ label: 'Pattern' });
  await expect(cards).toHaveCount(2);
  await gallery.getByRole('combobox', { name: 'Operator' }).selectOption('');
  await gallery.getByRole('searchbox', { name: 'Search templates' }).fill('no such thing');
  await expect(gallery.getByRole('status')).toContainText('No template shows that');
  await gallery.getByRole('searchbox', { name: 'Search templates' }).fill('nexmark');
  await expect(cards).toHaveCount(3);

  await page.keyboard.press('ArrowDown');
  await expect(gallery.getByRole('button', { name: 'Nexmark q5: hot items' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(gallery.getByRole('button', { name: 'Nexmark q7: highest bid' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(gallery).toBeHidden();
  await expect(page.getByRole('article', { name: 'Who bid it' })).toBeVisible();
  await expectRows(page);

  // Made-up events above; a file, and another engine. That all of them give rows is told by `gallery-answers.test.ts`.
  for (const name of ['Flights', 'Kafka: activity stream']) {
    await (await openGallery(page)).getByRole('button', { name, exact: true }).click();
    await expect(gallery).toBeHidden();
    await expectRows(page);
  }
});

/** Of all sinks one at least has rows, and no node has a problem. */
async function expectRows(page: Page): Promise<void> {
  const rows = page.locator('[data-group="sinks"] [data-source$=":in"]');
  await expect.poll(async () => (await rows.allInnerTexts()).some((text) => /[1-9]/.test(text))).toBe(true);
  await expect(page.locator('[data-severity]')).toHaveCount(0);
}

test('the graph is saved as SVG and as PNG; without nodes it says how to begin', async ({ page }) => {
  await openPage(page);
  for (const [format, magic] of [
    ['SVG', '<svg'],
    ['PNG', '\u0089PNG'],
  ] as const) {
    await expect(page.locator('[data-announcements]')).toBeAttached();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.type(`picture as ${format}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe(`clicks-to-purchases.${format.toLowerCase()}`);
    const bytes = readFileSync(await download.path());
    expect(bytes.toString('latin1', 0, 4)).toBe(magic);
    expect(bytes.length).toBeGreaterThan(3_000);
  }

  await chooseFromMenu(page, 'New');
  const begin = page.getByRole('region', { name: 'How to begin' });
  await begin.getByRole('button', { name: 'Add a source' }).click();
  await expect(page.getByRole('article', { name: 'Generator' })).toBeVisible();
  await expect(begin).toBeHidden();
  await page.keyboard.press('Control+z');
  await begin.getByRole('button', { name: 'All templates' }).click();
  await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
});
