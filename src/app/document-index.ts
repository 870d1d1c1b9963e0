import type { DocumentEdge, DocumentNode, PipelineDocument } from '../pipeline/document.ts';

// Looked up by every node of the canvas: each list is indexed once, not searched by all of them.
const nodeIndexes = new WeakMap<readonly DocumentNode[], ReadonlyMap<string, DocumentNode>>();
const edgeIndexes = new WeakMap<readonly DocumentEdge[], ReadonlyMap<string, readonly DocumentEdge[]>>();
const NONE: readonly DocumentEdge[] = [];

export function nodeById({ nodes }: Pick<PipelineDocument, 'nodes'>, id: string): DocumentNode | undefined {
  let index = nodeIndexes.get(nodes);
  if (index === undefined) nodeIndexes.set(nodes, (index = new Map(nodes.map((node) => [node.id, node]))));
  return index.get(id);
}

/** The edges that end at a node, in the document's order. */
export function edgesInto({ edges }: Pick<PipelineDocument, 'edges'>, nodeId: string): readonly DocumentEdge[] {
  let index = edgeIndexes.get(edges);
  if (index === undefined) edgeIndexes.set(edges, (index = byTarget(edges)));
  return index.get(nodeId) ?? NONE;
}

function byTarget(edges: readonly DocumentEdge[]): ReadonlyMap<string, readonly DocumentEdge[]> {
  const targets = new Map<string, DocumentEdge[]>();
  for (const edge of edges) {
    const arriving = targets.get(edge.to.node);
    if (arriving === undefined) targets.set(edge.to.node, [edge]);
    else arriving.push(edge);
  }
  return targets;
}
