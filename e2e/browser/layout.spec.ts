import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { coveredNodes, cutHeads, hiddenControls, labelsOverNodes } from './geometry.ts';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd, savedLedger, status } from './running.ts';
import { chooseFromMenu, node } from './workbench.ts';

const SIZES = [
  [1280, 720],
  [1024, 768],
  [768, 1024],
  [1440, 900],
  [1920, 1080],
  [3840, 2160],
] as const;

/** From the middle of an element by this much; Playwright's own touchscreen only taps. */
async function drawByFinger(page: Page, from: Locator, by: { readonly x: number; readonly y: number }): Promise<void> {
  const box = await from.boundingBox();
  const start = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove', share: number): Promise<unknown> =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [{ x: start.x + share * by.x, y: start.y + share * by.y }],
    });
  await touch('touchStart', 0);
  for (const share of [0.5, 1]) await touch('touchMove', share);
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** With the bar and the deck, which come after the canvas. */
async function openWhole(page: Page): Promise<void> {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expect(page.getByText('Charts', { exact: true })).toBeVisible();
}

test('on every screen nothing is cut or covered, idle and running', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWhole(page);
  await expect(node(page, 'Clicks per user')).toBeVisible();
  await expect(node(page, 'Activity').locator('[data-source="ledger:activity:in"]')).not.toHaveText(/^[–0]$/);
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const where = `${String(width)}×${String(height)}`;
    await expect.poll(() => coveredNodes(page), { message: where }).toEqual([]);
    await expect.poll(() => hiddenControls(page), { message: where }).toEqual([]);
    expect(await labelsOverNodes(page), where).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole('separator', { name: 'Height of the time deck' }).press('Home');
  await expect
    .poll(async () => (await page.getByRole('region', { name: 'Time deck' }).boundingBox())?.height)
    .toBe(200);
  await expect.poll(() => hiddenControls(page)).toEqual([]);
});

test('in lecture size all text is larger by a quarter, nothing is cut, and a reload keeps it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openWhole(page);
  const rootPx = (): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  await expect.poll(rootPx).toBe('16px');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('projector');
  await page.keyboard.press('Enter');
  await expect.poll(rootPx).toBe('20px');
  for (const width of [1440, 1920]) {
    await page.setViewportSize({ width, height: 1080 });
    await expect.poll(() => hiddenControls(page), { message: String(width) }).toEqual([]);
    await expect.poll(() => coveredNodes(page), { message: String(width) }).toEqual([]);
  }
  await page.reload();
  await expect.poll(rootPx).toBe('20px');
});

test('the heads of charts are whole beside the plane, and the plane says what its marks are', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openWhole(page);
  await runToEnd(page);
  for (const [width, height] of [
    [1280, 720],
    [1280, 800],
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const where = `${String(width)}×${String(height)}`;
    await expect.poll(() => cutHeads(page), { message: where }).toEqual([]);
    for (const name of ['windows', 'clocks', 'drops', 'lateness']) {
      const plot = await page.locator(`[data-chart="${name}"] svg path`).last().boundingBox();
      expect(plot, `${name} at ${where}`).not.toBeNull();
      const chart = await page.locator(`[data-chart="${name}"] [role="img"]`).boundingBox();
      expect(chart?.height, `${name} at ${where}`).toBeGreaterThan(55);
    }
    const legend = page.locator('[data-plane] header > span[aria-hidden]').first();
    const room = await legend.boundingBox();
    for (const word of ['on time', 'late', 'dropped']) {
      const entry = await legend.getByText(word, { exact: true }).boundingBox();
      expect((entry?.y ?? Infinity) < (room?.y ?? 0) + (room?.height ?? 0), `“${word}” at ${where}`).toBe(true);
    }
  }
});

