import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd } from './running.ts';
import { expectSound } from './sound.ts';
import { graphOf, node, openGraph } from './workbench.ts';

/** The plane of event time and processing time: by hand, by keys and by ear. */

test.use({ viewport: { width: 1440, height: 900 } });

const GENERATOR = {
  shape: 'clicks',
  rateEventsPerSec: 10,
  events: 600,
  delay: { distribution: 'lognormal', medianMs: 800, sigma: 0.8 },
  stragglers: { sharePercent: 3, delayMs: 20_000 },
  watermark: { delayMs: 3_000 },
};

/** Ten events a second, of which some are too late for windows of 10 s that are kept for 5 s more. */
function lateEvents(config: object = {}, times?: Readonly<Record<string, unknown>>): object {
  const assigner = { type: 'assign-timestamps', label: 'Own times', at: [140, 0] as const, config: times ?? {} };
  return graphOf(
    {
      ...(times === undefined ? {} : { times: assigner }),
      events: { type: 'source.generator', label: 'Events', at: [0, 0], config: { ...GENERATOR, ...config } },
      counts: {
        type: 'window',
        label: 'Per 10 s',
        at: [280, 0],
        config: {
          kind: 'tumbling',
          sizeMs: 10_000,
          latenessMs: 5_000,
          aggregates: [{ name: 'events', function: 'count' }],
        },
      },
      out: { type: 'sink', label: 'Counts', at: [560, 0], config: { view: 'chart' } },
    },
    [...(times === undefined ? ['events>counts'] : ['events>times', 'times>counts']), 'counts>out'],
    { run: { seed: 1, end: 'flush' } },
  );
}

function plot(page: Page): Locator {
  return page.getByRole('application', { name: /^Event time against processing time/ });
}

