import type { Locator, Page } from '@playwright/test';
import { expectHeard, listen } from './heard.ts';
import { expect, test } from './page-test.ts';
import { status } from './running.ts';
import { exportedGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

/** What can be done with a mouse can be done without: no journey here has one. */

interface Graph {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly notes?: readonly { readonly text: string }[];
  readonly groups?: readonly { readonly title: string; readonly nodes: readonly string[] }[];
}

function announced(page: Page): Locator {
  return page.locator('[data-announcements]');
}

/** Types into the palette that some keys bring up, and takes the first line. */
async function choose(page: Page, keys: string, words: string): Promise<void> {
  await page.keyboard.press(keys);
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

async function chooseDone(page: Page, keys: string, words: string): Promise<void> {
  await choose(page, keys, words);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** What Ctrl+E saves. */
async function exported(page: Page): Promise<Graph> {
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Control+e');
  const stream = await (await saved).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Graph;
}

async function edges(page: Page): Promise<readonly string[]> {
  return (await exported(page)).edges.map(({ from, to }) => `${from.node} ${to.node}`);
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
  await chooseDone(page, 'Control+k', 'new graph');
  await expect(page.getByRole('article')).toHaveCount(0);
}

test('build, connect, set up, run, see results, undo, share', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openEmpty(page);
  await chooseDone(page, 'Control+k', 'add generator');
  await expect(focused(page, 'Generator')).toHaveCount(1);
  await chooseDone(page, 'a', 'filter');
  await expect(announced(page)).toHaveText('Filter added. Generator → Filter connected.');
  await expect(focused(page, 'Filter')).toHaveCount(1);
  // The slash asks what comes next, on the canvas itself.
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'What comes next?' })).toBeFocused();
  await page.keyboard.type('tumbling');
  await page.keyboard.press('Enter');
  await expect(focused(page, 'Tumbling')).toHaveCount(1);
  await chooseDone(page, 'a', 'chart');
  await chooseDone(page, 'Control+k', 'add table');
  await expect(focused(page, 'Table')).toHaveCount(1);
  expect(await edges(page)).toEqual(['generator filter', 'filter window', 'window sink']);

  await chooseDone(page, 'Control+k', 'go to filter');
  await chooseDone(page, 'c', 'table');
  await expect(announced(page)).toHaveText('Filter → Table connected.');
  await chooseDone(page, 'Shift+C', 'table');
  await expect(announced(page)).toHaveText('Filter → Table disconnected.');
  await page.keyboard.press('Control+z');
  await expect(announced(page)).toHaveText('Undone: Disconnect. Filter → Table connected.');
  await expect(focused(page, 'Filter')).toHaveCount(1);
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
  // Escape would put back what was there; keys that are no text work in a field, too.
  await chooseDone(page, 'Control+k', 'go to filter');
  await expect(focused(page, 'Filter')).toHaveCount(1);

  await page.keyboard.press('s');
  await expect(status(page)).toContainText('1 of');
  await chooseDone(page, 'Control+k', 'speed max');
  await page.keyboard.press('Control+Enter');
  await expect(announced(page)).toHaveText(/^The run ended after [\d,]+ events\.$/);
  await expect(node(page, 'Chart').locator('[data-source="ledger:sink:in"]')).not.toHaveText(/^[–0]$/);
  // What is spoken of a node is all that is drawn of it.
  await expect(page.getByRole('group', { name: /^Filter Filter page <> '\/help' in [\d,]+ out [\d,]+/ })).toBeVisible();

  await expect(focused(page, 'Filter')).toHaveCount(1);
  await choose(page, 'Control+k', 'share');
  const share = page.getByRole('dialog', { name: 'Share' });
  await expect(share.getByRole('textbox', { name: 'Link', exact: true })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(share.getByRole('button', { name: 'Copy' }).first()).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#g=');
  await page.keyboard.press('Escape');
  await expect(focused(page, 'Filter')).toHaveCount(1);

  await chooseDone(page, 'Control+k', 'go to table');
  await page.keyboard.press('Delete');
  await expect(announced(page)).toHaveText('Table deleted.');
  await expect(focused(page, 'Filter')).toHaveCount(1);
});

