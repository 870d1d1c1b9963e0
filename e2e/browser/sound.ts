import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './page-test.ts';

/** What a machine can find: names, roles, contrast. Each finding with the element it is about. */
async function findings(page: Page, within: string | null): Promise<readonly string[]> {
  const builder = (): AxeBuilder => {
    const axe = new AxeBuilder({ page });
    return within === null ? axe : axe.include(within);
  };
  const light = await builder().analyze();
  // Names and roles are the same in the dark.
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const dark = await builder().withRules(['color-contrast']).analyze();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  return [...light.violations, ...dark.violations].flatMap(({ id, impact, nodes }) =>
    nodes.map((found) => `${id} (${String(impact)}): ${found.html}`),
  );
}

/** Behind a dialog nothing else is there to be read. */
export async function expectSound(page: Page, within: string | null = null): Promise<void> {
  expect(await findings(page, within)).toEqual([]);
}
