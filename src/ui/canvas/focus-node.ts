/** Moves the keyboard to a node on the canvas; to the canvas itself while the node is not drawn. */
export function focusNode(nodeId: string): void {
  const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`);
  (node ?? document.querySelector<HTMLElement>('.react-flow'))?.focus();
}