test('every column of the results beside the plane can be come to, and the key stays in view', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openWhole(page);
  await runToEnd(page);
  await node(page, 'Click → purchase').click();
  await openTab(page, 'Results');
  await expect(page.locator('[data-plane]')).toBeVisible();
  const results = page.getByRole('region', { name: 'Newest results' });
  await expect(results.locator('tbody tr').first()).toBeVisible();
  const beyond = (): Promise<number> =>
    results.evaluate((box) => box.scrollWidth - box.clientWidth - Math.round(box.scrollLeft));
  expect(await beyond()).toBeGreaterThan(50);
  await results.focus();
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    expect(await beyond()).toBeLessThanOrEqual(1);
  }).toPass();
  const room = await results.boundingBox();
  const right = (room?.x ?? 0) + (room?.width ?? 0);
  const last = await results.locator('thead th').last().boundingBox();
  expect((last?.x ?? 0) + (last?.width ?? Infinity)).toBeLessThanOrEqual(right + 1);
  for (const cell of [results.locator('thead [data-first-key]'), results.locator('tbody [data-first-key]').first()]) {
    expect((await cell.boundingBox())?.x).toBeCloseTo(room?.x ?? 0, 0);
    // Nothing that was scrolled under it shows through.
    const top = await cell.evaluate((own) => {
      const { x, y, width, height } = own.getBoundingClientRect();
      const found = document.elementFromPoint(x + width / 2, y + height / 2);
      return [own.contains(found), getComputedStyle(own).backgroundColor];
    });
    expect(top).toEqual([true, expect.stringMatching(/^rgb\(/)]);
  }
});

