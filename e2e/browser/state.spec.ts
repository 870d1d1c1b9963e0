import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openRows } from './window-graphs.ts';
import { node } from './workbench.ts';

/** What a node keeps, as pictures on a line of time that are heard and walked by keys. */

async function step(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Step one event' }).click();
}

test('open windows stand on a line of time with what fires them and when they go', async ({ page }) => {
  const window = { kind: 'tumbling', sizeMs: 10_000, latenessMs: 5_000 };
  await openRows(page, { window, watermark: { delayMs: 2_000 } }, [
    { t: 1_000, k: 'a' },
    { t: 12_000, k: 'b' },
    { t: 14_000, k: 'a' },
  ]);
  await page.getByRole('tab', { name: 'State' }).click();
  await step(page);
  await step(page);
  const picture = page.getByRole('region', { name: 'On the line of time' }).locator('svg');
  await expect(picture).toHaveAccessibleName(
    /^Bars over event time: 2 open windows\. First \[00:00, 00:10\): 1, (fires|has fired, goes) at watermark/,
  );
  await step(page);
  // The watermark is 14 s less 2 s and 1 ms: the first window has fired and waits for what is late.
  await expect(picture).toHaveAccessibleName(/First \[00:00, 00:10\): 1, has fired, goes at watermark 00:00:14\.999/);
  await expect(page.getByRole('region', { name: 'Open windows' })).toContainText(
    '00:00:19.999 fires, 00:00:24.999 goes',
  );
});

test('sessions have a lane for each key, and it is told which became one', async ({ page }) => {
  const window = { kind: 'session', gapMs: 3_000, sizeMs: undefined };
  await openRows(page, { window, watermark: { delayMs: 60_000 } }, [
    { t: 1_000, k: 'a' },
    { t: 6_000, k: 'a' },
    { t: 2_000, k: 'b' },
    { t: 4_000, k: 'a' },
    { t: 30_000, k: 'b' },
  ]);
  await page.getByRole('tab', { name: 'State' }).click();
  for (let i = 0; i < 3; i++) await step(page);
  const picture = page.getByRole('region', { name: 'On the line of time' }).locator('svg');
  await expect(picture).toHaveAccessibleName(/^Bars over event time: 3 windows of 2 keys\./);
  await expect(page.getByRole('region', { name: 'Merged sessions' })).toHaveCount(0);
  await step(page);
  await expect(picture).toHaveAccessibleName(/^Bars over event time: 2 windows of 2 keys\./);
  await expect(page.getByRole('region', { name: 'Merged sessions' })).toContainText(
    'a [00:01, 00:04) + [00:06, 00:09) → [00:01, 00:09)',
  );
});

test('rows that wait in a join are walked by keys, with their partners, and who holds the watermark is said', async ({
  page,
}) => {
  await page.goto('./');
  await page.waitForTimeout(3_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  await node(page, 'Click → purchase').click();
  await page.getByRole('tab', { name: 'State' }).click();
  const region = page.getByRole('region', { name: 'Waiting rows over event time' });
  const picture = region.locator('svg');
  await expect(picture).toHaveAccessibleName(
    /^Two lines of event time: \d+ left rows above, \d+ right rows below, \d+ pairs of them match by key and time\.$/,
  );
  await expect(region).toContainText('Choose a row to see whom it waits for.');
  await picture.press('ArrowRight');
  await expect(page.locator('[data-announcements]')).toHaveText(
    /^The (left|right) row of \S+ at [\d:.]+ takes (left|right) rows from [\d:.]+ to [\d:.]+: .*Goes at watermark [\d:.]+\.$/,
  );
  await expect(picture.locator('[data-reach]')).toBeVisible();
  await picture.press('Escape');
  await expect(picture.locator('[data-reach]')).toHaveCount(0);
  const marks = page.getByRole('region', { name: 'Watermark of inputs' });
  await expect(marks.getByRole('row', { name: /right: Purchases/ })).toContainText('holds');
  await expect(marks.getByRole('row', { name: /left: Real pages/ })).not.toContainText('holds');
  await expect(page.getByRole('tabpanel').getByRole('region', { name: 'Ledger' })).toContainText('balanced');
});
