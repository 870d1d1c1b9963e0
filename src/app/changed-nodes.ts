import type { DocumentEdge, PipelineDocument } from '../pipeline/document.ts';
import { edgeKey } from '../pipeline/document.ts';

/** Whether a node would run otherwise than it did in the run of `before`: by its settings, or by what flows into it. */
export function isNodeChanged(before: PipelineDocument, { nodes, edges }: PipelineDocument, id: string): boolean {
  const now = nodes.find((node) => node.id === id);
  const then = before.nodes.find((node) => node.id === id);
  if (now === undefined) return false;
  if (then === undefined) return true;
  const isSame = now === then || (now.type === then.type && isAlike(now.config, then.config));
  return !isSame || !isAlike(now.engine, then.engine) || arriving(edges, id) !== arriving(before.edges, id);
}

/** Plain data; what was not edited is the same object. */
function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function arriving(edges: readonly DocumentEdge[], id: string): string {
  return edges
    .filter(({ to }) => to.node === id)
    .map(edgeKey)
    .join(' ');
}
