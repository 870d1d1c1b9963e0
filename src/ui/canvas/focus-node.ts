/** Moves the keyboard to a node, on the canvas or in the list of its nodes; to the canvas itself while it is not drawn. */
export function focusNode(nodeId: string): void {
  const id = CSS.escape(nodeId);
  const row = document.querySelector<HTMLElement>(`[data-node-row="${id}"]`);
  const node = row ?? document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
  (node ?? document.querySelector<HTMLElement>('.react-flow'))?.focus();
}
