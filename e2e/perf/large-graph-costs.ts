import type { Browser, Page } from '@playwright/test';
import { importGraph } from '../browser/workbench.ts';
import { openPage } from '../preview.ts';
import type { Cost } from './judge.ts';
import { largeGraph } from './large-graph.ts';
import { openingMs, watchOpening } from './opening.ts';
import { PageThread } from './thread.ts';

/** Each in a frame of its own. */
const MOVES = 120;
const TASK_GOAL_MS = 100;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What it costs to work on a graph of 500 nodes and 700 edges: opened in a fresh page, then taken in hand. */
export async function largeGraphCosts(browser: Browser, address: string): Promise<readonly Cost[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const graph = largeGraph();
    await watchOpening(page, { nodes: graph.nodes.length, edges: graph.edges.length });
    await openPage(page, address);
    await page.locator('footer[data-status="running"]').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const thread = await PageThread.of(browser, page);

    let openMs = Infinity;
    const openTaskMs = await thread.longestTaskMs(async () => {
      await importGraph(page, 'large.json', JSON.stringify(graph));
      openMs = await openingMs(page);
    });
    const costs: Cost[] = [
      { what: 'open, from the file to the painted graph', ms: openMs, goalMs: 1_500 },
      task('while the graph opens', openTaskMs),
    ];
    costs.push(...(await dragCosts(thread)));
    // The time deck folded, all of the graph fits.
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    for (const [what, act] of GESTURES) costs.push(task(what, await thread.longestTaskMs(() => act(thread))));
    return costs;
  } finally {
    await context.close();
  }
}

function task(what: string, ms: number): Cost {
  return { what: `longest task ${what}`, ms, goalMs: TASK_GOAL_MS };
}

/** Of dragging a node in the middle of the graph. */
async function dragCosts(thread: PageThread): Promise<readonly Cost[]> {
  const { page } = thread;
  const from = await middleOf(page, 'Union n12-10');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  let scripting = 0;
  const longest = await thread.longestTaskMs(async () => {
    const before = await thread.scriptMs();
    await pull(thread, from);
    scripting = (await thread.scriptMs()) - before;
  });
  await page.mouse.up();
  return [
    { what: 'scripting a frame while a node is dragged', ms: scripting / MOVES, goalMs: 8 },
    task('while it is dragged', longest),
  ];
}

/** Moves the pressed mouse a little, frame by frame. */
async function pull(thread: PageThread, from: Point, moves = MOVES): Promise<void> {
  for (let i = 1; i <= moves; i++) {
    const turn = (i / MOVES) * 4 * Math.PI;
    await thread.page.mouse.move(from.x + 120 * Math.sin(turn), from.y + 80 * (1 - Math.cos(turn)));
    await thread.frame();
  }
}

const GESTURES: readonly (readonly [string, (thread: PageThread) => Promise<void>])[] = [
  ['while the view is moved', pan],
  ['while the view is zoomed', zoom],
  ['while all is selected and no more', selectAll],
  ['while 100 nodes are deleted', deleteColumns],
  ['while that is undone', undo],
  ['while an expression is typed', type],
  ['while a run goes on', run],
];

async function pan(thread: PageThread): Promise<void> {
  const at = await emptyPoint(thread.page);
  await thread.page.mouse.move(at.x, at.y);
  await thread.page.mouse.down();
  await pull(thread, at, MOVES / 2);
  await thread.page.mouse.up();
}

async function zoom(thread: PageThread): Promise<void> {
  const at = await emptyPoint(thread.page);
  await thread.page.mouse.move(at.x, at.y);
  for (let i = 0; i < 40; i++) {
    await thread.page.mouse.wheel(0, i < 20 ? -120 : 120);
    await thread.frame();
  }
  await thread.page.keyboard.press('f');
}

async function selectAll({ page }: PageThread): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await drawn(page, '.react-flow__node.selected', 500);
  await page.keyboard.press('Escape');
  await drawn(page, '.react-flow__node.selected', 0);
}

/** Five columns, by a frame around them. */
async function deleteColumns({ page }: PageThread): Promise<void> {
  const [from, to] = [await middleOf(page, 'Union n6-0'), await middleOf(page, 'Union n10-19')];
  await page.keyboard.down('Shift');
  // Between the nodes.
  await page.mouse.move(from.x - 22, from.y - 9);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 20 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.keyboard.press('Delete');
  await drawn(page, 'article', 400);
}

async function undo({ page }: PageThread): Promise<void> {
  await page.keyboard.press('ControlOrMeta+z');
  await drawn(page, 'article', 500);
}

async function drawn(page: Page, selector: string, count: number): Promise<void> {
  const isDrawn = ([wanted, all]: readonly [string, number]): boolean =>
    document.querySelectorAll(wanted).length === all;
  // Not in every frame: it would be counted.
  await page.waitForFunction(isDrawn, [selector, count] as const, { polling: 200 });
}

async function type({ page }: PageThread): Promise<void> {
  await page.getByRole('article', { name: 'Filter n11-10', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Keep if' });
  await field.press('End');
  await field.pressSequentially(" AND page <> '/about'", { delay: 60 });
}

async function run({ page }: PageThread): Promise<void> {
  await page.getByRole('button', { name: 'Play' }).click();
  await page.locator('footer[data-status="running"]').waitFor();
  await page.waitForTimeout(3_000);
}

async function middleOf(page: Page, name: string): Promise<Point> {
  const box = await page.getByRole('article', { name, exact: true }).boundingBox();
  if (box === null) throw new Error(`${name} is not in view.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 4 };
}

/** Where there is nothing but the canvas. */
async function emptyPoint(page: Page): Promise<Point> {
  return page.evaluate(() => {
    const { left, top, width, height } =
      document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect();
    for (let y = top + height / 2; y < top + height; y += 3) {
      for (let x = left + width / 3; x < left + width; x += 3) {
        if (document.elementFromPoint(x, y)?.matches('.react-flow__pane') === true) return { x, y };
      }
    }
    throw new Error('The graph covers the canvas.');
  });
}
