import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd } from './running.ts';
import { chooseFromMenu } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function chooseTemplate(page: Page, name: string): Promise<void> {
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('button', { name: `Document: ${name}` })).toBeVisible();
}

function deck(page: Page): Locator {
  return page.getByLabel('Time deck');
}

test('a dropped event is explained, and the figure that it needs keeps it', async ({ page }) => {
  await page.goto('/');
  await chooseTemplate(page, 'Late events');
  await runToEnd(page);
  await openTab(page, 'Drops');
  const why = deck(page).getByRole('button', { name: /Why was event #\d+ dropped/ });
  await why.first().focus();
  await page.keyboard.press('Enter');
  await expect(why.first()).toHaveAttribute('aria-pressed', 'true');
  const card = page.getByRole('region', { name: /^Event #\d+ dropped$/ });
  await expect(card.getByRole('button', { name: /^Try a delay of/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Time deck"]').analyze();
  expect(violations).toEqual([]);
  // What a screen reader hears: when it came, its window, who closed it, and both figures with what they are now.
  await expect(card).toMatchAriaSnapshot(`
    - heading /Event .\\d+ dropped/
    - button "Close the explanation"
    - term: event
    - definition
    - term: arrived
    - definition: /after .* s/
    - term: window
    - definition
    - term: closed
    - definition: /watermark .* came with event/
    - list "What would have kept it":
      - listitem: /kept if delay . .* s .now 3 s/
      - listitem: /or lateness . .* s .now 5 s/
  `);
  const before = await dropped(page);
  await card.getByRole('button', { name: /^Try a delay of/ }).press('Enter');
  await expect(page.getByText(/^Event #\d+ is kept$/)).toBeVisible();
  await expect(card).toBeHidden();
  expect(await dropped(page)).toBeLessThan(before);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByRole('article', { name: 'Events', exact: true })).toContainText('delay 3 s');
});

/** Rows that all nodes dropped. */
async function dropped(page: Page): Promise<number> {
  return Number((await page.locator('[data-source="ledger:*:late"]').first().textContent())?.replaceAll(',', ''));
}
