import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { openTab, runToEnd, status } from './running.ts';
import { chooseFromMenu, exportedGraph, importGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function chooseTemplate(page: Page, name: string): Promise<void> {
  await chooseFromMenu(page, 'Templates');
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('button', { name: `Document: ${name}` })).toBeVisible();
}

function deck(page: Page): Locator {
  return page.getByLabel('Time deck');
}

test('a dropped event is explained, and the figure that it needs keeps it', async ({ page }) => {
  await page.goto('/');
  await chooseTemplate(page, 'Late events');
  await runToEnd(page);
  await openTab(page, 'Drops');
  const why = deck(page).getByRole('button', { name: /Why was event #\d+ dropped/ });
  await why.first().focus();
  await page.keyboard.press('Enter');
  await expect(why.first()).toHaveAttribute('aria-pressed', 'true');
  const card = page.getByRole('region', { name: /^Event #\d+ dropped$/ });
  // In few words first, where the plane is low.
  await expect(card).toContainText(/closed at watermark .*Kept if delay > .* or lateness > /);
  await card.getByRole('button', { name: 'More' }).press('Enter');
  await expect(card.getByRole('button', { name: /^Try a delay of/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Time deck"]').analyze();
  expect(violations).toEqual([]);
  // What a screen reader hears: when it came, its window, who closed it, and both figures with what they are now.
  await expect(card).toMatchAriaSnapshot(`
    - heading /Event .\\d+ dropped/
    - button "Close the explanation"
    - term: event
    - definition
    - term: arrived
    - definition: /after .* s/
    - term: window
    - definition
    - term: closed
    - definition: /watermark .* came with event/
    - list "What would have kept it":
      - listitem: /kept if delay . .* s .now 3 s/
      - listitem: /or lateness . .* s .now 5 s/
  `);
  const before = await dropped(page);
  await card.getByRole('button', { name: /^Try a delay of/ }).press('Enter');
  await expect(page.getByText(/^Event #\d+ is kept$/)).toBeVisible();
  await expect(card).toBeHidden();
  expect(await dropped(page)).toBeLessThan(before);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByRole('article', { name: 'Events', exact: true })).toContainText('delay 3 s');
});

test('a figure is tried from the start of the run on, also where that stands in the middle', async ({ page }) => {
  await page.goto('/');
  await chooseTemplate(page, 'Late events');
  await runToEnd(page);
  await page.getByRole('slider', { name: 'Offset in the run' }).press('PageDown');
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
  await openTab(page, 'Drops');
  const before = await dropped(page);
  await deck(page)
    .getByRole('button', { name: /Why was event #\d+ dropped/ })
    .first()
    .press('Enter');
  const card = page.getByRole('region', { name: /^Event #\d+ dropped$/ });
  await card.getByRole('button', { name: 'More' }).press('Enter');
  await card.getByRole('button', { name: /^Try a lateness of/ }).press('Enter');
  await expect(page.getByText(/^Event #\d+ is kept$/)).toBeVisible();
  await expect(page.getByText(/^The lateness of Events per 10 s is .*, from the start of the run on\.$/)).toBeVisible();
  await expect.poll(() => dropped(page)).toBeLessThan(before);
  await expect(status(page)).toHaveAttribute('data-status', 'paused');
});

/** Rows that all nodes dropped. */
async function dropped(page: Page): Promise<number> {
  return Number((await page.locator('[data-source="ledger:*:late"]').first().textContent())?.replaceAll(',', ''));
}

test('an idle partition that holds everything is found, and marked idle', async ({ page }) => {
  await page.goto('/');
  await chooseTemplate(page, 'Late events');
  const graph = JSON.parse(await exportedGraph(page)) as Graph;
  const nodes = graph.nodes.map((node) =>
    node.type === 'source.generator'
      ? { ...node, config: { ...node.config, events: 400, partitions: 2, idlePartitions: 1 } }
      : node,
  );
  await importGraph(page, 'idle.json', JSON.stringify({ ...graph, nodes, run: { seed: 1, end: 'none' } }));
  await runToEnd(page);
  await node(page, 'Events per 10 s').click();
  const card = page.getByRole('region', { name: 'Why nothing comes out' });
  await expect(card).toMatchAriaSnapshot(`
    - heading "Why nothing comes out"
    - paragraph: /Events per 10 s waits with .* until the watermark is at .*; there is none yet/
    - list "What holds the watermark":
      - listitem: /Events, partition . has sent nothing; needs an event at .* or later/
    - button /Send watermark/
    - button "End of stream"
  `);
  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Why nothing comes out"]').analyze();
  expect(violations).toEqual([]);
  await card.getByRole('button', { name: /^Mark Events, partition \d idle$/ }).press('Enter');
  await expect(page.getByRole('region', { name: 'Why nothing more comes out' })).toBeVisible();
  await expect(node(page, 'Counts').locator('dd').first()).toHaveText(/[1-9]/);
});

interface Graph {
  readonly nodes: readonly { readonly type: string; readonly config: Readonly<Record<string, unknown>> }[];
}

test('a result leads to its events, an event to what it took part in, and back', async ({ page }) => {
  await page.goto('/');
  await chooseTemplate(page, 'Late events');
  await runToEnd(page);
  await node(page, 'Events per 10 s').click();
  await page.getByRole('tab', { name: 'Lineage' }).click();
  const events = page.getByRole('region', { name: 'Made of' });
  await expect(events.getByRole('heading')).toHaveText(/^Made of \d+ events?$/);
  await expect(page.getByRole('region', { name: 'The result' })).toContainText('events=');
  const { violations } = await new AxeBuilder({ page }).include('[data-tab="lineage"]').analyze();
  expect(violations).toEqual([]);
  const first = events.getByRole('button', { name: /^Select event #\d+$/ }).first();
  const name = (await first.getAttribute('aria-label'))?.replace('Select event', 'Event') ?? '';
  await first.press('Enter');
  await expect(page.getByRole('heading', { name })).toBeVisible();
  const effects = page.getByRole('region', { name: 'Took part in' });
  await effects.getByRole('button', { name: 'Events per 10 s' }).first().press('Enter');
  await expect(events.getByRole('heading')).toHaveText(/^Made of \d+ events?$/);
  // A row of the deck leads there as well; its way is on the canvas, and its events are marked where they stand.
  await openTab(page, 'Results');
  const results = page.getByRole('region', { name: 'Newest results' });
  await results
    .getByRole('button', { name: /^What is this result of entry #\d+ made of/ })
    .first()
    .press('Enter');
  await expect(results.locator('tr[data-selected]')).toHaveCount(1);
  // Of all that came with the entry it alone is marked.
  await expect(results.locator('tr[data-lineage]')).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'The result' })).toContainText(/came with entry #\d+/);
  await expect(page.locator('[data-carries]').first()).toBeAttached();
  expect(await page.locator('[data-carries]').count()).toBeGreaterThan(1);
  // The rows of one node after the other are marked: the result, and the events that it is made of.
  await page.getByRole('tab', { name: 'Rows' }).click();
  const rows = page.getByRole('grid', { name: 'Rows' });
  await expect(rows.getByRole('row', { name: /^in the lineage/ })).toHaveCount(1);
  await expect(rows.getByRole('row', { name: /^in the lineage/ })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[data-tab="rows"]')).toContainText('1 in the lineage');
  await page.locator('[data-tab="rows"]').getByRole('radio', { name: 'In' }).click();
  const made = rows.getByRole('row', { name: /^in the lineage/ });
  await expect(made.first()).toBeVisible();
  // One of them is selected everywhere, and the others stay marked.
  await made.first().click();
  await expect(made.first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[data-plane]').getByRole('region', { name: /^Event #\d+/ })).toBeVisible();
  await page.getByRole('button', { name: 'Lineage', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Event #\d+$/ }).last()).toBeVisible();
  await page.getByRole('tab', { name: 'Settings' }).click();
  // What is selected stays: the edge that brought the event.
  await expect(page.locator('[data-carries]')).toHaveCount(1);
  await openTab(page, 'Drops');
  await page
    .getByRole('button', { name: /^Why was event #\d+ dropped\?$/ })
    .first()
    .press('Enter');
  const card = page.getByRole('region', { name: /^Event #\d+ dropped$/ });
  await card.getByRole('button', { name: 'More' }).press('Enter');
  await card.getByRole('button', { name: 'What else became of it' }).press('Enter');
  await expect(page.locator('[data-tab="lineage"]')).toContainText(/dropped it: late/);
});
