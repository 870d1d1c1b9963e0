import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { clockOf, runToEnd } from './running.ts';
import { node } from './workbench.ts';

/** Charts that have their axes, the moment pointed at and what is selected in common. */

function chart(page: Page, name: string): Locator {
  return page.locator(`[data-chart="${name}"]`);
}

function plot(page: Page, name: string): Locator {
  return chart(page, name).locator('[role="img"]');
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place in a plot, by shares of its width and height. */
async function placeIn(page: Page, name: string, across: number): Promise<Point> {
  const box = await plot(page, name).boundingBox();
  if (box === null) throw new Error(`The plot ${name} is not in view.`);
  return { x: box.x + across * box.width, y: box.y + box.height / 2 };
}

async function hover(page: Page, name: string, across: number): Promise<void> {
  const { x, y } = await placeIn(page, name, across);
  await page.mouse.move(x, y);
}

async function dragOver(page: Page, name: string, [from, to]: readonly [number, number]): Promise<void> {
  const start = await placeIn(page, name, from);
  const end = await placeIn(page, name, to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, start.y);
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
}

/** Puts a chart in a place of the grid. */
async function choose(page: Page, place: string, title: string): Promise<void> {
  await chart(page, place).getByLabel('Chart in this place').selectOption({ label: title });
}

/** The times at an axis, as written. */
async function axisOf(page: Page, name: string): Promise<readonly string[]> {
  const texts = await plot(page, name).locator('text').allTextContents();
  return texts.filter((text) => /^\d\d:\d\d/.test(text));
}

/** Space beside the bars of the plot of lateness, px. */
const MARGIN = 14;

/** The rows of a chart as its table has them. */
async function tableOf(page: Page, name: string): Promise<readonly (readonly string[])[]> {
  const turn = chart(page, name).getByRole('button', { name: 'Show as table' });
  await turn.click();
  const rows = await chart(page, name)
    .locator('tbody tr')
    .evaluateAll((list) => list.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)));
  await turn.click();
  return rows;
}

async function atEnd(page: Page): Promise<void> {
  await page.goto('./');
  await runToEnd(page);
  await choose(page, 'windows', 'State');
  await choose(page, 'drops', 'Latency of results');
}

test('a moment pointed at in one chart stands in all of its axis and in the clocks', async ({ page }) => {
  await atEnd(page);
  const ranAtMs = await clockOf(page, 'processing');
  await hover(page, 'latency', 0.6);
  const cursor = chart(page, 'state').locator('[data-cursor-ms]');
  const atMs = Number(await cursor.getAttribute('data-cursor-ms'));
  for (const name of ['latency', 'clocks']) {
    await expect(chart(page, name).locator('[data-cursor-ms]')).toHaveAttribute('data-cursor-ms', String(atMs));
  }
  await expect(chart(page, 'lateness').locator('[data-cursor-ms]')).toHaveCount(0);
  const shown = new Date(atMs).toISOString().slice(11, 21);
  await expect(page.locator('[data-clock="processing"]')).toHaveText(shown);
  expect(atMs).toBeLessThan(ranAtMs);
  await page.mouse.move(5, 5);
  await expect(cursor).toHaveCount(0);
  await expect(page.locator('[data-clock="processing"]')).not.toHaveText(shown);
});

test('a note beside the pointer tells of the bar below it, within the plot, and goes with the pointer', async ({
  page,
}) => {
  await atEnd(page);
  const cells = await tableOf(page, 'lateness');
  const box = await plot(page, 'lateness').boundingBox();
  if (box === null) throw new Error('The plot is not in view.');
  const note = plot(page, 'lateness').locator('[data-plot-note]');
  const bars = cells.length;
  for (const [i, down] of [0, 2, bars >> 1, bars - 2].flatMap((bar) =>
    [0.2, 0.7].map((share) => [bar, share] as const),
  )) {
    await page.mouse.move(box.x + MARGIN + ((i + 0.5) / bars) * (box.width - 2 * MARGIN), box.y + down * box.height);
    const [range = '', events = ''] = cells[i] ?? [];
    await expect(note).toContainText(`${range} behind the newest`);
    await expect(note).toContainText(`${events} events`);
    const at = await note.boundingBox();
    if (at === null) throw new Error('There is no note.');
    expect(at.y).toBeGreaterThanOrEqual(box.y);
    expect(at.y + at.height).toBeLessThanOrEqual(box.y + box.height + 1);
    expect(at.x + at.width).toBeLessThanOrEqual(box.x + box.width + 1);
  }
  await page.mouse.move(5, 5);
  await expect(note).toHaveCount(0);
});

