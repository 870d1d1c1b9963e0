import type { Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { graphNow, graphOf, newGraph, node, openGraph, port, viewStands } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly config: Readonly<Record<string, unknown>> }[];
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

async function graph(page: Page): Promise<Graph> {
  return JSON.parse(await graphNow(page)) as Graph;
}

const wires = ({ edges }: Graph): readonly string[] => edges.map(({ from, to }) => `${from.node}>${to.node}`).sort();

const PAIR = {
  generator: { type: 'source.generator', label: 'Generator', at: [0, 0] },
  filter: { type: 'filter', label: 'Filter', at: [260, 0], config: { predicate: 'TRUE' } },
} as const;

/** Draws an edge from a port and lets go over nothing. */
async function letGo(page: Page, name: string, portName: string, by: { x: number; y: number }): Promise<void> {
  await viewStands(page);
  const from = await port(page, name, portName).boundingBox();
  await page.mouse.move(from!.x + 5, from!.y + 5);
  await page.mouse.down();
  await page.mouse.move(from!.x + by.x, from!.y + by.y, { steps: 5 });
  await page.mouse.up();
}

test('palette, edges let go over nothing, a double click and the slash add what fits there, wired, in one step', async ({
  page,
}) => {
  await newGraph(page);
  await page.keyboard.press('/');
  await page.keyboard.type('gener');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Generator')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('navigation', { name: 'Operators' }).getByRole('button', { name: 'Filter' }).dblclick();
  await expect(node(page, 'Filter')).toBeVisible();
  const first = await node(page, 'Generator').boundingBox();
  const second = await node(page, 'Filter').boundingBox();
  expect(second!.x).toBeGreaterThan(first!.x + first!.width);
  await page.keyboard.press('Control+z');
  await expect(node(page, 'Filter')).toHaveCount(0);
  const start = await graphNow(page);

  await letGo(page, 'Generator', 'out', { x: 120, y: 60 });
  const options = page.getByRole('listbox', { name: 'Operators that fit' }).getByRole('option');
  await expect(options.filter({ hasText: 'Tumbling' })).toBeVisible();
  await expect(options.filter({ hasText: 'Generator' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'What comes next?' }).fill('tumb');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Tumbling')).toBeVisible();
  const added = await graph(page);
  expect([wires(added), added.nodes[1]?.config['keys']]).toEqual([['generator>window'], ['user_id']]);
  await page.keyboard.press('Control+z');
  expect(await graphNow(page)).toBe(start);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');

  // A right click elsewhere asks about what is there; what is chosen then is done there.
  const menu = page.getByRole('menu', { name: 'Actions' });
  const box = await page.getByRole('main', { name: 'Graph' }).boundingBox();
  for (const x of [300, 500]) {
    await page.mouse.click(box!.x + x, box!.y + 300, { button: 'right' });
    await expect.poll(async () => (await menu.boundingBox())?.x ?? 0).toBeCloseTo(box!.x + x, -1);
  }
  await menu.getByRole('menuitem', { name: 'Add an operator…' }).click();
  await page.getByRole('combobox', { name: 'Add an operator' }).press('Escape');

  await page.getByRole('main', { name: 'Graph' }).dblclick({ position: { x: 300, y: 400 } });
  await page.getByRole('combobox', { name: 'Add an operator' }).fill('tumb');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Tumbling')).toBeVisible();
  await letGo(page, 'Tumbling', 'in', { x: -120, y: -60 });
  await page.getByRole('combobox', { name: 'What comes before?' }).fill('gener');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Generator')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['generator>window']);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'What comes next?' }).fill('filter');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Filter')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['generator>filter', 'generator>window']);
});

