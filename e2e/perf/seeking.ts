import type { Page } from '@playwright/test';
import { Random } from '../../src/stream/random.ts';

/** From the press on the track to the frame that shows the run there, on the wall: nine of ten, once points are filled in. */
const GOAL_MS = 200;
const SEEKS = 30;
const SEED = 20261;
/** What was left out at full speed is filled in meanwhile. */
const FILLING_MS = 10_000;

/** Presses the track at places all over it, right at the end of a run and some time later. */
export async function seekAround(page: Page): Promise<number> {
  const atOnce = await seeks(page);
  console.log(`seeks right at the end: ${figures(atOnce)}`);
  await page.waitForTimeout(FILLING_MS);
  const later = await seeks(page);
  const isMet = share(later, 0.9) <= GOAL_MS;
  console.log(`seeks later: ${figures(later)}; nine of ten within ${GOAL_MS}: ${isMet ? 'ok' : 'FAIL'}`);
  return isMet ? 0 : 1;
}

async function seeks(page: Page): Promise<readonly number[]> {
  const box = await page.getByRole('slider', { name: 'Offset in the run' }).boundingBox();
  if (box === null) throw new Error('The track is not in view.');
  const random = new Random(SEED);
  const tookMs: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const shown = await whenShown(page);
    await page.mouse.move(box.x + (random.uint32() / 2 ** 32) * box.width, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.up();
    tookMs.push(await shown());
  }
  return tookMs;
}

/** Begins to wait for the next press on the track; says how long it took until the run's position had been painted. */
async function whenShown(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const track = document.querySelector('[role="slider"][aria-label="Offset in the run"]');
    if (track === null) throw new Error('The page has no track.');
    const holder = globalThis as unknown as { shownMs: Promise<number> };
    holder.shownMs = new Promise((resolve) => {
      let pressedMs = Number.NaN;
      track.addEventListener('pointerdown', () => (pressedMs = performance.now()), { once: true, capture: true });
      const observer = new MutationObserver(() => {
        if (Number.isNaN(pressedMs)) return;
        observer.disconnect();
        // The task behind the next frame: that frame has been painted.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedMs)));
      });
      observer.observe(track, { attributeFilter: ['aria-valuenow'] });
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shownMs: Promise<number> }).shownMs);
}

function figures(tookMs: readonly number[]): string {
  const [median, most] = [share(tookMs, 0.5), Math.max(...tookMs)];
  return `${median.toFixed(0)} ms in the middle, nine of ten ${share(tookMs, 0.9).toFixed(0)}, the longest ${most.toFixed(0)}`;
}

function share(tookMs: readonly number[], part: number): number {
  const sorted = tookMs.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}
