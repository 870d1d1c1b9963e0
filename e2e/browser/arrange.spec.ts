import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { dragFromPalette, drawEdge, exportedGraph, newGraph, node, port } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

interface Graph {
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly notes?: readonly { readonly text: string; readonly w: number }[];
  readonly groups?: readonly { readonly title: string; readonly nodes: readonly string[] }[];
}

async function graph(page: Page): Promise<Graph> {
  return JSON.parse(await exportedGraph(page)) as Graph;
}

const wires = ({ edges }: Graph): readonly string[] => edges.map(({ from, to }) => `${from.node}>${to.node}`).sort();

async function chain(page: Page): Promise<void> {
  await newGraph(page);
  await dragFromPalette(page, 'Generator', { x: 140, y: 160 });
  await dragFromPalette(page, 'Chart', { x: 560, y: 160 });
  await drawEdge(page, port(page, 'Generator', 'out'), port(page, 'Chart', 'in'));
}

async function middleOf(page: Page, name: string): Promise<{ x: number; y: number }> {
  const box = await node(page, name).boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + 20 };
}

/** Moves a node by hand; the pointer stays down. */
async function grab(page: Page, name: string, by: { x: number; y: number }): Promise<void> {
  const from = await middleOf(page, name);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 3 });
}