test('copies go through the clipboard, or are dragged with Alt; what is no graph says so; text of a field and a dialog keep theirs', async ({
  page,
}) => {
  await openGraph(page, graphOf(PAIR, ['generator>filter']));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('article')).toHaveCount(4);
  expect((await graph(page)).edges).toHaveLength(2);
  await page.keyboard.press('Control+d');
  await expect(page.getByRole('article')).toHaveCount(6);
  await page.keyboard.press('Control+x');
  await expect(page.getByRole('article')).toHaveCount(4);
  for (const left of [6, 4, 2]) {
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('article')).toHaveCount(left);
  }

  const before = await graphNow(page);
  const [original] = (JSON.parse(before) as Graph).nodes;
  await page.keyboard.press('Escape');
  const box = await node(page, 'Filter').boundingBox();
  await page.mouse.move(box!.x + 60, box!.y + 14);
  await page.keyboard.down('Alt');
  await page.mouse.down();
  await page.mouse.move(box!.x + 60, box!.y + 94, { steps: 4 });
  await page.mouse.move(box!.x + 60, box!.y + 14, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  expect(await graphNow(page)).toBe(before);
  await page.keyboard.down('Alt');
  await page.mouse.down();
  await page.mouse.move(box!.x + 60, box!.y + 194, { steps: 4 });
  expect(await node(page, 'Filter').boundingBox()).toEqual(box);
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(page.getByRole('article')).toHaveCount(3);
  const copied = await graph(page);
  expect([copied.nodes[0], wires(copied)]).toEqual([original, ['generator>filter']]);
  expect(copied.layout['filter-2']!.y - copied.layout['filter']!.y).toBeGreaterThan(100);
  await page.keyboard.press('Control+z');
  expect(await graphNow(page)).toBe(before);

  const paste = async (text: string): Promise<void> => {
    await page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await page.keyboard.press('Control+v');
  };
  const said: readonly (readonly [string, RegExp])[] = [
    ['A shopping list', /The clipboard holds no graph/],
    ['[{"id":"1","type":"inject"}]', /It is JSON, but no graph of Tidemark/],
    [before.replace('"version": 1', '"version": 7'), /has version 7; this Tidemark reads versions up to 1/],
    [before.slice(0, 300), /The file is cut or damaged/],
  ];
  for (const [text, says] of said) {
    await paste(text);
    await expect(page.getByText(says)).toBeVisible();
  }
  await node(page, 'Filter').click();
  const name = page.getByRole('textbox', { name: 'Name of the node' });
  await name.press('Control+a');
  await name.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Filter');
  await name.press('End');
  await name.press('Control+v');
  await expect(name).toHaveValue('FilterFilter');
  await name.fill('Filter');
  await node(page, 'Filter').click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Control+x');
  await paste(before);
  await page.keyboard.press('Escape');
  expect(await graphNow(page)).toBe(before);
});

test('from afar a node keeps its size, and is read out whole', async ({ page }) => {
  await openGraph(page, graphOf(PAIR, ['generator>filter']));
  const filter = page.locator('.react-flow__node[data-id="filter"]');
  const size = (): Promise<readonly number[]> =>
    filter.evaluate((element: HTMLElement) => [element.offsetWidth, element.offsetHeight]);
  const near = await size();
  await expect(filter.getByText('filtered')).toBeVisible();
  const zoomOut = page.getByRole('main', { name: 'Graph' }).getByRole('button', { name: 'Zoom out' });
  for (let i = 0; i < 4; i++) await zoomOut.click();
  await expect(filter.getByText('filtered')).toBeHidden();
  expect(await size()).toEqual(near);
  await expect(filter).toHaveAccessibleName(/^Filter Filter TRUE 1 problem in \S+ out \S+ filtered \S+$/);
});

test('a problem is named with its cure, and leads to its node; the theme is kept over a reload', async ({ page }) => {
  const tumbling = { type: 'window', label: 'Tumbling', at: [260, 0] } as const;
  await openGraph(page, graphOf({ ...PAIR, filter: { ...PAIR.filter, at: [0, 400] }, tumbling }, ['generator>filter']));
  await page.getByRole('button', { name: /^\d problems?$/ }).click();
  const problem = page.getByRole('dialog', { name: 'Problems' }).getByRole('button', { name: /input of Tumbling/ });
  await expect(problem).toContainText('Draw an edge to it.');
  await problem.click();
  await expect(page.getByRole('textbox', { name: 'Name of the node' })).toHaveValue('Tumbling');

  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: /^Problems/ }).click();
  const list = page.locator('li', { hasText: 'The rows of Filter lead nowhere' });
  const fromMiddle = async (): Promise<number> => {
    const canvas = await page.getByRole('main', { name: 'Graph' }).boundingBox();
    const box = await node(page, 'Filter').boundingBox();
    return Math.abs(canvas!.y + canvas!.height / 2 - (box!.y + box!.height / 2));
  };
  await expect.poll(fromMiddle).toBeGreaterThan(50);
  await list.getByRole('button', { name: /^Warning/ }).click();
  await expect.poll(fromMiddle).toBeLessThan(30);

  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
