interface Named {
  readonly id: string;
}

interface Graph<Node extends Named, Edge extends Named> {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

interface Ends extends Named {
  readonly source: string;
  readonly target: string;
}

/** How much may be new. */
export interface Most {
  readonly nodes: number;
  readonly edges: number;
}

export interface Slice<Node extends Named, Edge extends Named> extends Graph<Node, Edge> {
  /** Whether nothing is missing but edges that lead nowhere. */
  readonly isWhole: boolean;
}

/**
 * The next step from what is drawn of a graph to all of it: what is drawn already as it is wanted now, nothing that is
 * wanted no more, and of the rest as many as may be new, edges only between nodes that are there.
 */
export function nextSlice<Node extends Named, Edge extends Ends>(
  drawn: Graph<Named, Named>,
  wanted: Graph<Node, Edge>,
  most: Most,
): Slice<Node, Edge> {
  const nodes = known(wanted.nodes, drawn.nodes, most.nodes);
  const ids = new Set(nodes.map(({ id }) => id));
  const joined = wanted.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const edges = known(joined, drawn.edges, most.edges);
  return { nodes, edges, isWhole: nodes.length === wanted.nodes.length && edges.length === joined.length };
}

function known<Item extends Named>(wanted: readonly Item[], drawn: readonly Named[], most: number): readonly Item[] {
  // In each frame of a drag.
  if (wanted.length === drawn.length && wanted.every(({ id }, i) => id === drawn[i]?.id)) return wanted;
  const ids = new Set(drawn.map(({ id }) => id));
  let left = most;
  return wanted.filter(({ id }) => ids.has(id) || left-- > 0);
}