test('a stretch marked in one chart is what all of its axis show, and two clicks show all', async ({ page }) => {
  await atEnd(page);
  const all = await axisOf(page, 'state');
  expect(await axisOf(page, 'latency')).toEqual(all);
  await dragOver(page, 'clocks', [0.4, 0.6]);
  await expect.poll(() => axisOf(page, 'state')).not.toEqual(all);
  const zoomed = await axisOf(page, 'state');
  expect(await axisOf(page, 'latency')).toEqual(zoomed);
  expect(await axisOf(page, 'clocks')).toEqual(zoomed);
  const { x, y } = await placeIn(page, 'latency', 0.5);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => axisOf(page, 'clocks')).toEqual(all);
});

test('a window that is clicked is selected in results and drops, and its emission in the others', async ({ page }) => {
  await page.goto('./');
  await runToEnd(page);
  const { x, y } = await placeIn(page, 'windows', 0.5);
  await page.mouse.click(x, y);
  await expect(chart(page, 'windows').locator('[data-selected-stretch]')).toBeVisible();
  await expect(chart(page, 'drops').locator('[data-selected-stretch]')).toBeVisible();
  await expect(chart(page, 'clocks').locator('[data-selected-moment]')).toHaveCount(1);
  const mark = node(page, 'Clicks per user').getByRole('img', { name: /^Selected: \[/ });
  await expect(mark).toBeVisible();
  await expect(page.locator('[data-carries]')).toHaveCount(1);
  await plot(page, 'windows').press('Escape');
  await expect(mark).toHaveCount(0);
  await expect(page.locator('[data-selected-stretch]')).toHaveCount(0);
});

test('by keys: points are walked and read out, a window is selected, the axis zoomed', async ({ page }) => {
  await page.goto('./');
  await runToEnd(page);
  const said = page.locator('[data-announcements]');
  const windows = plot(page, 'windows');
  await expect(windows).toHaveAccessibleDescription(/Arrows walk, Enter selects/);
  await windows.focus();
  await page.keyboard.press('Home');
  await expect(said).toHaveText(/^\[\d\d:\d\d:\d\d, \d\d:\d\d:\d\d\), u\d+ /);
  const first = await said.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(said).not.toHaveText(first ?? '');
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(/is selected\.$/);
  await expect(chart(page, 'drops').locator('[data-selected-stretch]')).toHaveCount(1);
  const before = await axisOf(page, 'drops');
  await page.keyboard.press('+');
  await expect(said).toHaveText('Zoomed in.');
  await expect.poll(() => axisOf(page, 'drops')).not.toEqual(before);
  await page.keyboard.press('0');
  await expect.poll(() => axisOf(page, 'drops')).toEqual(before);
});

test('charts that were chosen are there again, each with a table and its words', async ({ page }) => {
  await atEnd(page);
  await page.reload();
  await expect(chart(page, 'state')).toBeVisible();
  await expect(chart(page, 'windows')).toHaveCount(0);
  await runToEnd(page);
  await expect(plot(page, 'latency')).toHaveAccessibleName(
    /results by how long after the end of their window they came/,
  );
  await expect(plot(page, 'state')).toHaveAccessibleName(/how much is kept\. Now 0 rows, at most \d+ after a round/);
  for (const name of ['state', 'latency']) {
    await plot(page, name).press('t');
    await expect(chart(page, name).getByRole('row').nth(2)).toBeVisible();
  }
});
