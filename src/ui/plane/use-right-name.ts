import { displayName } from '../../app/document-catalog.ts';
import { edgesInto, nodeById } from '../../app/document-index.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { PlaneData } from './plane-data.ts';

/** What the squares are: the node that the right input comes from. Null where there is one input. */
export function useRightName(data: PlaneData | null): string | null {
  return useDocumentStore(({ document }) => {
    const port = data?.facts.sides[1];
    if (data === null || port === undefined) return null;
    const edges = edgesInto(document, data.facts.nodeId).filter(({ to }) => to.port === port);
    const node = nodeById(document, edges[0]?.from.node ?? '');
    return edges.length === 1 && node !== undefined ? displayName(node) : `${port} input`;
  });
}