test('the check finds what is cut, covered, and what scrolls to the side', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openWhole(page);
  await expect.poll(() => coveredNodes(page)).toEqual([]);
  await expect.poll(() => hiddenControls(page)).toEqual([]);
  await page.addStyleTag({
    content: `[aria-label="Undo"] { translate: -2000px 0 } .react-flow__edges { translate: 60px 0 }
      body::after { content: ''; position: fixed; z-index: 99; inset: 50% 0 0 } html { overflow: auto !important }
      #root { width: 3000px; max-width: 1280px } body { width: 3000px }`,
  });
  expect(await coveredNodes(page)).toContain('Purchases');
  const hidden = await hiddenControls(page);
  expect(hidden).toEqual(expect.arrayContaining(['Undo', 'Charts', 'the page scrolls to the side']));
  await expect.poll(() => labelsOverNodes(page)).not.toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('graph, results, ledger and node are one tap away, and operators come from a sheet', async ({ page }) => {
    await page.goto('./');
    await expect(node(page, 'Clicks per user')).toBeVisible();
    await expect.poll(() => coveredNodes(page)).toEqual([]);
    await expect(page.locator('[data-clock="watermark"]')).not.toHaveText('–');
    await expect(page.locator('[data-clock="processing"]')).toBeVisible();
    const tabs = page.getByRole('navigation', { name: 'Panels' });
    const shown = {
      Results: page.getByRole('radio', { name: 'Drops' }),
      Ledger: page.getByRole('region', { name: 'Ledger' }),
      Node: page.getByRole('complementary', { name: 'Inspector' }),
      Graph: page.getByRole('radio', { name: 'Charts' }),
    };
    for (const [name, panel] of Object.entries(shown)) {
      await tabs.getByRole('button', { name }).tap();
      await expect(panel).toBeVisible();
      await expect.poll(() => hiddenControls(page), { message: name }).toEqual([]);
    }
    for (const bar of [tabs, page.getByRole('banner')]) {
      for (const button of await bar.getByRole('button').all()) {
        const box = await button.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
    }
    await page.getByRole('button', { name: 'Add an operator' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Union' }).tap();
    await expect(node(page, 'Union')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await drawByFinger(page, node(page, 'Purchases').getByRole('img', { name: 'Purchases: output out' }), {
      x: 16,
      y: -50,
    });
    await expect(page.getByRole('combobox', { name: 'What comes next?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: 'Rename the document' }).tap();
    await page.getByRole('textbox', { name: 'Name of the document' }).fill('On the road');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'More' }).tap();
    await expect(page.getByRole('menu')).toContainText(/On the road · Sav/);
  });
});

test('panels resize by keys, fill the window, and are as they were after a reload', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('./');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const deck = page.getByRole('region', { name: 'Time deck' });
  const widthOf = async (): Promise<number> => (await inspector.boundingBox())?.width ?? 0;
  const heightOf = async (): Promise<number> => (await deck.boundingBox())?.height ?? 0;
  await expect(node(page, 'Clicks per user')).toBeVisible();
  const [width, height] = [await widthOf(), await heightOf()];

  const edge = page.getByRole('separator', { name: 'Width of the inspector' });
  await edge.press('ArrowLeft');
  await expect.poll(widthOf).toBe(width + 16);
  await expect(edge).toHaveAttribute('aria-valuenow', String(width + 16));
  await edge.press('End');
  await expect.poll(widthOf).toBe(560);
  await page.getByRole('separator', { name: 'Height of the time deck' }).press('End');
  await expect.poll(heightOf).toBe(630);

  // A smaller window takes less; the larger one gets back what was chosen.
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(heightOf).toBe(504);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(heightOf).toBe(630);
  await page.reload();
  await expect(node(page, 'Clicks per user')).toBeVisible();
  await expect.poll(async () => [await widthOf(), await heightOf()]).toEqual([560, 630]);
  await edge.dblclick();
  await page.getByRole('separator', { name: 'Height of the time deck' }).press('Enter');
  await expect.poll(async () => [await widthOf(), await heightOf()]).toEqual([width, height]);

  await page.locator('.react-flow__pane').click({ position: { x: 5, y: 200 } });
  await page.keyboard.press('Shift+F');
  await expect(deck).toBeHidden();
  await expect(inspector).toBeHidden();
  await expect.poll(() => coveredNodes(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to all panels: graph' }).click();
  await page.keyboard.press('Shift+J');
  await expect(inspector).toBeHidden();
  await expect.poll(heightOf).toBeGreaterThan(800);
  await page.keyboard.press('Shift+J');
  await expect(inspector).toBeVisible();
});

test('all results of a node are saved, as many as the ledger has', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./');
  await expect(node(page, 'Clicks per user')).toBeVisible();
  await runToEnd(page);
  await expect(status(page)).toHaveAttribute('data-status', 'ended');
  const emitted = (await savedLedger(page)).nodes['clicks-per-user']?.emitted['out']?.['+I'] ?? 0;
  expect(emitted).toBeGreaterThan(1_000);

  const save = async (format: string): Promise<readonly [name: string, text: string]> => {
    await openTab(page, 'Results');
    await page.getByRole('button', { name: 'Save results' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save results' });
    await dialog.getByRole('combobox').selectOption({ value: 'clicks-per-user' });
    await dialog.getByRole('radio', { name: format }).click();
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Save all/ }).click();
    const file = await download;
    await expect(dialog).toBeHidden();
    return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')];
  };
  const [name, ndjson] = await save('NDJSON');
  expect(name).toBe('clicks-to-purchases.clicks-per-user.first-13202-entries.ndjson');
  const lines = ndjson.trimEnd().split('\n');
  const [, csv] = await save('CSV');
  const { data, errors } = Papa.parse(csv, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  const perWindow = Object.keys(JSON.parse(lines[0] ?? '{}') as object);
  expect(perWindow).toEqual(['seq', 'phase', 'node', 'port', 'op', 'key', 'window', 'pane', 'ts', 'row']);
  expect(data.length).toBe(lines.length);
  expect(lines.filter((line) => line.includes('"op":"+I"')).length).toBe(emitted);
});

test('a node that was changed since the run began says so', async ({ page }) => {
  await page.goto('./');
  await expect(node(page, 'Clicks per user')).toBeVisible();
  await runToEnd(page);
  await node(page, 'Clicks per user').click();
  await page.getByRole('textbox', { name: 'Size' }).fill('20s');
  await page.keyboard.press('Enter');
  const mark = page.getByRole('img', { name: 'Changed since the run began' });
  await expect(node(page, 'Clicks per user').getByRole('img', { name: 'Changed since the run began' })).toBeVisible();
  await expect(mark).toHaveCount(1);
  await page.keyboard.press('Escape');
  await chooseFromMenu(page, 'New');
  await expect(mark).toHaveCount(0);
});
