import { expect, test } from './page-test.ts';
import { runToEnd } from './running.ts';
import { chooseFromMenu, graphNow, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a node by keyboard: name, fields, help, an expression that is put back, and back to the canvas', async ({
  page,
}) => {
  await page.goto('./');
  await node(page, 'Real pages').click();
  // Keys are heard once the graph can be dragged.
  await expect(async () => {
    await page.keyboard.press('F2');
    await expect(page.getByRole('textbox', { name: 'Name of the node' })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  const predicate = page.getByRole('textbox', { name: 'Keep if' });
  await expect(predicate).toBeFocused();
  await expect(predicate).toHaveClass(/cm-content/);
  const before = await predicate.textContent();

  await predicate.press('End');
  await predicate.pressSequentially(' AND uppe');
  await expect(page.getByText('UPPER(text)')).toBeVisible();
  await predicate.press('Enter');
  await expect(predicate).toHaveText(/AND UPPER\($/);
  await expect(predicate).toHaveAttribute('aria-invalid', 'true');
  await predicate.press('Escape');
  await expect(predicate).toHaveText(before ?? '');
  await predicate.press('Escape');
  await expect(page.locator('.react-flow__node:focus')).toHaveCount(1);

  await page.getByRole('button', { name: 'Help about the operator' }).click();
  const help = page.getByRole('region', { name: 'About Filter' });
  await expect(help).toContainText('WHERE');
  await expect(help.getByRole('img', { name: /the three that fit go out/ })).toBeVisible();
});

test('a duration means what stands beside it, is applied by Enter or by leaving, and taken back by Escape', async ({
  page,
}) => {
  await page.goto('./');
  await node(page, 'Clicks per user').click();
  const lateness = page.getByRole('textbox', { name: 'Allowed lateness', exact: true });
  await expect(lateness).toHaveValue('2s');
  for (const [text, meaning] of [
    ['PT5M', '5 min'],
    ['1h 30min', '1 h 30 min'],
    ['500', '500 ms'],
  ] as const) {
    await lateness.fill(text);
    await expect(page.getByText(`closes at end + ${meaning}`)).toBeVisible();
  }
  // Nothing of it was applied: there is nothing to undo.
  // The message about the edit has one of its own.
  const undo = page.getByRole('banner').getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeDisabled();
  await lateness.press('Escape');
  await expect(lateness).toHaveValue('2s');
  await lateness.fill('PT5M');
  await lateness.press('Enter');
  await expect(lateness).toHaveValue('5m');
  await undo.click();
  await expect(lateness).toHaveValue('2s');
  await expect(undo).toBeDisabled();
  // A command that works in a field finds what was typed there: the graph is saved with it.
  await lateness.fill('7m');
  expect(await graphNow(page)).toContain('"latenessMs": 420000');
  await undo.click();
  await expect(lateness).toHaveValue('2s');
  await lateness.fill('10 parsecs');
  await expect(page.getByText('Not a time. Write 10s, 5m or 1h.')).toBeVisible();
  await lateness.press('F1');
  await expect(page.getByText('How long a window is kept after it was complete')).toBeVisible();

  // What is unfinished stays with its graph.
  await chooseFromMenu(page, 'Duplicate');
  await expect(lateness).toHaveCount(0);
  await node(page, 'Clicks per user').click();
  await expect(lateness).toHaveValue('2s');
  await undo.click();
  await expect(lateness).toHaveValue('10 parsecs');
});

test('rows, state and code of a node after a run', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./');
  await node(page, 'Clicks per user').click();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await runToEnd(page);
  const rows = page.getByRole('grid', { name: 'Rows' });
  await expect(rows).toHaveAttribute('aria-rowcount', '2001');
  expect(await rows.getByRole('row').count()).toBeLessThan(80);
  await rows.focus();
  await rows.press('End');
  await expect(rows.locator('[aria-rowindex="2001"]')).toHaveAttribute('aria-selected', 'true');
  await rows.press('Control+c');
  await expect(async () => {
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as object;
    expect(Object.keys(copied)).toContain('user_id');
  }).toPass();

  await page.getByRole('tab', { name: 'State' }).click();
  await expect(page.getByRole('region', { name: 'Size' })).toContainText('input rows held0');
  await node(page, 'Click → purchase').click();
  await expect(page.getByRole('region', { name: 'Left rows' })).toBeVisible();
  await node(page, 'Real pages').click();
  await expect(page.getByRole('tabpanel')).toContainText('keeps nothing for the next one');

  await page.getByRole('tab', { name: 'Code' }).click();
  const code = JSON.parse((await page.getByRole('group', { name: 'The node as JSON' }).textContent()) ?? '') as object;
  expect(code).toMatchObject({ type: 'filter', label: 'Real pages' });
});
