import type { Browser, Page } from '@playwright/test';
import { PageThread } from './thread.ts';

/** Scripting a frame while the plane is dragged, on the processor. */
const GOAL_MS = 8;
const FRAMES = 60;

interface Panned {
  readonly view: string;
  readonly scriptMsAFrame: number;
}

/** Drags the plane to and fro: with all events in view, then so near that they are drawn one by one. */
export async function panPlane(browser: Browser, page: Page): Promise<number> {
  const thread = await PageThread.of(browser, page);
  await page.locator('[data-plane]').getByRole('button', { name: 'All', exact: true }).click();
  const plot = page.locator('[data-plane] [role="application"]');
  await page.locator('[data-plane] [data-view="all"]').waitFor();
  const all = await panned(thread, 'all in view');
  await plot.focus();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('+');
    await thread.frame();
  }
  const near = await panned(thread, 'a part of them');
  let exitCode = 0;
  for (const { view, scriptMsAFrame } of [all, near]) {
    const isMet = scriptMsAFrame <= GOAL_MS;
    if (!isMet) exitCode = 1;
    const verdict = isMet ? 'ok' : 'FAIL';
    console.log(`panning, ${view}: ${scriptMsAFrame.toFixed(1)} ms scripting a frame, at most ${GOAL_MS}: ${verdict}`);
  }
  return exitCode;
}

async function panned(thread: PageThread, view: string): Promise<Panned> {
  const { page } = thread;
  const box = await page.locator('[data-plane] [role="application"]').boundingBox();
  if (box === null) throw new Error('The plane is not in view.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await thread.frame();
  const before = await thread.scriptMs();
  for (let i = 1; i <= FRAMES; i++) {
    await page.mouse.move(x + 60 * Math.sin(i / 6), y + 30 * Math.sin(i / 4));
    await thread.frame();
  }
  const scriptMs = (await thread.scriptMs()) - before;
  await page.mouse.up();
  return { view, scriptMsAFrame: scriptMs / FRAMES };
}
