/** A node that was just added is drawn some frames later, and cannot have the keyboard before. */
const FRAMES_WAITED = 40;

/** Moves the keyboard to a node, on the canvas or in the list of its nodes; to the graph itself where it is not drawn. */
export function focusNode(nodeId: string): void {
  focusWithin(nodeId, FRAMES_WAITED);
}

export function focusGraph(): void {
  document.querySelector<HTMLElement>('main')?.focus();
}

function focusWithin(nodeId: string, frames: number): void {
  const node = drawn(nodeId);
  node?.focus();
  const holder = document.activeElement;
  if (node !== null && holder === node) return;
  if (frames === 0) focusGraph();
  else
    requestAnimationFrame(() => {
      // Whoever took the keyboard elsewhere meanwhile keeps it.
      if (document.activeElement === holder) focusWithin(nodeId, frames - 1);
    });
}

function drawn(nodeId: string): HTMLElement | null {
  const id = CSS.escape(nodeId);
  const row = document.querySelector<HTMLElement>(`[data-node-row="${id}"]`);
  return row ?? document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
}
