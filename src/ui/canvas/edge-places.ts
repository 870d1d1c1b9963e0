import type { DocumentEdge } from '../../app/document-store.ts';
import { edgeKey } from '../../app/document-store.ts';

export interface EdgePlace {
  /**
   * Edges of one port carry the same stream: its figures stand on the first, and once only. Beneath a short edge that is
   * one of several another one would run through the watermark.
   */
  readonly atPort: 'only' | 'first' | 'later';
  /** Keys of the other edges into the same node. */
  readonly beside: readonly string[];
}

const known = new WeakMap<readonly DocumentEdge[], ReadonlyMap<string, EdgePlace>>();

/** How an edge stands among the others. Worked out once for all edges of a document. */
export function edgePlace(edges: readonly DocumentEdge[], key: string): EdgePlace | undefined {
  let places = known.get(edges);
  if (places === undefined) known.set(edges, (places = placesOf(edges)));
  return places.get(key);
}

function placesOf(edges: readonly DocumentEdge[]): ReadonlyMap<string, EdgePlace> {
  const byPort = grouped(edges, ({ from }) => `${from.node}:${from.port}`);
  const byTarget = grouped(edges, ({ to }) => to.node);
  return new Map(
    edges.map((edge) => {
      const key = edgeKey(edge);
      const ofPort = byPort.get(`${edge.from.node}:${edge.from.port}`) ?? [];
      const atPort = ofPort.length < 2 ? 'only' : ofPort[0] === edge ? 'first' : 'later';
      const others = byTarget.get(edge.to.node) ?? [];
      return [key, { atPort, beside: others.filter((other) => other !== edge).map(edgeKey) }];
    }),
  );
}

function grouped(
  edges: readonly DocumentEdge[],
  nameOf: (edge: DocumentEdge) => string,
): ReadonlyMap<string, readonly DocumentEdge[]> {
  const groups = new Map<string, DocumentEdge[]>();
  for (const edge of edges) {
    const name = nameOf(edge);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [edge]);
    else group.push(edge);
  }
  return groups;
}
