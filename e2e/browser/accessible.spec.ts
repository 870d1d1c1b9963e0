import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd } from './running.ts';
import { expectSound } from './sound.ts';
import { newGraph, node } from './workbench.ts';

const WIDE = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 844 };

const DIALOG = '[role="dialog"]';

async function openByPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.locator(`${DIALOG}, [role="menu"]`)).toHaveCount(0);
}

test.describe('a machine finds nothing', () => {
  test.use({ viewport: WIDE, colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });
  test.setTimeout(600_000);

  test('in the graph, the inspector and the deck', async ({ page }) => {
    await page.goto('./');
    await node(page, 'Clicks per user').click();
    await expect(page.getByRole('region', { name: 'Ledger' }).first()).toBeVisible();
    await expectSound(page);
    for (const tab of ['Rows', 'State', 'Lineage', 'Code']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectSound(page, 'aside');
    }
    for (const view of ['Results', 'Drops', 'Ledger', 'Problems']) {
      await page.getByLabel('Time deck').getByRole('radio', { name: view }).click();
      await expectSound(page, 'section[aria-label="Time deck"]');
    }
    await page.getByLabel('Time deck').getByRole('radio', { name: 'Charts' }).click();
    for (const button of await page.getByRole('button', { name: 'Show as table' }).all()) await button.click();
    await expectSound(page, 'section[aria-label="Time deck"]');
    await node(page, 'Clicks per user').click({ button: 'right' });
    await expect(page.getByRole('menu', { name: 'Actions' })).toBeVisible();
    await expectSound(page, '[role="menu"]');
    await close(page);
    await page.keyboard.press('l');
    await expect(page.getByRole('grid', { name: 'Nodes' }).getByRole('row').nth(1)).toBeVisible();
    await expectSound(page, '[aria-label="Graph as a list"]');
  });

  test('in dialogs, on an empty graph, and on one with problems', async ({ page }) => {
    await newGraph(page);
    await expectSound(page);
    await expect(page.locator('[data-announcements]')).toBeAttached();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    await expectSound(page, DIALOG);
    await close(page);
    for (const [words, name] of [
      ['keyboard shortcuts', 'Keyboard shortcuts'],
      ['open…', 'Documents'],
      ['templates', 'Templates'],
      ['share', 'Share'],
    ] as const) {
      await openByPalette(page, words);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await expectSound(page, DIALOG);
      await close(page);
    }
    await openByPalette(page, 'add tumbling');
    await page.getByRole('textbox', { name: 'Size' }).fill('10 parsecs');
    await page.getByRole('button', { name: /^\d problems?$/ }).click();
    await expect(page.getByRole('dialog', { name: 'Problems' })).toBeVisible();
    await expectSound(page, DIALOG);
    await close(page);
    await page.getByRole('button', { name: /^Document:/ }).click();
    await expectSound(page, '[role="menu"]');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: PHONE });

    test('in any of its tabs', async ({ page }) => {
      await page.goto('./');
      await expect(page.getByRole('article').first()).toBeVisible();
      await expect(page.locator('[data-announcements]')).toBeAttached();
      await expectSound(page);
      for (const tab of ['Results', 'Ledger', 'Node']) {
        await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: tab }).click();
        await expectSound(page);
      }
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: /^Templates/ }).click();
      await expect(page.getByRole('dialog', { name: 'Templates' })).toBeVisible();
      await expectSound(page, DIALOG);
    });
  });
});

test.describe('where the system forces its colours', () => {
  test.use({ viewport: WIDE, contextOptions: { forcedColors: 'active' } });

  /** What is drawn of an element by which it can be told from another, beside its text. */
  const look = (own: Locator): Promise<string> =>
    own.evaluate((element) => {
      const { backgroundColor, color, outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      const outline = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
      return [backgroundColor, color, outline].join(' | ');
    });

  test('what is chosen, selected or has the keyboard is told from what is not', async ({ page }) => {
    await page.goto('./');
    await expect(node(page, 'Clicks per user')).toBeVisible();
    await runToEnd(page);
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);

    const card = page.locator('.react-flow__node', { has: node(page, 'Clicks per user') }).locator('article');
    const plain = await look(card);
    await node(page, 'Clicks per user').click();
    await expect.poll(() => look(card)).not.toBe(plain);

    await openTab(page, 'Results');
    const views = page.getByLabel('Time deck');
    const chosen = await look(views.getByRole('radio', { name: 'Results' }));
    expect(chosen).not.toBe(await look(views.getByRole('radio', { name: 'Ledger' })));

    const rows = page.getByRole('region', { name: 'Newest results' }).locator('tbody tr');
    await rows.first().getByRole('button').first().click();
    await expect(rows.first()).toHaveAttribute('data-selected');
    await page.mouse.move(5, 5);
    await expect.poll(async () => (await look(rows.first())) === (await look(rows.nth(3)))).toBe(false);

    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    await follow.click();
    await expect(follow).toHaveAttribute('aria-pressed', 'true');
    await page.mouse.move(5, 5);
    const pressed = await look(follow);
    await page.locator('[data-plane]').getByRole('button', { name: 'All', exact: true }).click();
    await expect(follow).toHaveAttribute('aria-pressed', 'false');
    expect(await look(follow)).not.toBe(pressed);

    const restart = page.getByRole('button', { name: 'Restart' }).first();
    const without = await look(restart);
    await page.keyboard.press('Tab');
    await restart.focus();
    await expect.poll(() => look(restart)).toMatch(/solid [12]/);
    expect(await look(restart)).not.toBe(without);
  });
});