/** What was read out last. */
function heard(page: Page): Locator {
  return page.locator('[data-announcements]');
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

async function spotAt(page: Page, across: number, down: number): Promise<Spot> {
  const box = await plot(page).boundingBox();
  if (box === null) throw new Error('The plane is not in view.');
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** Ends of the event times in view, as the description has them. */
async function eventTimes(page: Page): Promise<string> {
  const description = (await plot(page).getAttribute('aria-description')) ?? '';
  return /^Shows event times (.+), arrivals/.exec(description)?.[1] ?? description;
}

/** Moves down a line through the plane's middle until an event is pointed at, and clicks it. */
async function clickAnEvent(page: Page): Promise<string> {
  for (let down = 0.2; down < 0.9; down += 0.01) {
    const { x, y } = await spotAt(page, 0.5, down);
    await page.mouse.move(x, y);
    const note = page.locator('[data-plane] [data-note]');
    const title = (await note.count()) === 0 ? '' : await note.innerText();
    const name = /Event #\d+/.exec(title)?.[0];
    if (name === undefined) continue;
    await page.mouse.click(x, y);
    return name;
  }
  throw new Error('There was no event to point at.');
}

test('by hand: panned, zoomed, boxed and shown whole; what is clicked is selected everywhere, and the other way round', async ({
  page,
}) => {
  await openGraph(page, lateEvents());
  await runToEnd(page);
  await expect(plot(page)).toHaveAccessibleName(/600 events: \d+ on time, .* dropped/);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await expect(plot(page)).toHaveAttribute('data-view', 'all');

  await drag(page, await spotAt(page, 0.6, 0.5), await spotAt(page, 0.5, 0.5));
  await expect(plot(page)).toHaveAttribute('data-view', 'free');
  await expect.poll(() => eventTimes(page)).toMatch(/^\d{4}-\d\d-\d\d .* to /);
  const panned = await eventTimes(page);
  const middle = await spotAt(page, 0.5, 0.5);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -300);
  await expect.poll(() => eventTimes(page)).not.toBe(panned);
  const zoomed = await eventTimes(page);
  await page.keyboard.down('Shift');
  await drag(page, await spotAt(page, 0.4, 0.3), await spotAt(page, 0.6, 0.6));
  await page.keyboard.up('Shift');
  await expect.poll(() => eventTimes(page)).not.toBe(zoomed);
  // Twice on an event, too, which the first click explains.
  await page.mouse.dblclick(middle.x, middle.y);
  await expect(plot(page)).toHaveAttribute('data-view', 'all');

  const name = await clickAnEvent(page);
  await expect(page.locator('[data-plane]').getByRole('heading', { name })).toBeVisible();
  await expect(page.getByText(name.toLowerCase(), { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-plane]').getByRole('heading', { name })).toBeHidden();

  // From the table of drops, from a window of a chart: each is explained in the plane.
  await openTab(page, 'Drops');
  const why = page.getByRole('button', { name: /Why was event #\d+ dropped/ }).first();
  await why.click();
  await expect(page.locator('[data-plane]').getByRole('heading', { name: /^Event #\d+ dropped$/ })).toBeVisible();
  // One that is out of view is brought into it.
  let newest = '';
  for (let i = 0; i < 5; i++) {
    newest = await eventTimes(page);
    await plot(page).press('+');
    await expect.poll(() => eventTimes(page)).not.toBe(newest);
  }
  newest = await eventTimes(page);
  await page
    .getByRole('button', { name: /Why was event #\d+ dropped/ })
    .last()
    .click();
  await plot(page).press('+');
  await expect.poll(async () => (await eventTimes(page)) < newest).toBe(true);
  await openTab(page, 'Charts');
  const windows = page.locator('[data-chart="windows"] [role="img"]');
  await windows.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const card = page.locator('[data-plane]').getByRole('region', { name: /^Window \[/ });
  await expect(card).toContainText(/events\s*\d+ on time/);
  await expect(card).toContainText(/gave\s*\d\d:\d\d:\d\d\.\d (on time|late) · events \d+/);

  // Alone in the window, folded away, and beside the charts again.
  await page.getByRole('button', { name: 'Fill the window: plane' }).click();
  await expect(page.locator('[data-chart="windows"]')).toBeHidden();
  await page.getByRole('button', { name: 'Back to all panels: plane' }).click();
  await page.getByRole('button', { name: 'Plane of event time and processing time' }).click();
  await expect(plot(page)).toBeHidden();
  await expect(page.locator('[data-chart="windows"]')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-chart="windows"]')).toBeVisible();
  await expect(plot(page)).toBeHidden();
  await page.getByRole('button', { name: 'Plane of event time and processing time' }).click();
  await expect(plot(page)).toBeVisible();
});

test('by keys and ear: events are walked and read out, explained by Enter, and stand in a table', async ({ page }) => {
  await openGraph(page, lateEvents());
  await runToEnd(page);
  await plot(page).focus();
  await page.keyboard.press('Home');
  await expect(heard(page)).toHaveText(/^Event #0 on time\. event time .*, arrived .* on the way/);
  await page.keyboard.press('ArrowRight');
  await expect(heard(page)).toHaveText(/^Event #1 /);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(heard(page)).toHaveText('This is the first event.');
  await page.keyboard.press('PageDown');
  await expect(heard(page)).toHaveText(/^Event #\d+ (late, kept|late, window fired again|dropped)\. .* watermark /);
  // To the first that was dropped.
  await expect(async () => {
    if (/dropped\./.test((await heard(page).textContent()) ?? '')) return;
    await page.keyboard.press('PageDown');
    await expect(heard(page)).toHaveText(/dropped\./, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  const card = page.locator('[data-plane]').getByRole('region', { name: /^Event #\d+ dropped$/ });
  await expect(card).toContainText(
    /^Event #\d+ dropped.*Window \[.*\) closed at watermark .*Kept if delay > .*s or lateness > .*s\./s,
  );
  await expectSound(page, '[data-plane]');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();

  await page.keyboard.press('+');
  await expect(heard(page)).toHaveText(/^Shows event times .* to .*, arrivals .* to /);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('-');
  await page.keyboard.press('0');
  await expect(heard(page)).toHaveText('The plane shows all.');
  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: 'Events of the plane' });
  await expect(table.getByRole('row')).toHaveCount(201);
  await expect(table.getByRole('columnheader')).toHaveText([
    'event',
    'event time',
    'arrived',
    'what became of it',
    'watermark then',
  ]);
  await expectSound(page, '[data-plane]');
  await page.getByRole('button', { name: 'Plane as table' }).click();
  await page.getByRole('button', { name: 'What the plane shows' }).click();
  await expect(page.getByRole('dialog', { name: 'What the plane shows' })).toContainText(
    'dropped: its windows were closed',
  );
  await expectSound(page);
});

test('the event that poisoned the clock is found, and left out', async ({ page }) => {
  await openGraph(page, lateEvents({ stragglers: undefined }));
  await leaveOutThePoisoned(page, 'Events');
  await node(page, 'Events').click();
  await expect(plot(page)).toHaveAccessibleName(/600 events: 5\d\d on time, .*1 not taken/);
});

test('where another node assigns timestamps, it is that one which leaves the poisoned event out', async ({ page }) => {
  await openGraph(page, lateEvents({ stragglers: undefined }, { time: 'ts', watermark: { delayMs: 3_000 } }));
  await leaveOutThePoisoned(page, 'Own times');
  await node(page, 'Own times').click();
  await expect(plot(page)).toHaveAccessibleName(/600 events: .*1 not taken/);
  await openTab(page, 'Drops');
  await page.getByRole('button', { name: /^Why was event #\d+ dropped\?$/ }).press('Enter');
  const drop = page.getByRole('region', { name: /^Event #\d+ dropped$/ });
  await expect(drop).toContainText(/Kept if early tolerance > 23\sh\s59\smin/);
});

/** Poisons an event, runs to the end, finds it by a drop that it caused, and has it left out by the node `cures`. */
async function leaveOutThePoisoned(page: Page, cures: string): Promise<void> {
  await page.getByRole('button', { name: 'Step one event', exact: true }).click();
  await expect(plot(page)).toHaveAccessibleName(/\. 1 event: 1 on time\./);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('poison');
  await page.keyboard.press('Enter');
  await expect(heard(page)).toHaveText(/One event claims to be a day ahead/);
  await runToEnd(page);

  // Nearly all is dropped since, and what is in view is still what came as it happened.
  await expect(plot(page)).toHaveAccessibleName(/600 events: \d{1,2} on time, (.*, )?5\d\d dropped/);
  await expect(page.getByRole('button', { name: /^1 event up to \d{4}-.* – show all$/ })).toBeVisible();
  await plot(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const drop = page.locator('[data-plane]').getByRole('region', { name: /^Event #\d+ dropped$/ });
  await drop.getByRole('button', { name: 'More' }).press('Enter');
  await expect(drop).toContainText(/closed.*watermark .* came with event #\d+/s);
  // The explanation names the event that brought the watermark: there it is, with what it did.
  await drop.getByRole('button', { name: /^#\d+$/ }).press('Enter');
  const culprit = page.locator('[data-plane]').getByRole('region', { name: /^Event #\d+ on time$/ });
  await expect(culprit).toContainText(/arrived.*1\sd before it happened/s);
  await expect(culprit).toContainText(/Its clock was ahead by .*, and the watermark went with it/);
  await expectSound(page, '[data-plane]');
  await culprit.getByRole('button', { name: 'Leave out events that early' }).press('Enter');
  await expect(page.getByText(/^Event #\d+ is left out$/)).toBeVisible();
  await expect(plot(page)).toHaveAccessibleName(/599 events: 5\d\d on time/);
  await expect(culprit).toBeHidden();
  // Read out where notifications are, and then that the run came to its end again.
  const told = page.getByRole('region', { name: /^Notifications/ });
  await expect(told).toHaveAttribute('aria-live', 'polite');
  await expect(told).toContainText(new RegExp(`${cures} leaves out events more than .* ahead of their arrival`));
  await expect(heard(page)).toHaveText('The run ended after 600 events.');
}
