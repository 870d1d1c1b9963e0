import { expect, test } from '@playwright/test';

test('the page opens without an error and within its own policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'];

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tidemark');
  expect(policy).toContain("script-src 'self'");
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', policy ?? '');
  expect(complaints).toEqual([]);
});
