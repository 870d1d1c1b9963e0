import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { clockOf, runToEnd, status } from './running.ts';
import { expectSound } from './sound.ts';
import { node } from './workbench.ts';

/** Through the run and back: the track, steps, places that are typed, breakpoints and bookmarks. */

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  await runToEnd(page);
});

function track(page: Page): Locator {
  return page.getByRole('slider', { name: 'Offset in the run' });
}

/** Where the run stands, as a screen reader hears it of the track. */
async function offset(page: Page): Promise<number> {
  const words = (await track(page).getAttribute('aria-valuetext')) ?? '';
  return Number(/^offset ([\d,]+) of/.exec(words)?.[1]?.replaceAll(',', ''));
}

async function expectAt(page: Page, seq: number): Promise<void> {
  await expect.poll(() => offset(page)).toBe(seq);
}

async function goTo(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Go to…' }).click();
  const field = page.getByRole('textbox', { name: 'Go to' });
  await field.fill(text);
  await field.press('Enter');
}

/** All figures on the graph. */
async function figures(page: Page): Promise<readonly string[]> {
  return page.getByRole('article').locator('dl').allInnerTexts();
}

function heard(page: Page): Locator {
  return page.locator('[data-announcements]');
}

test('the same place shows the same from wherever it is reached, by hand, by keys and by what is typed', async ({
  page,
}) => {
  await expect(track(page)).toHaveAttribute('aria-valuetext', /^offset 13,202 of 13,202, \d\d:\d\d:\d\d\.\d$/);
  await goTo(page, '#3,000');
  await expectAt(page, 3_000);
  await expect(heard(page)).toHaveText(/^Offset 3,000, \d\d:\d\d:\d\d\.\d\.$/);
  const there = await figures(page);
  const thereMs = await clockOf(page, 'processing');

  await test.step('dragged away and typed back', async () => {
    const box = await track(page).boundingBox();
    if (box === null) throw new Error('The track is not in view.');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, y, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => offset(page)).toBeGreaterThan(9_000);
    expect(await figures(page)).not.toEqual(there);
    await page.mouse.click(box.x + 1, y);
    await expect.poll(() => offset(page)).toBeLessThan(100);
    await goTo(page, '3000');
    await expectAt(page, 3_000);
    await expect.poll(() => figures(page)).toEqual(there);
  });
  await test.step('from both ends, by keys on the track', async () => {
    await track(page).focus();
    await page.keyboard.press('End');
    await expectAt(page, 13_202);
    await page.keyboard.press('PageDown');
    await expect.poll(() => offset(page)).toBeLessThan(13_202);
    await page.keyboard.press('Home');
    await expectAt(page, 0);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await expectAt(page, 11);
    await goTo(page, '+2989');
    await expectAt(page, 3_000);
    await expect.poll(() => figures(page)).toEqual(there);
  });
  await test.step('steps there and back', async () => {
    await track(page).focus();
    for (const [next, previous] of [
      ['s', 'Shift+S'],
      ['w', 'Shift+W'],
      ['p', 'Shift+P'],
    ] as const) {
      await page.keyboard.press(next);
      await expect.poll(() => offset(page)).toBeGreaterThan(3_000);
      const further = await offset(page);
      await expect(heard(page)).toContainText(
        next === 's' ? /Paused|Offset/ : `Offset ${further.toLocaleString('en')}, `,
      );
      await page.keyboard.press(next);
      await expect.poll(() => offset(page)).toBeGreaterThan(further);
      await page.keyboard.press(previous);
      await expectAt(page, further);
      await goTo(page, '#3000');
      await expectAt(page, 3_000);
      await expect.poll(() => figures(page)).toEqual(there);
    }
  });
  await test.step('a time is where all came up to it, nonsense says what it is', async () => {
    const [, time = ''] = /T(.*)Z/.exec(new Date(thereMs).toISOString()) ?? [];
    await page.keyboard.press('<');
    await expectAt(page, 0);
    await goTo(page, '12:99');
    const field = page.getByRole('textbox', { name: 'Go to' });
    await expect(page.getByRole('alert')).toHaveText(/12:99 is no time of day/);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill('soonish');
    await field.press('Enter');
    await expect(page.getByRole('alert')).toContainText('“soonish” is no place in the run');
    await field.fill(`${new Date(thereMs).toISOString().slice(0, 10)} ${time}`);
    await field.press('Enter');
    await expectAt(page, 3_000);
    await expect.poll(() => figures(page)).toEqual(there);
  });
  await page.keyboard.press('>');
  await expectAt(page, 13_202);
});

