import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { chooseFromMenu, exportedGraph, importGraph, node } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

interface Graph {
  version: number;
  nodes: { id: string; type: string; config: Record<string, unknown> }[];
  edges: unknown[];
}

async function bytesOfFirstTemplate(page: Page): Promise<string> {
  await page.goto('./');
  await expect(node(page, 'Clicks')).toBeVisible();
  return exportedGraph(page);
}

test('export, reload, import, export: the same bytes', async ({ page }) => {
  await page.goto('./');
  await node(page, 'Real pages').click();
  await page.getByRole('textbox', { name: 'Keep if' }).fill("page <> '/cart'");
  await page.getByRole('textbox', { name: 'Name of the node' }).fill('Näher dran ✓');
  const saved = await exportedGraph(page);
  expect(saved).toContain("page <> '/cart'");

  await chooseFromMenu(page, 'New');
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(0);
  await importGraph(page, 'saved.json', saved);
  await expect(node(page, 'Näher dran ✓')).toBeVisible();
  expect(await exportedGraph(page)).toBe(saved);
});

const refused: readonly { readonly name: string; readonly damage: (text: string) => string; readonly says: RegExp }[] =
  [
    { name: 'truncated', damage: (text) => text.slice(0, text.length / 2), says: /line|end|cut|incomplete|character/i },
    { name: 'of a future version', damage: (text) => text.replace('"version": 1', '"version": 99'), says: /version/i },
    {
      name: 'with __proto__ keys',
      damage: (text) => text.replace('"config": {', '"config": { "__proto__": { "polluted": true },'),
      says: /__proto__/,
    },
    {
      name: 'with a cycle',
      damage: (text) => {
        const graph = JSON.parse(text) as Graph;
        const [source] = graph.nodes.filter(({ type }) => type === 'source.generator');
        graph.nodes = [
          source!,
          { ...source!, id: 'a', type: 'filter', config: { predicate: 'TRUE' } },
          { ...source!, id: 'b', type: 'filter', config: { predicate: 'TRUE' } },
        ];
        const edge = (from: string, to: string): unknown => ({
          from: { node: from, port: 'out' },
          to: { node: to, port: 'in' },
        });
        graph.edges = [edge('a', 'b'), edge('b', 'a')];
        return JSON.stringify({ ...graph, layout: {} });
      },
      says: /loop|cycle/i,
    },
  ];

test('a damaged graph is refused: place and cure are named, the work is untouched; a sound one that is dropped is opened', async ({
  page,
}) => {
  const before = await bytesOfFirstTemplate(page);
  for (const { name, damage, says } of refused) {
    await test.step(name, async () => {
      await importGraph(page, 'damaged.json', damage(before));
      const dialog = page.getByRole('dialog', { name: /was not opened/ });
      await expect(dialog.getByRole('list', { name: 'Problems' })).toContainText(says);
      await dialog.getByRole('button', { name: 'Keep my graph' }).click();
      await expect(dialog).toBeHidden();
      expect(await exportedGraph(page)).toBe(before);
      await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toBeDisabled();
    });
  }

  const dropped = before.replace('Clicks to purchases', 'Dropped');
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return transfer;
  }, dropped);
  // Where nothing takes it, the browser would show the file in the place of the page.
  const isRefused = await page.getByRole('region', { name: 'Time deck' }).evaluate((deck, dataTransfer) => {
    const event = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    return !deck.dispatchEvent(event);
  }, files);
  expect(isRefused).toBe(true);
  await page.getByRole('main', { name: 'Graph' }).dispatchEvent('drop', { dataTransfer: files });
  await expect(page.getByRole('button', { name: 'Document: Dropped' })).toBeVisible();
  expect(await exportedGraph(page)).toBe(dropped);
});

test('each template of the gallery opens, and undo brings the graph back', async ({ page }) => {
  const before = await bytesOfFirstTemplate(page);
  await page.getByRole('button', { name: /^Document:/ }).click();
  await page.getByRole('menuitem', { name: 'Templates' }).click();
  const gallery = page.getByRole('dialog', { name: 'Templates' });
  await expect(gallery).toBeVisible();
  const names = await gallery.locator('[data-card]').allInnerTexts();
  expect(names.filter((text) => text !== '')).toHaveLength(26);
  await gallery.getByRole('button', { name: 'Late events' }).click();
  await expect(gallery).toBeHidden();
  expect(await exportedGraph(page)).not.toBe(before);
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(before);
});