test('edges, groups, notes and places are changed', async ({ page }) => {
  await openEmpty(page);
  await chooseDone(page, 'Control+k', 'add generator');
  await chooseDone(page, 'a', 'filter');
  await chooseDone(page, 'a', 'tumbling');
  await expect(focused(page, 'Tumbling')).toHaveCount(1);

  // Along an edge, and into it.
  const edge = (name: string): Locator => page.getByRole('group', { name, exact: true });
  await page.keyboard.press('e');
  await expect(edge('From Filter to Tumbling, append stream')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(edge('From Generator to Filter, append stream')).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'What goes in between?' })).toBeFocused();
  await page.keyboard.type('map');
  await page.keyboard.press('Enter');
  await expect(focused(page, 'Map')).toHaveCount(1);
  expect(await edges(page)).toEqual(['map filter', 'filter window', 'generator map']);

  // The end of an edge goes elsewhere, and back.
  await page.keyboard.press('e');
  await expect(edge('From Map to Filter, append stream')).toBeFocused();
  await chooseDone(page, 'r', 'generator');
  await expect(announced(page)).toHaveText('Generator → Filter connected. Map → Filter disconnected.');
  await expect(edge('From Generator to Filter, append stream')).toBeFocused();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await edges(page)).toEqual(['generator filter', 'filter window']);

  // The menu key, on what has the keyboard.
  await chooseDone(page, 'Control+k', 'go to filter');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Actions' })).toBeVisible();
  const wanted = page.getByRole('menuitem', { name: 'Delete and reconnect' });
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(wanted).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(announced(page)).toHaveText('Filter deleted. Generator → Tumbling connected.');
  await expect(focused(page, 'Generator')).toHaveCount(1);
  await page.keyboard.press('Control+z');

  // Places; a group, a note.
  await chooseDone(page, 'Control+k', 'go to generator');
  const before = (await exported(page)).layout['generator'];
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  expect((await exported(page)).layout['generator']).toEqual({ x: before!.x + 64, y: before!.y + 16 });
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('All of it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Group All of it' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox', { name: 'Text of the note' })).toBeFocused();
  await page.keyboard.type('Clicks come late');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  const drawn = await exported(page);
  expect(drawn.groups).toMatchObject([{ title: 'All of it', nodes: ['generator', 'filter', 'window'] }]);
  expect(drawn.notes).toMatchObject([{ text: 'Clicks come late!' }]);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('the list does what the picture does, and its rows say what it shows', async ({ page }) => {
  await openEmpty(page);
  await page.keyboard.press('l');
  const list = page.getByRole('region', { name: 'Graph as a list' });
  await expect(list).toContainText('The graph is empty.');
  await chooseDone(page, 'Control+k', 'add generator');
  await chooseDone(page, 'a', 'filter');
  await chooseDone(page, 'a', 'tumbling');
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
  await expect(page.getByRole('menuitem', { name: /^Connect to/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row('Filter')).toBeFocused();
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

test('documents, templates, panels, the sheet of keys, the theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openEmpty(page);
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
  await chooseDone(page, 'Control+k', 'dark theme');
  await expect(root).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Ctrl+Shift+Z')).toBeVisible();
  await expect(sheet.getByText('Connect the node to…')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);

  // The palette begins with what was chosen last, and says why something cannot be.
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('option').first()).toHaveText(/Dark theme/);
  await page.keyboard.type('redo');
  await expect(palette.getByRole('option', { name: 'Redo' })).toContainText('Nothing was undone.');
  await page.keyboard.press('Enter');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');

  await choose(page, 'Control+k', 'templates');
  const gallery = page.getByRole('dialog', { name: 'Templates' });
  await expect(gallery).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('sessions');
  await page.keyboard.press('ArrowDown');
  await listen(page);
  await page.keyboard.press('Enter');
  await expectHeard(page, /^Opened .*[Ss]ession/);
  await expect(page.getByRole('article').first()).toBeVisible();

  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await page.keyboard.press('i');
  await expect(inspector).toBeHidden();
  await page.keyboard.press('i');
  const edge = page.getByRole('separator', { name: 'Width of the inspector' });
  await expect(edge).toHaveAttribute('aria-valuenow', '320');
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', '336');

  await page.keyboard.press('Control+o');
  const documents = page.getByRole('dialog', { name: 'Documents' });
  await expect(documents.getByRole('searchbox')).toBeFocused();
  await expect(documents.getByRole('listitem')).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(documents).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('a problem is gone to by key, and a button cures it, one undo step', async ({ page }) => {
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
  await expect(chip).toBeVisible();
  await expect(page.locator('[data-problem-count]')).toHaveText(/^1 error/);
  await page.keyboard.press('F8');
  await expect(announced(page)).toHaveText(/^Problem 1 of \d, error: .*pagee/);
  await expect(page.getByRole('textbox', { name: 'Keep if' })).toBeFocused();
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
