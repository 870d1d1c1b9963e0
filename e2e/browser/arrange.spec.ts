import type { Locator, Page } from '@playwright/test';
import { expect, test } from './page-test.ts';
import { dragFromPalette, graphNow, graphOf, node, openGraph, port, viewStands } from './workbench.ts';

test.use({ viewport: { width: 1440, height: 900 } });

interface Graph {
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly notes?: readonly { readonly text: string; readonly w: number; readonly x: number; readonly y: number }[];
  readonly groups?: readonly { readonly title: string; readonly nodes: readonly string[] }[];
}

async function graph(page: Page): Promise<Graph> {
  return JSON.parse(await graphNow(page)) as Graph;
}

function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

const wires = ({ edges }: Graph): readonly string[] => edges.map(({ from, to }) => `${from.node}>${to.node}`).sort();

const generator = { type: 'source.generator', label: 'Generator', at: [0, 0] } as const;
const chart = { type: 'sink', label: 'Chart', at: [416, 0] } as const;
const filter = { type: 'filter', label: 'Filter', at: [208, 208], config: { predicate: 'TRUE' } } as const;
const table = { type: 'sink', label: 'Table', at: [416, 208] } as const;

/** Moves a node by hand; the pointer stays down. */
async function grab(page: Page, name: string, by: { x: number; y: number }): Promise<void> {
  await viewStands(page);
  const box = await node(page, name).boundingBox();
  const from = { x: box!.x + box!.width / 2, y: box!.y + 20 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 3 });
}

test('operators go into an edge by its plus, from the palette and by hand, or it says why not; ends of edges move', async ({
  page,
}) => {
  await openGraph(page, graphOf({ generator, chart, filter, table }, ['generator>chart']));
  const start = await graphNow(page);
  const undo = async (): Promise<void> => {
    await page.keyboard.press('Control+z');
    expect(await graphNow(page)).toBe(start);
  };
  const out = await port(page, 'Generator', 'out').boundingBox();
  const onEdge = { x: out!.x + 60, y: out!.y + 5 };
  await page.mouse.move(onEdge.x, onEdge.y);
  await page.locator('.react-flow__edge').getByRole('button', { name: 'Insert an operator here' }).click();
  const offers = page.getByRole('listbox', { name: 'Operators that fit' });
  await expect(offers.getByRole('option', { name: 'Tumbling' })).toBeVisible();
  await expect(offers.getByRole('option', { name: 'Chart' })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'What goes in between?' }).fill('map');
  await page.keyboard.press('Enter');
  await expect(node(page, 'Map')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['generator>map', 'map>chart']);
  await page.keyboard.press('Control+Delete');
  await expect(node(page, 'Map')).toHaveCount(0);
  expect(wires(await graph(page))).toEqual(['generator>chart']);
  await page.keyboard.press('Control+z');
  await undo();

  const canvas = await page.getByRole('main', { name: 'Graph' }).boundingBox();
  await dragFromPalette(page, 'Map', { x: onEdge.x - canvas!.x, y: onEdge.y - canvas!.y });
  expect(wires(await graph(page))).toEqual(['generator>map', 'map>chart']);
  await undo();

  const grabTo = async (name: string): Promise<void> => {
    const box = await node(page, name).boundingBox();
    await grab(page, name, { x: onEdge.x - box!.x - box!.width / 2, y: onEdge.y - box!.y - 20 });
  };
  await grabTo('Filter');
  await page.mouse.up();
  await expect.poll(async () => wires(await graph(page))).toEqual(['filter>chart', 'generator>filter']);
  await undo();
  await grabTo('Table');
  await expect(page.getByText('Nothing flows on from a sink.')).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText('Not put into the edge.')).toBeVisible();
  expect(wires(await graph(page))).toEqual(['generator>chart']);
  await undo();

  const end = await port(page, 'Chart', 'in').boundingBox();
  const other = await port(page, 'Table', 'in').boundingBox();
  const hold = async (): Promise<void> => {
    await page.mouse.move(end!.x - 13, end!.y + 5);
    await page.mouse.down();
    await page.mouse.move(end!.x - 60, end!.y + 80, { steps: 4 });
  };
  await hold();
  await page.mouse.up();
  expect(await graphNow(page)).toBe(start);
  await hold();
  await page.keyboard.press('Escape');
  await page.mouse.move(other!.x + 5, other!.y + 5, { steps: 3 });
  await page.mouse.up();
  expect(await graphNow(page)).toBe(start);
  await hold();
  await page.mouse.move(other!.x + 5, other!.y + 5, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => wires(await graph(page))).toEqual(['generator>table']);
  await undo();
  await page.mouse.click(onEdge.x - 30, onEdge.y);
  await page.keyboard.press('Delete');
  expect((await graph(page)).edges).toHaveLength(0);
  await undo();
});

