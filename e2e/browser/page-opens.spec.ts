import { expect, test } from './page-test.ts';

test('the page opens within its own policy', async ({ page }) => {
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'];

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tidemark');
  expect(policy).toContain("script-src 'self'");
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', policy ?? '');
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
