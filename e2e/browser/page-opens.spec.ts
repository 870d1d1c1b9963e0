import { expect, test } from './page-test.ts';
import { holdBack, node } from './workbench.ts';

test('the page opens within its own policy, and keeps the keys that come before its commands', async ({ page }) => {
  const bringCommands = await holdBack(page, 'background');
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'];

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tidemark');
  expect(policy).toContain("script-src 'self'");
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', policy ?? '');

  await expect(node(page, 'Clicks')).toBeVisible();
  await page.keyboard.press('Control+k');
  bringCommands();
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
});

test('what a page complains of is heard', async ({ page, complaints }) => {
  await page.goto('./');
  await expect(page.getByRole('main', { name: 'Graph' })).toBeVisible();
  expect(complaints).toEqual([]);
  await page.evaluate(() => {
    console.error('planted on the console');
    setTimeout(() => {
      throw new Error('planted, not caught');
    });
    const image = new Image();
    image.src = 'https://elsewhere.invalid/planted.png';
  });
  for (const planted of [/on the console/, /not caught/, /violation of img-src/]) {
    await expect.poll(() => complaints).toContainEqual(expect.stringMatching(planted));
  }
  complaints.splice(0);
});

test('a part of the page that does not load says so, and the others go on', async ({ page, complaints }) => {
  await page.route(/\/assets\/(dialogs|node-panel|save-picture)-[^/]*\.js$/, (route) => route.abort());
  await page.goto('./');
  await node(page, 'Clicks').click();
  const missing = page.getByRole('alert').filter({ hasText: 'A part of the page did not load' });
  await expect(missing).toHaveCount(1);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(missing).toHaveCount(2);
  await node(page, 'Real pages').click();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /SVG/ }).click();
  await expect(page.getByText('That part of the page did not load.')).toBeVisible();
  await expect(missing.first().getByRole('button', { name: 'Reload' })).toBeVisible();
  complaints.splice(0);
});
