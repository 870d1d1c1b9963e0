import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { packLink } from '../../src/app/share/share-link.ts';

/** What the journeys do on the page, in the words of its roles and names. */

export function node(page: Page, name: string): Locator {
  return page.getByRole('article', { name, exact: true });
}

export function port(page: Page, name: string, portName: string): Locator {
  return node(page, name).locator(`[data-port="${portName}"]`);
}

export async function newGraph(page: Page): Promise<void> {
  await page.goto('./');
  await chooseFromMenu(page, 'New');
  await expect(page.getByRole('article')).toHaveCount(0);
}

/** Opens a graph by its link: nothing else is opened before it, and nothing runs. */
export async function openGraph(page: Page, graph: object): Promise<void> {
  await page.goto(`./${await packLink(JSON.stringify(graph))}`);
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Document:/ })).toBeVisible();
  // Where messages can be shown keys are heard, too.
  await expect(page.getByText('It does not run until you say so.')).toBeVisible();
  await viewStands(page);
}

/** The view of the canvas moves frames after what asked for it: places on the screen hold once it stands still. */
export async function viewStands(page: Page): Promise<void> {
  const stillFrames = 6;
  await page.locator('.react-flow__viewport').evaluate(async (viewport, frames) => {
    let last = '';
    for (let still = 0; still < frames;) {
      await new Promise(requestAnimationFrame);
      const { transform } = getComputedStyle(viewport);
      still = transform === last ? still + 1 : 0;
      last = transform;
    }
  }, stillFrames);
}

/** A part of the page's code, by the name of its file, that is on its way until the function is called. */
export async function holdBack(page: Page, part: string): Promise<() => void> {
  let bring = (): void => undefined;
  const isWanted = new Promise<void>((resolve) => (bring = resolve));
  await page.route(new RegExp(`/assets/${part}-[^/]*\\.js$`), async (route) => {
    await isWanted;
    await route.continue();
  });
  return bring;
}

interface PlacedNode {
  readonly type: string;
  readonly label: string;
  readonly at: readonly [x: number, y: number];
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A graph of nodes by their ids, and edges such as `clicks>filter` from `out` to `in`. */
export function graphOf(
  nodes: Readonly<Record<string, PlacedNode>>,
  edges: readonly string[],
  more: object = {},
): object {
  const ends = edges.map((edge) => edge.split('>'));
  return {
    version: 1,
    name: 'Journey',
    nodes: Object.entries(nodes).map(([id, { type, label, config = {} }]) => ({
      id,
      type,
      typeVersion: 1,
      label,
      config,
      engine: {},
    })),
    edges: ends.map(([from, to]) => ({ from: { node: from, port: 'out' }, to: { node: to, port: 'in' } })),
    layout: Object.fromEntries(
      Object.entries(nodes).map(
        ([
          id,
          {
            at: [x, y],
          },
        ]) => [id, { x, y }],
      ),
    ),
    ...more,
  };
}

export async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Document:/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Drags an operator out of the palette; `at` is where on the canvas its middle comes to lie. */
export async function dragFromPalette(page: Page, title: string, at: { x: number; y: number }): Promise<void> {
  const item = page.getByRole('navigation', { name: 'Operators' }).getByRole('button', { name: title, exact: true });
  await item.dragTo(page.getByRole('main', { name: 'Graph' }), { targetPosition: at });
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (box === null) throw new Error('Not in view.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws an edge by mouse, and lets go at the second port. */
export async function drawEdge(page: Page, from: Locator, to: Locator): Promise<void> {
  await viewStands(page);
  const start = await middle(from);
  const end = await middle(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}

/** The graph on the screen, by the key that exports it: nothing that takes text may have the keyboard. */
export async function graphNow(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+e');
  return readFileSync(await (await download).path(), 'utf8');
}

/** The bytes that Export gives. */
export async function exportedGraph(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Graph (JSON)' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

export async function importGraph(page: Page, name: string, content: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await chooseFromMenu(page, 'Import');
  await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
}
