import { isNowhere } from '../theme/use-return.ts';

/** What was just added is drawn some frames later, and cannot have the keyboard before. */
const FRAMES_WAITED = 40;

/** Moves the keyboard to a node, on the canvas or in the list of its nodes; to the graph itself where it is not drawn. */
export function focusNode(nodeId: string): void {
  const id = CSS.escape(nodeId);
  focusDrawn([`[data-node-row="${id}"]`, `.react-flow__node[data-id="${id}"]`], FRAMES_WAITED);
}

/** Moves the keyboard to an edge, by `edgeKey`; to the graph itself where it is not drawn. */
export function focusEdge(key: string): void {
  focusDrawn([`.react-flow__edge[data-id="${CSS.escape(key)}"]`], FRAMES_WAITED);
}

export function focusGraph(): void {
  document.querySelector<HTMLElement>('main')?.focus();
}

let isWaiting = false;

/** Whether the keyboard is on its way to something that is not drawn yet. */
export function isFocusOnItsWay(): boolean {
  return isWaiting;
}

function focusDrawn(selectors: readonly string[], frames: number): void {
  isWaiting = false;
  const drawn = drawnAs(selectors);
  drawn?.focus();
  const holder = document.activeElement;
  if (drawn !== null && holder === drawn) return;
  if (frames === 0) {
    focusGraph();
    return;
  }
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    // Whoever took the keyboard elsewhere meanwhile keeps it.
    const isTaken = document.activeElement !== holder && !isNowhere(document.activeElement);
    if (!isTaken) focusDrawn(selectors, frames - 1);
  });
}

function drawnAs(selectors: readonly string[]): HTMLElement | SVGElement | null {
  for (const selector of selectors) {
    const drawn = document.querySelector<HTMLElement | SVGElement>(selector);
    if (drawn !== null) return drawn;
  }
  return null;
}