test('nodes are aligned, nudged and laid out, each one step that lights up when undone; Escape leaves a drag; the map is there while the graph does not fit', async ({
  page,
}) => {
  // Messages come above the middle: nothing that is clicked lies there.
  const low = {
    generator: { ...generator, at: [0, 208] },
    chart: { ...chart, at: [416, 208] },
    filter: { ...filter, at: [0, 0] },
  } as const;
  await openGraph(page, graphOf(low, ['generator>chart']));
  const start = await graphNow(page);
  await grab(page, 'Filter', { x: 100, y: 40 });
  await page.keyboard.press('Escape');
  await page.mouse.move(900, 400);
  await page.mouse.up();
  expect(await graphNow(page)).toBe(start);

  await page.keyboard.press('Control+a');
  await expect(inspector(page).getByRole('heading', { name: '3 nodes' })).toBeVisible();
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Align top' }).click();
  const tops = Object.values((await graph(page)).layout).map(({ y }) => y);
  expect(new Set(tops).size).toBe(1);
  await inspector(page).getByRole('toolbar', { name: 'Arrange' }).getByRole('button', { name: 'Align left' }).click();
  const { layout } = await graph(page);
  expect(new Set(Object.values(layout).map(({ x }) => x)).size).toBe(1);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await graphNow(page)).toBe(start);

  await node(page, 'Chart').click();
  const before = await node(page, 'Chart').boundingBox();
  await page.keyboard.press('Alt+a');
  await expect.poll(async () => graphNow(page)).not.toBe(start);
  await expect.poll(async () => node(page, 'Chart').boundingBox()).toEqual(before);
  await page.keyboard.press('Control+z');
  await node(page, 'Chart').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowRight');
  const origin = (JSON.parse(start) as Graph).layout['chart']!;
  expect((await graph(page)).layout['chart']).toEqual({ x: origin.x + 16, y: origin.y + 64 });

  const lit = await page.evaluateHandle(() => {
    const ids: (string | undefined)[] = [];
    new MutationObserver((records) => {
      for (const { target } of records) {
        if (target instanceof HTMLElement && target.dataset['flash'] !== undefined) ids.push(target.dataset['id']);
      }
    }).observe(document.body, { subtree: true, attributeFilter: ['data-flash'] });
    return ids;
  });
  await page.keyboard.press('Control+z');
  expect(await graphNow(page)).toBe(start);
  await expect.poll(() => lit.jsonValue()).toEqual(['chart']);

  const map = page.getByRole('group', { name: /^Map of the graph/ });
  await page.keyboard.press('f');
  await expect(map).toHaveCount(0);
  await page.mouse.move(500, 300);
  await page.mouse.wheel(0, -1200);
  await expect(map).toBeVisible();
  await page.keyboard.press('m');
  await expect(map).toHaveCount(0);
});

test('a group has a title, moves its nodes and notes, takes in what is dropped in it and lets go of what is pulled out; a note is plain text', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openGraph(page, graphOf({ generator, chart, filter: { ...filter, at: [208, 288] } }, ['generator>chart']));
  const start = await graph(page);
  await node(page, 'Generator').click();
  await node(page, 'Chart').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Control+g');
  await page.getByRole('textbox', { name: 'Title of the group' }).fill('All of it');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('textbox', { name: 'Name of the group' })).toHaveValue('All of it');
  await expect(inspector(page).getByRole('region', { name: 'What is selected' })).toContainText('Generator');
  // The title comes into view, away from the edge by which a drag moves the view.
  await page.keyboard.press('f');
  await viewStands(page);
  const members = async (): Promise<unknown> => (await graph(page)).groups?.map(({ nodes }) => nodes);

  const between = await node(page, 'Generator').boundingBox();
  await page.mouse.move(between!.x + between!.width + 110, between!.y + 40);
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('<b>Not</b> HTML');
  await page.keyboard.press('Escape');
  await expect(inspector(page).getByRole('textbox', { name: 'Text', exact: true })).toHaveValue('<b>Not</b> HTML');
  const before = await graph(page);
  expect(before.groups).toMatchObject([{ title: 'All of it', nodes: ['generator', 'chart'] }]);

  await viewStands(page);
  const frame = await page.getByRole('region', { name: 'Group All of it' }).boundingBox();
  const note = await page.locator('.react-flow__node-note').boundingBox();
  expect([note!.x > frame!.x, note!.x + note!.width < frame!.x + frame!.width], 'The note lies in the frame.').toEqual([
    true,
    true,
  ]);
  expect([note!.y > frame!.y, note!.y + note!.height < frame!.y + frame!.height]).toEqual([true, true]);
  const title = await page.getByRole('button', { name: 'All of it' }).boundingBox();
  await page.mouse.move(title!.x + 30, title!.y + 10);
  await page.mouse.down();
  await page.mouse.move(title!.x + 50, title!.y + 50, { steps: 5 });
  await page.mouse.up();
  const moved = await graph(page);
  const by = moved.layout['chart']!.y - start.layout['chart']!.y;
  expect(by).toBeGreaterThan(0);
  expect(moved.layout['generator']!.y - start.layout['generator']!.y).toBe(by);
  expect(moved.notes![0]!.y - before.notes![0]!.y).toBe(by);
  await page.keyboard.press('Control+z');
  expect(await graph(page)).toEqual(before);

  const inside = await node(page, 'Chart').boundingBox();
  const filterBox = await node(page, 'Filter').boundingBox();
  await grab(page, 'Filter', { x: inside!.x - filterBox!.x - 40, y: inside!.y - filterBox!.y + 16 });
  await page.mouse.up();
  await expect.poll(members).toEqual([['generator', 'chart', 'filter']]);
  await grab(page, 'Filter', { x: -60, y: 260 });
  await page.mouse.up();
  await expect.poll(members).toEqual([['generator', 'chart']]);
  await page.keyboard.press('Control+z');
  expect(await members()).toEqual([['generator', 'chart', 'filter']]);
  await page.keyboard.press('Control+z');
  expect(await graph(page)).toEqual(before);

  await page.getByRole('button', { name: /^Size of the note/ }).focus();
  await page.keyboard.press('ArrowRight');
  expect((await graph(page)).notes).toMatchObject([{ text: '<b>Not</b> HTML', w: 224 }]);
  await page.locator('.react-flow__node-note').click();
  await page.keyboard.press('Delete');
  expect((await graph(page)).notes).toBeUndefined();
  await node(page, 'Chart').click();
  await page.keyboard.press('Control+Shift+g');
  expect((await graph(page)).groups).toBeUndefined();
});
