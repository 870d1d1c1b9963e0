import { expect, test } from './page-test.ts';
import { dragFromPalette, drawEdge, exportedGraph, newGraph, node, port } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly config: Readonly<Record<string, unknown>> }[];
  readonly edges: readonly unknown[];
}

test('an edge let go over nothing offers what fits, adds it, connects it: one step', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  const before = await exportedGraph(page);
  const from = await port(page, 'Generator', 'out').boundingBox();
  await page.mouse.move(from!.x + 5, from!.y + 5);
  await page.mouse.down();
  await page.mouse.move(from!.x + 120, from!.y + 60, { steps: 5 });
  await page.mouse.up();
  const options = page.getByRole('listbox', { name: 'Operators that fit' }).getByRole('option');
  await expect(options.filter({ hasText: 'Tumbling' })).toBeVisible();
  await expect(options.filter({ hasText: 'Generator' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'What comes next?' }).fill('tumb');
  await page.keyboard.press('Enter');

  await expect(node(page, 'Tumbling')).toBeVisible();
  const graph = JSON.parse(await exportedGraph(page)) as Graph;
  expect(graph.edges).toHaveLength(1);
  expect(graph.nodes[1]?.config['keys']).toEqual(['user_id']);
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(before);
});

test('copy, paste, cut and duplicate carry nodes with the edges between them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  await dragFromPalette(page, 'Filter', { x: 420, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Filter', 'in'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('article')).toHaveCount(4);
  expect((JSON.parse(await exportedGraph(page)) as Graph).edges).toHaveLength(2);
  await page.keyboard.press('Control+d');
  await expect(page.getByRole('article')).toHaveCount(6);
  await page.keyboard.press('Control+x');
  await expect(page.getByRole('article')).toHaveCount(4);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('article')).toHaveCount(6);
});

test('a text that is no graph, or one of another version, says so and changes nothing', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  const graph = await exportedGraph(page);
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await page.keyboard.press('Control+v');
  };
  await paste('A shopping list');
  await expect(page.getByText('The clipboard holds no graph')).toBeVisible();
  await paste(graph.replace('"version": 1', '"version": 7'));
  await expect(page.getByText(/has version 7; this Tidemark reads versions up to 1/)).toBeVisible();
  await paste(graph.slice(0, 300));
  await expect(page.getByText(/The file is cut or damaged/)).toBeVisible();
  expect(await exportedGraph(page)).toBe(graph);
  await page.mouse.move(700, 300);
  await paste(graph);
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('an edge is selected by a click and deleted by a key; undo draws it again', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  await dragFromPalette(page, 'Filter', { x: 480, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Filter', 'in'));
  const before = await exportedGraph(page);
  const from = await port(page, 'Generator', 'out').boundingBox();
  await page.mouse.click(from!.x + 40, from!.y + 5);
  await page.keyboard.press('Delete');
  expect((JSON.parse(await exportedGraph(page)) as Graph).edges).toHaveLength(0);
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(before);
});

test('palette: search, Enter, double click; each adds one node beside the selected one', async ({ page }) => {
  await newGraph(page);
  await page.keyboard.press('/');
  await page.keyboard.type('gener');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Generator')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('navigation', { name: 'Operators' }).getByRole('button', { name: 'Filter' }).dblclick();
  await expect(page.getByRole('article')).toHaveCount(2);
  const first = await node(page, 'Generator').boundingBox();
  const second = await node(page, 'Filter').boundingBox();
  expect(second!.x).toBeGreaterThan(first!.x + first!.width);
});

test('a problem is named with its cure, and a click flies to its node', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 160, y: 160 });
  await dragFromPalette(page, 'Tumbling', { x: 420, y: 160 });
  await dragFromPalette(page, 'Chart', { x: 680, y: 160 });
  await drawEdge(page, port(page, 'Tumbling', 'out'), port(page, 'Chart', 'in'));
  await page.getByRole('button', { name: /^\d problems?$/ }).click();
  const problem = page.getByRole('dialog', { name: 'Problems' }).getByRole('button', { name: /input of Tumbling/ });
  await expect(problem).toContainText('Draw an edge to it.');
  await problem.click();
  await expect(page.getByRole('textbox', { name: 'Name of the node' })).toHaveValue('Tumbling');
});

test('the list of problems under the graph flies to the node, too', async ({ page }) => {
  await newGraph(page);
  await dragFromPalette(page, 'Tumbling', { x: 140, y: 80 });
  const list = page.locator('li', { hasText: 'Draw an edge to it.' });
  await page.getByRole('radio', { name: /^Problems/ }).click();
  const fromMiddle = async (): Promise<number> => {
    const canvas = await page.getByRole('main', { name: 'Graph' }).boundingBox();
    const box = await node(page, 'Tumbling').boundingBox();
    return Math.abs(canvas!.y + canvas!.height / 2 - (box!.y + box!.height / 2));
  };
  expect(await fromMiddle()).toBeGreaterThan(50);
  await list.getByRole('button', { name: /^Error/ }).click();
  await expect.poll(fromMiddle).toBeLessThan(30);
});

test('the theme is kept over a reload', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
