import type { PipelineDocument } from '../pipeline/document.ts';
import { positionOf } from '../pipeline/document.ts';
import { buildGraph } from '../pipeline/graph.ts';

type Graph = Pick<PipelineDocument, 'nodes' | 'edges' | 'layout'>;

let known: { readonly graph: Pick<Graph, 'nodes' | 'edges'>; readonly order: readonly string[] } = {
  graph: { nodes: [], edges: [] },
  order: [],
};

/**
 * Ids of all nodes in the order in which they are read, listed and walked: edges lead forward, and what no edge orders
 * stands from top to bottom; nodes on a loop, and behind it, come last. Found anew when the graph changes, not when a node
 * is moved: what has the keyboard is not to be put elsewhere.
 */
export function nodesInOrder(document: Graph): readonly string[] {
  const { nodes, edges } = document;
  if (known.graph.edges !== edges || !isSameIds(known.graph.nodes, nodes)) {
    known = { graph: { nodes, edges }, order: orderOf(document) };
  }
  return known.order;
}

function isSameIds(nodes: Graph['nodes'], others: Graph['nodes']): boolean {
  return nodes === others || (nodes.length === others.length && nodes.every(({ id }, i) => id === others[i]?.id));
}

function orderOf(document: Graph): readonly string[] {
  const placed = document.nodes.map((node) => ({ node, at: positionOf(document, node.id) ?? { x: 0, y: 0 } }));
  const nodes = placed.toSorted((a, b) => a.at.y - b.at.y || a.at.x - b.at.x).map(({ node }) => node);
  const { order } = buildGraph({ nodes, edges: document.edges });
  const reached = new Set(order);
  const rest = nodes.map((_, index) => index).filter((index) => !reached.has(index));
  return [...order, ...rest].map((index) => nodes[index]?.id ?? '');
}
