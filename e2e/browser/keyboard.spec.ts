import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { status } from './running.ts';
import { exportedGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

/** What can be done with a mouse can be done without. */

function announced(page: Page): Locator {
  return page.locator('[data-announcements]');
}

/** Types into the palette and takes the first line. */
async function choose(page: Page, keys: string, words: string): Promise<void> {
  await page.keyboard.press(keys);
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

async function edges(page: Page): Promise<readonly string[]> {
  const graph = JSON.parse(await exportedGraph(page)) as { edges: { from: { node: string }; to: { node: string } }[] };
  return graph.edges.map(({ from, to }) => `${from.node} ${to.node}`);
}

function focused(page: Page, name: string): Locator {
  return page.locator('.react-flow__node:focus').filter({ has: node(page, name) });
}

/** The first template, with all that comes after the canvas. */
async function open(page: Page): Promise<void> {
  await page.goto('./');
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(announced(page)).toBeAttached();
}

async function openEmpty(page: Page): Promise<void> {
  await open(page);
  await choose(page, 'Control+k', 'new graph');
  await expect(page.getByRole('article')).toHaveCount(0);
}

test('a whole journey without a mouse: add, connect, set up, run, see results, export, undo', async ({ page }) => {
  await openEmpty(page);
  await choose(page, 'Control+k', 'add generator');
  await expect(focused(page, 'Generator')).toHaveCount(1);
  await choose(page, 'a', 'filter');
  await expect(announced(page)).toHaveText('Filter added. Generator → Filter connected.');
  await expect(focused(page, 'Filter')).toHaveCount(1);
  await choose(page, 'a', 'tumbling');
  await choose(page, 'a', 'chart');
  await choose(page, 'Control+k', 'add table');
  await expect(focused(page, 'Table')).toHaveCount(1);
  expect(await edges(page)).toEqual(['generator filter', 'filter window', 'window sink']);

  await choose(page, 'Control+k', 'go to filter');
  await choose(page, 'c', 'table');
  await expect(announced(page)).toHaveText('Filter → Table connected.');
  await choose(page, 'Shift+C', 'table');
  await expect(announced(page)).toHaveText('Filter → Table disconnected.');
  await page.keyboard.press('Control+z');
  await expect(announced(page)).toHaveText('Undone: Disconnect. Filter → Table connected.');
  expect(await edges(page)).toHaveLength(4);

  await page.keyboard.press('Alt+ArrowLeft');
  await expect(focused(page, 'Generator')).toHaveCount(1);
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Enter');
  const predicate = page.getByRole('textbox', { name: 'Keep if' });
  await expect(predicate).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText("page <> '/help'");
  await expect(node(page, 'Filter')).toContainText("page <> '/help'");
  // The first one may close a list of completions.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(focused(page, 'Filter')).toHaveCount(1, { timeout: 500 });
  }).toPass();

  await page.keyboard.press('s');
  await expect(status(page)).toContainText('1 of');
  await choose(page, 'Control+k', 'speed max');
  await page.keyboard.press('Control+Enter');
  await expect(announced(page)).toHaveText(/^The run ended after [\d,]+ events\.$/, { timeout: 30_000 });
  await expect(node(page, 'Chart').locator('[data-source="ledger:sink:in"]')).not.toHaveText(/^[–0]$/);

  await choose(page, 'Control+k', 'go to table');
  await page.keyboard.press('Delete');
  await expect(announced(page)).toHaveText('Table deleted.');
  await expect(focused(page, 'Filter')).toHaveCount(1);
});

test('the list does what the picture does, and its rows say what it shows', async ({ page }) => {
  await openEmpty(page);
  await page.keyboard.press('l');
  const list = page.getByRole('region', { name: 'Graph as a list' });
  await expect(list).toContainText('The graph is empty.');
  await choose(page, 'Control+k', 'add generator');
  await choose(page, 'a', 'filter');
  await choose(page, 'a', 'tumbling');
  const row = (name: string): Locator => list.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('Tumbling')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(row('Generator')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row('Filter')).toBeFocused();
  await expect(row('Filter')).toHaveAttribute('aria-selected', 'true');
  await expect(row('Filter').getByRole('gridcell').nth(1)).toHaveText('Generator');
  await expect(row('Filter').getByRole('gridcell').nth(2)).toHaveText('Tumbling');

  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Connect the node to/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await row('Filter').focus();
  await page.keyboard.press('c');
  const reason = page.getByRole('option', { name: /Tumbling.*already connected/ });
  await expect(reason).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row('Filter')).toBeFocused();

  await page.keyboard.press('Delete');
  await expect(row('Filter')).toHaveCount(0);
  await expect(row('Generator')).toBeFocused();
  await page.keyboard.press('l');
  await expect(list).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('the sheet of shortcuts names every key that works, and the palette remembers', async ({ page }) => {
  await openEmpty(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Ctrl+Shift+Z')).toBeVisible();
  await expect(sheet.getByText('Connect the node to…')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toHaveText(/New graph/);
  await page.keyboard.type('redo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('where nothing is left to decide a button cures the problem, one undo step', async ({ page }) => {
  await open(page);
  const graph = JSON.parse(await exportedGraph(page)) as { nodes: { type: string; config: object }[] };
  const filter = graph.nodes.find(({ type }) => type === 'filter');
  filter!.config = { predicate: "pagee <> '/help'" };
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'faulty.json', { type: 'application/json' }));
    document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
  }, JSON.stringify(graph));
  const chip = page.getByRole('button', { name: /problem/ }).and(page.locator('main *'));
  await chip.focus();
  await page.keyboard.press('Enter');
  const cure = page.getByRole('dialog', { name: 'Problems' }).getByRole('button', { name: 'Use page' });
  await cure.focus();
  await page.keyboard.press('Enter');
  await expect(node(page, 'Real pages')).toContainText("page <> '/help'");
  await expect(chip).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(chip).toHaveCount(1);
});

test.describe('where less motion is asked for', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves by itself', async ({ page }) => {
    await page.goto('./');
    await expect(status(page)).toHaveAttribute('data-status', 'running');
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && Number(effect?.getTiming().duration) > 0)
        .map(
          (animation) => (animation as CSSTransition).transitionProperty ?? (animation as CSSAnimation).animationName,
        ),
    );
    expect(moving).toEqual([]);
  });
});

test('the theme follows the system until one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
  await expect(announced(page)).toBeAttached();
  await choose(page, 'Control+k', 'dark theme');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
});