test('an operator goes into an edge by its plus, from the palette, and by dropping a node; delete and reconnect', async ({
  page,
}) => {
  await chain(page);
  const start = await exportedGraph(page);
  const edge = page.locator('.react-flow__edge');
  const out = await port(page, 'Generator', 'out').boundingBox();
  await page.mouse.move(out!.x + 60, out!.y + 5);
  await edge.getByRole('button', { name: 'Insert an operator here' }).click();
  const offers = page.getByRole('listbox', { name: 'Operators that fit' });
  await expect(offers.getByRole('option', { name: 'Tumbling' })).toBeVisible();
  await expect(offers.getByRole('option', { name: 'Chart' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'What goes in between?' }).fill('filter');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Filter')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['filter>sink', 'generator>filter']);
  await page.keyboard.press('Control+Delete');
  await expect(node(page, 'Filter')).toHaveCount(0);
  expect(wires(await graph(page))).toEqual(['generator>sink']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(start);

  await dragFromPalette(page, 'Map', { x: 350, y: 155 });
  expect(wires(await graph(page))).toEqual(['generator>map', 'map>sink']);
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(start);

  await dragFromPalette(page, 'Filter', { x: 350, y: 330 });
  await grab(page, 'Filter', { x: 0, y: -150 });
  await page.mouse.up();
  await expect.poll(async () => wires(await graph(page))).toEqual(['filter>sink', 'generator>filter']);
  await page.keyboard.press('Control+z');
  expect(wires(await graph(page))).toEqual(['generator>sink']);
});

test('a double click, the slash and an edge drawn backwards each offer what fits there', async ({ page }) => {
  await newGraph(page);
  await page.getByRole('main', { name: 'Graph' }).dblclick({ position: { x: 500, y: 330 } });
  await page.getByRole('combobox', { name: 'Add an operator' }).fill('tumb');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Tumbling')).toBeVisible();
  const input = await port(page, 'Tumbling', 'in').boundingBox();
  await page.mouse.move(input!.x + 5, input!.y + 5);
  await page.mouse.down();
  await page.mouse.move(input!.x - 120, input!.y + 40, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('combobox', { name: 'What comes before?' }).fill('gener');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Generator')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['generator>window']);

  await page.keyboard.press('/');
  const question = page.getByRole('combobox', { name: 'What comes next?' });
  await question.fill('temporal');
  await expect(page.getByRole('listbox', { name: 'Operators that fit' })).toBeVisible();
  await question.fill('filter');
  await page.keyboard.press('Enter');
  expect(wires(await graph(page))).toEqual(['generator>filter', 'generator>window']);
});

test('the end of an edge is dragged to another port; Escape and empty canvas put it back', async ({ page }) => {
  await chain(page);
  await dragFromPalette(page, 'Table', { x: 560, y: 330 });
  const before = await exportedGraph(page);
  const end = await port(page, 'Chart', 'in').boundingBox();
  const hold = async (): Promise<void> => {
    await page.mouse.move(end!.x - 13, end!.y + 5);
    await page.mouse.down();
    await page.mouse.move(end!.x - 60, end!.y + 80, { steps: 4 });
  };
  await hold();
  await page.mouse.up();
  expect(await exportedGraph(page)).toBe(before);
  const other = await port(page, 'Table', 'in').boundingBox();
  await hold();
  await page.keyboard.press('Escape');
  await page.mouse.move(other!.x + 5, other!.y + 5, { steps: 3 });
  await page.mouse.up();
  expect(await exportedGraph(page)).toBe(before);
  await hold();
  await page.mouse.move(other!.x + 5, other!.y + 5, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => wires(await graph(page))).toEqual(['generator>sink-2']);
});

test('nodes are aligned, distributed, nudged and laid out, each one step; a drag that is left moves nothing', async ({
  page,
}) => {
  await chain(page);
  await dragFromPalette(page, 'Filter', { x: 350, y: 330 });
  const start = await exportedGraph(page);
  await grab(page, 'Filter', { x: 100, y: 40 });
  await page.keyboard.press('Escape');
  await page.mouse.move(900, 400);
  await page.mouse.up();
  expect(await exportedGraph(page)).toBe(start);

  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Align top' }).click();
  const tops = Object.values((await graph(page)).layout).map(({ y }) => y);
  expect(new Set(tops).size).toBe(1);
  await page.keyboard.press('Alt+l');
  const { layout } = await graph(page);
  expect(new Set(Object.values(layout).map(({ x }) => x)).size).toBe(1);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(start);

  await node(page, 'Chart').click();
  const before = await node(page, 'Chart').boundingBox();
  await page.keyboard.press('Alt+a');
  await expect.poll(async () => exportedGraph(page)).not.toBe(start);
  await expect.poll(async () => node(page, 'Chart').boundingBox()).toEqual(before);
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(start);
  await node(page, 'Chart').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowRight');
  const moved = (await graph(page)).layout['sink'];
  const origin = (JSON.parse(start) as Graph).layout['sink']!;
  expect(moved).toEqual({ x: origin.x + 16, y: origin.y + 64 });
  await page.keyboard.press('Control+z');
  expect(await exportedGraph(page)).toBe(start);
});

test('a group has a title and moves its nodes; a note is plain text; both are undone in one step', async ({ page }) => {
  await chain(page);
  const start = await graph(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Title of the group' }).fill('All of it');
  await page.keyboard.press('Enter');
  const title = page.getByRole('button', { name: 'All of it' });
  const box = await title.boundingBox();
  await page.mouse.move(box!.x + 30, box!.y + 10);
  await page.mouse.down();
  await page.mouse.move(box!.x + 80, box!.y + 90, { steps: 5 });
  await page.mouse.up();
  const moved = await graph(page);
  expect(moved.groups).toEqual([{ id: 'group', title: 'All of it', nodes: ['generator', 'sink'] }]);
  for (const id of ['generator', 'sink']) {
    expect(moved.layout[id]!.y - start.layout[id]!.y).toBe(moved.layout['sink']!.y - start.layout['sink']!.y);
    expect(moved.layout[id]!.y).toBeGreaterThan(start.layout[id]!.y);
  }
  await page.keyboard.press('Control+z');
  expect((await graph(page)).layout).toEqual(start.layout);
  await page.keyboard.press('Control+Shift+g');
  expect((await graph(page)).groups).toBeUndefined();

  await page.mouse.move(700, 420);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('<b>Not</b> HTML');
  await page.keyboard.press('Escape');
  await expect(page.getByText('<b>Not</b> HTML')).toBeVisible();
  await page.getByRole('button', { name: /^Size of the note/ }).focus();
  await page.keyboard.press('ArrowRight');
  expect((await graph(page)).notes).toMatchObject([{ text: '<b>Not</b> HTML', w: 224 }]);
  await page.getByText('<b>Not</b> HTML').click();
  await page.keyboard.press('Delete');
  expect((await graph(page)).notes).toBeUndefined();
});

test('the map is there while the graph does not fit', async ({ page }) => {
  await chain(page);
  const map = page.getByRole('group', { name: /^Map of the graph/ });
  await expect(map).toHaveCount(0);
  await page.mouse.move(500, 300);
  await page.mouse.wheel(0, -1200);
  await expect(map).toBeVisible();
  await page.keyboard.press('m');
  await expect(map).toHaveCount(0);
  await page.keyboard.press('m');
  await page.keyboard.press('f');
  await expect(map).toHaveCount(0);
});
