import type { Page } from '@playwright/test';

interface Opening {
  chosenAtMs: number | null;
  paintedAtMs: number | null;
}

/** From now on the page notes when a file is chosen, and when the frame after the last node's and edge's has begun. */
export async function watchOpening(page: Page, counts: { readonly nodes: number; readonly edges: number }) {
  await page.addInitScript(watch, counts);
}

function watch({ nodes, edges }: { readonly nodes: number; readonly edges: number }): void {
  const opening: Opening = { chosenAtMs: null, paintedAtMs: null };
  (globalThis as unknown as { opening: Opening }).opening = opening;
  const isWhole = (): boolean => {
    const drawn = document.querySelectorAll<HTMLElement>('.react-flow__node');
    if (drawn.length < nodes || document.querySelectorAll('.react-flow__edge').length < edges) return false;
    return [...drawn].every((node) => node.style.visibility !== 'hidden');
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

/** From the moment that the file was chosen until the whole graph stood on the canvas, painted. */
export async function openingMs(page: Page): Promise<number> {
  const took = await page.waitForFunction(() => {
    const { chosenAtMs, paintedAtMs } = (globalThis as unknown as { opening: Opening }).opening;
    return chosenAtMs === null || paintedAtMs === null ? null : paintedAtMs - chosenAtMs;
  });
  return (await took.jsonValue()) ?? Infinity;
}
