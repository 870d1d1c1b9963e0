import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseSpeed, runToEnd, status } from './running.ts';
import type { Row } from './window-graphs.ts';
import { openRows } from './window-graphs.ts';
import { graphOf, node, openGraph } from './workbench.ts';

/** Inputs that would break a picture of time, each with what the screen says of it. */

test.use({ viewport: { width: 1440, height: 900 } });
// None knows of another.
test.describe.configure({ mode: 'parallel' });

const NOON_MS = Date.UTC(2026, 2, 1, 12);
const TUMBLING = { kind: 'tumbling', sizeMs: 10_000 };

function plot(page: Page): Locator {
  return page.getByRole('application', { name: /^Event time against processing time/ });
}

function heard(page: Page): Locator {
  return page.locator('[data-announcements]');
}

/** Rows of one key, at these times. */
function rowsAt(...times: readonly number[]): readonly Row[] {
  return times.map((t) => ({ t, k: 'a' }));
}

/** Nothing on the screen is a number that is none. */
async function expectTold(page: Page, points: RegExp): Promise<void> {
  await expect(plot(page)).toHaveAccessibleName(points);
  expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity|undefined|Invalid/);
}

test('files of one event, of one moment, and of two centuries are shown as what they are', async ({ page }) => {
  await test.step('one', async () => {
    await openRows(page, { window: TUMBLING }, rowsAt(NOON_MS));
    await runToEnd(page);
    await expectTold(page, /\. 1 event: 1 on time\./);
    await plot(page).press('End');
    await expect(heard(page)).toHaveText(/^Event #0 on time\. k a, event time .*, arrived /);
    await plot(page).press('ArrowRight');
    await expect(heard(page)).toHaveText('This is the last event.');
  });
  await test.step('fifty at the same time', async () => {
    await openRows(page, { window: TUMBLING }, rowsAt(...Array.from({ length: 50 }, () => NOON_MS)));
    await runToEnd(page);
    await expectTold(page, /\. 50 events: 50 on time\./);
    await plot(page).press('0');
    await plot(page).press('+');
    await expect(heard(page)).toHaveText(/^Shows event times 2026-03-01 .* to .*, arrivals .* to /);
    await plot(page).press('Home');
    await plot(page).press('Enter');
    await expect(page.locator('[data-plane]').getByRole('region', { name: 'Event #0 on time' })).toBeVisible();
  });
  await test.step('over two hundred years', async () => {
    const years = Array.from({ length: 41 }, (_, i) => Date.UTC(1900 + 5 * i, 0, 1));
    await openRows(page, { window: TUMBLING }, rowsAt(...years));
    await runToEnd(page);
    await expectTold(page, /\. 41 events: 41 on time\./);
    await plot(page).press('Home');
    await expect(heard(page)).toHaveText(/^Event #0 on time\. k a, event time 00:00:00\.0, /);
    await plot(page).press('End');
    await expect(heard(page)).toHaveText(/^Event #40 on time\. k a, event time 2100-01-01 .*, arrived 2100-01-01 /);
    await plot(page).press('0');
    await expect(heard(page)).toHaveText('The plane shows all.');
  });
});

/** Events come from a generator, and none of them passes the filter. */
function nothing(events: number): object {
  return graphOf(
    {
      events: { type: 'source.generator', label: 'Events', at: [0, 0], config: { shape: 'clicks', events } },
      none: { type: 'filter', label: 'None', at: [280, 0], config: { predicate: "page = 'no such page'" } },
      counts: {
        type: 'window',
        label: 'Per 10 s',
        at: [560, 0],
        config: { ...TUMBLING, aggregates: [{ name: 'events', function: 'count' }] },
      },
      out: { type: 'sink', label: 'Counts', at: [840, 0], config: { view: 'chart' } },
    },
    ['events>none', 'none>counts', 'counts>out'],
  );
}

test('where no event comes it is said, and keys do no harm', async ({ page }) => {
  await openGraph(page, nothing(0));
  await expect(status(page)).toContainText('Cannot run. “Count” is 0; the limit is at least 1.');
  await expectTold(page, /No event has arrived yet\.$/);
  await openGraph(page, nothing(20));
  await node(page, 'Per 10 s').click();
  await runToEnd(page);
  await expect(page.locator('[data-plane]')).toContainText('No event has come here.');
  for (const key of ['ArrowRight', 'End', 'Enter', '+', '-', '0', 'f']) await plot(page).press(key);
  await expectTold(page, /No event has arrived yet\.$/);
});

test('one clock in the year 2106: all that is dropped for it is told, the others stay in view, and it is one key away', async ({
  page,
}) => {
  const rows = rowsAt(...Array.from({ length: 100 }, (_, i) => NOON_MS + 1_000 * i));
  const poisoned = rows.with(50, { t: Date.UTC(2106, 0, 1), k: 'a' });
  await openRows(page, { window: TUMBLING }, poisoned);
  await runToEnd(page);
  await expectTold(page, /\. 100 events: 51 on time, .*4\d dropped/);
  const far = page.getByRole('button', { name: /^1 event up to 2106-01-01 00:00:00\.0 – show all$/ });
  await expect(far).toBeVisible();
  await far.press('Enter');
  const culprit = page.locator('[data-plane]').getByRole('region', { name: 'Event #50 on time' });
  await expect(culprit).toBeVisible();
  await expect(far).toBeHidden();
});

/** Every event opens a hundred windows of its own, and none of them closes while it runs. */
const MANY_WINDOWS = graphOf(
  {
    events: {
      type: 'source.generator',
      label: 'Events',
      at: [0, 0],
      config: {
        shape: 'clicks',
        rateEventsPerSec: 0.1,
        events: 1_200,
        delay: { distribution: 'lognormal', medianMs: 800, sigma: 0.8 },
        watermark: { delayMs: 86_400_000 },
      },
    },
    counts: {
      type: 'window',
      label: 'Per second',
      at: [280, 0],
      config: {
        kind: 'hopping',
        sizeMs: 10_000,
        advanceMs: 100,
        aggregates: [{ name: 'events', function: 'count' }],
      },
    },
    out: { type: 'sink', label: 'Counts', at: [560, 0], config: { view: 'chart' } },
  },
  ['events>counts', 'counts>out'],
  { run: { seed: 1, end: 'none' } },
);

/** Two fingers on the plane move apart; Playwright's own touchscreen only taps. */
async function pinch(page: Page): Promise<void> {
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('The plane is not in view.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const hand = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove', apart: number): Promise<unknown> =>
    hand.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [
        { id: 0, x: x - apart, y },
        { id: 1, x: x + apart, y },
      ],
    });
  await touch('touchStart', 30);
  for (const apart of [40, 60, 90]) await touch('touchMove', apart);
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** How long the event times in view are, ms, as the description has them. */
async function spanInView(page: Page): Promise<number> {
  const words = (await plot(page).getAttribute('aria-description')) ?? '';
  const [, day = '', from = '', to = ''] =
    /^Shows event times (\S+) (\S+) to (?:\S+ )?(\S+), arrivals/.exec(words) ?? [];
  const spanMs = Date.parse(`${day}T${to}Z`) - Date.parse(`${day}T${from}Z`);
  return spanMs < 0 ? spanMs + 86_400_000 : spanMs;
}

/** Moves the pointer over the plane until it is on something; what the note there says. */
async function hoverSomething(page: Page): Promise<string> {
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('The plane is not in view.');
  const note = page.locator('[data-plane] [data-note]');
  for (let down = 0.2; down < 0.9; down += 0.02) {
    await page.mouse.move(box.x + 0.6 * box.width, box.y + down * box.height);
    const text = await note.allInnerTexts();
    if (text[0] !== undefined) return text[0];
  }
  return '';
}

/** So many events the run has taken, as its bar has it. */
async function taken(page: Page): Promise<number> {
  const words = await status(page).innerText();
  return Number(/([\d,]+) of 1,200 events/.exec(words)?.[1]?.replaceAll(',', ''));
}

test('with a hundred thousand windows open the plane is panned, pinched and pointed at, also in mid-run, and says what it leaves out', async ({
  page,
}) => {
  await openGraph(page, MANY_WINDOWS);
  await runToEnd(page);
  await expectTold(page, /\. 1,200 events: 1,200 on time\./);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(page.locator('[data-plane]')).toContainText('zoom in to see windows');
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('The plane is not in view.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 + 30, { steps: 4 });
  await page.mouse.up();
  await expect(plot(page)).toHaveAttribute('data-view', 'free');
  const before = await spanInView(page);
  await pinch(page);
  await expect.poll(() => spanInView(page)).toBeLessThan(0.5 * before);

  // A row is found, explained with its windows, and the run goes back and on.
  await plot(page).press('Home');
  await plot(page).press('Enter');
  const card = page.locator('[data-plane]').getByRole('region', { name: /^Event #0 on time$/ });
  await expect(card).toContainText('windows');
  await expect(card.getByRole('button', { name: /^\[/ })).toHaveCount(4);
  await card.getByRole('button', { name: /^\[/ }).first().press('Enter');
  await expect(page.locator('[data-plane]').getByRole('region', { name: /^Window \[/ })).toContainText('fires');
  await page.keyboard.press('Escape');

  // In mid-run there are as many, and more come while the hand points at them.
  await page.getByRole('button', { name: 'Go to…' }).click();
  await page.getByRole('textbox', { name: 'Go to' }).fill('#1,020');
  await page.keyboard.press('Enter');
  const track = page.getByRole('slider', { name: 'Offset in the run' });
  await expect(track).toHaveAttribute('aria-valuetext', /^offset 1,020 of/);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await chooseSpeed(page, '60×');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => taken(page)).toBeGreaterThan(1_022);
  await expect.poll(() => hoverSomething(page)).toMatch(/^Event #\d+ on time/);
  const pointed = await taken(page);
  await expect.poll(() => taken(page)).toBeGreaterThan(pointed + 2);
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  expect(await hoverSomething(page)).not.toBe('');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
});

test('a seek while it runs is a place to go on from; an edit is a mark that says what was edited, and can be gone to', async ({
  page,
}) => {
  await page.goto('./');
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  const track = page.getByRole('slider', { name: 'Offset in the run' });
  const taken = async (): Promise<number> =>
    Number((await node(page, 'Clicks').locator('dd').first().innerText()).replaceAll(',', ''));
  await chooseSpeed(page, '60×');
  await expect.poll(taken).toBeGreaterThan(450);
  await track.press('Home');
  await expect.poll(taken).toBeLessThan(300);
  await expect(status(page)).toHaveAttribute('data-status', 'running');
  await expect.poll(taken).toBeGreaterThan(300);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(status(page)).toHaveAttribute('data-status', 'paused');

  await node(page, 'Clicks per user').click();
  await page.getByRole('textbox', { name: 'Size' }).fill('20s');
  await page.keyboard.press('Enter');
  const edit = status(page).getByRole('button', { name: /^Go to Edit: Clicks per user: Size 20\ss, offset [\d,]+$/ });
  await expect(edit).toHaveCount(1);
  await track.press('Home');
  await expect(track).toHaveAttribute('aria-valuetext', /^offset 0 of/);
  const at = /offset ([\d,]+)$/.exec((await edit.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await edit.click();
  await expect(track).toHaveAttribute('aria-valuetext', new RegExp(`^offset ${at} of`));
});
