import type { Browser, CDPSession, Page } from '@playwright/test';
import { importGraph } from '../browser/workbench.ts';
import { openPage } from '../preview.ts';
import { largeGraph } from './large-graph.ts';
import { TRACE_CATEGORIES, mainThreadTasks } from './tasks.ts';

/** What it costs to work on a graph of 500 nodes and 700 edges. */
export interface DragFigures {
  /** From the moment that the file is chosen until every node stands on the canvas, painted. */
  readonly openMs: number;
  /** Of the page's thread, a frame in which the dragged node moves. */
  readonly scriptingMsAFrame: number;
  /** On the processor. */
  readonly longestDragTaskMs: number;
  readonly longestOpenTaskMs: number;
}

export const GOALS: DragFigures = {
  openMs: 1_500,
  scriptingMsAFrame: 8,
  longestDragTaskMs: 100,
  longestOpenTaskMs: 100,
};

/** Each in a frame of its own. */
const MOVES = 120;

interface Opening {
  chosenAtMs: number | null;
  paintedAtMs: number | null;
}

/** Notes when a file is chosen, and when the frame after the last node's has begun. */
function watchOpening(nodeCount: number): void {
  const opening: Opening = { chosenAtMs: null, paintedAtMs: null };
  (globalThis as unknown as { opening: Opening }).opening = opening;
  const isWhole = (): boolean => {
    const nodes = document.querySelectorAll<HTMLElement>('.react-flow__node');
    return nodes.length >= nodeCount && [...nodes].every((node) => node.style.visibility !== 'hidden');
  };
  const look = (): void => {
    requestAnimationFrame(() => {
      if (!isWhole()) look();
      else requestAnimationFrame(() => (opening.paintedAtMs = performance.now()));
    });
  };
  // The chooser's own input is never on the page: its events are heard where it is made.
  const create = document.createElement.bind(document);
  document.createElement = (name: string): HTMLElement => {
    const element = create(name);
    if (element instanceof HTMLInputElement) {
      element.addEventListener('change', () => {
        opening.chosenAtMs = performance.now();
        look();
      });
    }
    return element;
  };
}

async function scriptMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1_000 * (metrics.find((metric) => metric.name === 'ScriptDuration')?.value ?? 0);
}

/** Pulls the pressed mouse a little, frame by frame; frames in which it does not move are nobody's cost and not counted. */
async function pull(page: Page, from: { readonly x: number; readonly y: number }): Promise<void> {
  for (let i = 1; i <= MOVES; i++) {
    const turn = (i / MOVES) * 4 * Math.PI;
    await page.mouse.move(from.x + 120 * Math.sin(turn), from.y + 80 * (1 - Math.cos(turn)));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

async function longestTaskOf(browser: Browser): Promise<number> {
  const tasks = mainThreadTasks(await browser.stopTracing());
  return Math.max(0, ...tasks.map((task) => task.cpuMs));
}

/** Opens the graph in a fresh page and drags a node in its middle. */
export async function measureDragging(browser: Browser, address: string): Promise<DragFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const graph = largeGraph();
    await page.addInitScript(watchOpening, graph.nodes.length);
    await openPage(page, address);
    await page.locator('footer[data-status="running"]').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();

    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    await importGraph(page, 'large.json', JSON.stringify(graph));
    const opening = await page.waitForFunction(() => {
      const { chosenAtMs, paintedAtMs } = (globalThis as unknown as { opening: Opening }).opening;
      return chosenAtMs === null || paintedAtMs === null ? null : paintedAtMs - chosenAtMs;
    });
    const openMs = (await opening.jsonValue()) ?? Infinity;
    await page.waitForTimeout(1_000);
    const longestOpenTaskMs = await longestTaskOf(browser);

    const box = await page.getByRole('article', { name: 'Union n12-10', exact: true }).boundingBox();
    if (box === null) throw new Error('The graph is not in view.');
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 4 };
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    const before = await scriptMs(session);
    await pull(page, from);
    const scripting = (await scriptMs(session)) - before;
    await page.mouse.up();
    const longestDragTaskMs = await longestTaskOf(browser);
    return { openMs, scriptingMsAFrame: scripting / MOVES, longestDragTaskMs, longestOpenTaskMs };
  } finally {
    await context.close();
  }
}
