import type { Browser, Page, Response } from '@playwright/test';
import { openPage } from '../preview.ts';
import type { ReceivedFile } from './weigh.ts';

/** What the page had received when its first node could be dragged. */
export interface FirstDrag {
  readonly atMs: number;
  readonly files: readonly ReceivedFile[];
}

interface Probe {
  /** When the press began that moved the node; null so far. */
  pressedAtMs: number | null;
}

/**
 * Presses and pulls the first node in every frame from the moment that it is on the page until it moves. Runs in the page,
 * so that no message between two processes makes the moment later than it is.
 */
function pullFirstNode(): void {
  const probe: Probe = { pressedAtMs: null };
  (globalThis as unknown as { probe: Probe }).probe = probe;
  let attempt: { readonly node: Element; readonly place: string; readonly atMs: number } | null = null;
  const tell = (target: EventTarget, type: string, x: number, y: number): void => {
    const buttons = type === 'mouseup' ? 0 : 1;
    const options = { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, button: 0, buttons };
    target.dispatchEvent(new MouseEvent(type, options));
  };
  const pull = (): void => {
    if (attempt !== null) {
      tell(document, 'mouseup', 0, 0);
      if (attempt.node.getAttribute('style') !== attempt.place) {
        probe.pressedAtMs = attempt.atMs;
        return;
      }
      attempt = null;
    }
    requestAnimationFrame(pull);
    const node = document.querySelector('.react-flow__node');
    if (node === null || getComputedStyle(node).visibility === 'hidden') return;
    const { x, y } = node.getBoundingClientRect();
    attempt = { node, place: node.getAttribute('style') ?? '', atMs: performance.now() };
    tell(node, 'mousedown', x + 40, y + 12);
    for (const step of [20, 60]) tell(document, 'mousemove', x + 40 + step, y + 12 + step);
  };
  requestAnimationFrame(pull);
}

/** Opens the page in a fresh profile and waits until its first node has moved. */
export async function measureFirstDrag(
  browser: Browser,
  address: string,
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<FirstDrag> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const responses = new Map<string, Response>();
    page.on('response', (response) => responses.set(response.url(), response));
    await page.addInitScript(pullFirstNode);
    await prepare(page);
    await openPage(page, address);
    await page.waitForFunction(() => (globalThis as unknown as { probe: Probe }).probe.pressedAtMs !== null);
    const { atMs, received } = await page.evaluate(() => {
      const pressed = (globalThis as unknown as { probe: Probe }).probe.pressedAtMs ?? 0;
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const names = entries.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= pressed);
      return { atMs: pressed, received: names.map(({ name }) => name) };
    });
    const files = received.flatMap((url) => responses.get(url) ?? []).map(asFile);
    return { atMs, files: await Promise.all(files) };
  } finally {
    await context.close();
  }
}

async function asFile(response: Response): Promise<ReceivedFile> {
  const type = response.headers()['content-type'] ?? '';
  return { name: new URL(response.url()).pathname.slice(1), type, content: await response.body() };
}
