import type { PipelineDocument } from '../pipeline/document.ts';
import { displayName } from './document-catalog.ts';

/** The names of the nodes before or behind a node, as in `Clicks, Purchases`; empty where there is none. */
export function neighbourNames(
  { nodes, edges }: Pick<PipelineDocument, 'nodes' | 'edges'>,
  nodeId: string,
  side: 'upstream' | 'downstream',
): string {
  const ids = edges.flatMap(({ from, to }) => {
    if (side === 'upstream') return to.node === nodeId ? [from.node] : [];
    return from.node === nodeId ? [to.node] : [];
  });
  return [...new Set(ids)]
    .flatMap((id) => nodes.find((node) => node.id === id) ?? [])
    .map(displayName)
    .join(', ');
}
