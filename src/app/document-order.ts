import type { PipelineDocument } from '../pipeline/document.ts';
import { buildGraph } from '../pipeline/graph.ts';

/** Ids of all nodes so that edges lead forward, ties in the document's order; those on a loop, and behind it, come last. */
export function nodesInOrder(document: Pick<PipelineDocument, 'nodes' | 'edges'>): readonly string[] {
  const { order } = buildGraph(document);
  const known = new Set(order);
  const rest = document.nodes.map((_, index) => index).filter((index) => !known.has(index));
  return [...order, ...rest].map((index) => document.nodes[index]?.id ?? '');
}