test('a run stops behind what a breakpoint waits for; bookmarks and breakpoints are there after a reload', async ({
  page,
}) => {
  const stopped = status(page).getByText(/^Stopped behind event/);
  const play = page.getByRole('button', { name: 'Play' });
  await test.step('a condition that cannot be says where it is wrong, one that can stops the run', async () => {
    await page.keyboard.press('<');
    await expectAt(page, 0);
    await page.keyboard.press('d');
    const panel = page.getByRole('dialog', { name: /^Breakpoints/ });
    await panel.getByRole('combobox', { name: 'Stop at' }).selectOption({ label: 'Row for which' });
    await panel.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'Real pages' });
    const condition = panel.getByRole('textbox', { name: 'Condition' });
    await condition.fill("pag = '/help'");
    await panel.getByRole('button', { name: 'Add breakpoint' }).click();
    await expect(panel.getByRole('alert')).toContainText('No column pag');
    await expect(condition).toHaveAttribute('aria-invalid', 'true');
    await expect(panel.getByRole('checkbox')).toHaveCount(0);
    await expectSound(page, '[role="dialog"]');
    await condition.fill("page = '/help'");
    await panel.getByRole('button', { name: 'Add breakpoint' }).click();
    await expect(panel.getByRole('checkbox', { name: "Row into Real pages: page = '/help'" })).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(node(page, 'Real pages').getByRole('img', { name: 'Breakpoint' })).toBeVisible();
    await play.click();
    await expect(stopped).toContainText("row into Real pages: page = '/help'");
    await expect(heard(page)).toContainText('Stopped behind event');
    // The first row that the filter left out.
    await expect(node(page, 'Real pages').locator('dd').last()).toHaveText('1');
    const first = await offset(page);
    await status(page).getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => offset(page)).toBeGreaterThan(first);
    await expect(node(page, 'Real pages').locator('dd').last()).toHaveText('2');
  });
  await test.step('a drop: why it was', async () => {
    await node(page, 'Clicks per user').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Break on drop' }).click();
    await expect(heard(page)).toHaveText('Breakpoint: Drop at Clicks per user.');
    await page.getByRole('button', { name: /^Breakpoints, 2/ }).click();
    await page.getByRole('checkbox', { name: /^Row into Real pages/ }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('<');
    await expectAt(page, 0);
    await play.click();
    await expect(stopped).toContainText('drop at Clicks per user');
    await expect(node(page, 'Clicks per user').locator('dd').last()).toHaveText('1');
    await expectSound(page, 'footer[data-status]');
    await status(page).getByRole('button', { name: 'Why?' }).click();
    await expect(page.getByRole('region', { name: 'Newest drops' }).getByRole('button', { pressed: true })).toHaveCount(
      1,
    );
  });
  await test.step('by keyboard alone: a bookmark, its name, and back to it', async () => {
    await track(page).focus();
    const place = await offset(page);
    await page.keyboard.press('b');
    await expect(heard(page)).toContainText('Bookmark 1 is set at offset');
    await page.keyboard.press('Shift+B');
    const name = page.getByRole('textbox', { name: /^Name of the bookmark/ });
    await expect(page.getByRole('dialog', { name: /^Bookmarks/ })).toBeVisible();
    await name.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('first drop');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('<');
    await expectAt(page, 0);
    await page.reload();
    await expect(node(page, 'Clicks per user').getByRole('img', { name: 'Breakpoint' })).toBeVisible();
    await page.getByRole('button', { name: /^Bookmarks, 1/ }).press('Enter');
    await expectSound(page, '[role="dialog"]');
    await page.getByRole('button', { name: 'Go to first drop' }).press('Enter');
    await expectAt(page, place);
    await page.getByRole('button', { name: 'Remove first drop' }).press('Enter');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /^Go to Bookmark/ })).toHaveCount(0);
  });
});
