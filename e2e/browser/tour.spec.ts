import { expect, test } from './page-test.ts';
import type { Locator, Page } from '@playwright/test';
import { expectSound } from './sound.ts';
import { node } from './workbench.ts';

// Colours are looked at: none may be on its way to another.
test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'light' });

function step(page: Page, number: number): Locator {
  return page.getByRole('region', { name: `Tour, step ${number} of 6` });
}

/** The card is wholly in the window; its button leads on once the step is done. */
async function next(page: Page, number: number): Promise<void> {
  const box = await step(page, number).boundingBox();
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
  const button = step(page, number).getByRole('button', { name: number === 6 ? 'Finish' : 'Next' });
  await expect(button).toBeEnabled();
  await expectSound(page, `[aria-label^="Tour, step"]`);
  await button.click();
}

test('the tour is offered once, waits for what the user does, and ends in a result that the user made', async ({
  page,
}) => {
  await page.goto('./');
  const offer = page.getByRole('region', { name: 'Tour offered' });
  await offer.getByRole('button', { name: /Take the tour/ }).click();
  await expect(offer).toBeHidden();

  await expect(step(page, 1)).toBeFocused();
  await next(page, 1);

  await expect(step(page, 2).getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  await next(page, 2);

  // The page is not behind the tour: what it speaks of can be used.
  await expect(step(page, 3).getByRole('button', { name: 'Next' })).toBeDisabled();
  await node(page, 'Clicks per user').click();
  await next(page, 3);

  await page.getByRole('textbox', { name: 'Allowed lateness' }).fill('25s');
  await page.keyboard.press('Enter');
  // Escape is the field's, not the tour's.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Allowed lateness' })).not.toBeFocused();
  await next(page, 4);

  await step(page, 5).getByRole('button', { name: 'Show me' }).click();
  await expect(step(page, 5).getByRole('status')).toContainText(/Now it drops \d+ of [\d,]+ rows/);
  await next(page, 5);

  await step(page, 6).getByRole('button', { name: 'Show me' }).click();
  await expect(node(page, 'Table')).toBeVisible();
  await next(page, 6);
  await expect(step(page, 6)).toBeHidden();

  await page.reload();
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(offer).toBeHidden();
});

test('the tour outlives a reload, can be left by keyboard and goes on where it was left', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: /Take the tour/ }).focus();
  await page.keyboard.press('Enter');
  await next(page, 1);
  await expect(step(page, 2)).toBeFocused();
  await page.reload();
  await expect(step(page, 2)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(step(page, 2)).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Take the tour');
  await page.keyboard.press('Enter');
  await expect(step(page, 2)).toBeVisible();
  await step(page, 2).getByRole('button', { name: 'Leave' }).click();
  await expect(step(page, 2)).toBeHidden();
});
