import type { PipelineDocument } from '../../app/document-store.ts';
import { edgeKey } from '../../app/document-store.ts';

type Edges = Pick<PipelineDocument, 'edges'>;

/** The first edge that leaves a node, else the first that comes in. */
export function firstEdgeOf({ edges }: Edges, nodeId: string): string | null {
  const edge = edges.find(({ from }) => from.node === nodeId) ?? edges.find(({ to }) => to.node === nodeId);
  return edge === undefined ? null : edgeKey(edge);
}

/** The next or last one, in a round, of the edges that have an end at a node of this one. */
export function edgeBeside({ edges }: Edges, key: string, by: 1 | -1): string | null {
  const own = edges.find((edge) => edgeKey(edge) === key);
  if (own === undefined) return null;
  const ends = [own.from.node, own.to.node];
  const around = edges.filter(({ from, to }) => ends.includes(from.node) || ends.includes(to.node)).map(edgeKey);
  return around.at((around.indexOf(key) + by) % around.length) ?? null;
}
