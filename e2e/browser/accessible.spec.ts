import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseFromMenu, dragFromPalette, newGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

/** What a machine can find: names, roles, contrast. Each finding with the element it is about. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, nodes }) => nodes.map((found) => `${id} (${impact}): ${found.html}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('a running graph with a node selected', async ({ page }) => {
      await page.goto('./');
      await node(page, 'Clicks per user').click();
      await expect(page.getByRole('region', { name: 'Results' }).first()).toBeVisible();
      await expect(page.getByRole('region', { name: 'Ledger' }).first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('an empty graph, and one with problems', async ({ page }) => {
      await newGraph(page);
      expect(await findings(page)).toEqual([]);
      await dragFromPalette(page, 'Tumbling', { x: 300, y: 160 });
      await page.getByRole('textbox', { name: 'Size' }).fill('10 parsecs');
      await page.getByRole('button', { name: /^\d problems?$/ }).click();
      await expect(page.getByRole('dialog', { name: 'Problems' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('the command palette, the sheet of shortcuts, the list of nodes', async ({ page }) => {
      await page.goto('./');
      await expect(page.locator('[data-announcements]')).toBeAttached();
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('l');
      await expect(page.getByRole('grid', { name: 'Nodes' }).getByRole('row').nth(1)).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('the gallery', async ({ page }) => {
      await page.goto('./');
      await chooseFromMenu(page, 'Templates');
      await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
