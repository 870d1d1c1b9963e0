import type { PipelineDocument } from '../pipeline/document.ts';
import { positionOf } from '../pipeline/document.ts';
import { buildGraph } from '../pipeline/graph.ts';

type Graph = Pick<PipelineDocument, 'nodes' | 'edges' | 'layout'>;

interface Known {
  readonly nodes: Graph['nodes'];
  readonly edges: Graph['edges'];
  readonly order: readonly string[];
}

let known: Known = { nodes: [], edges: [], order: [] };
/** Of graphs that undo and redo may bring back. */
const found = new WeakMap<Graph['nodes'], Known>();

/**
 * Ids of all nodes in the order in which they are read, listed and walked: edges lead forward, and what no edge orders
 * stands from top to bottom; nodes on a loop, and behind it, come last. Found anew when the graph gains something, not
 * when a node is moved or deleted: what has the keyboard is not to be put elsewhere.
 */
export function nodesInOrder(document: Graph): readonly string[] {
  const { nodes, edges } = document;
  if (known.nodes === nodes && known.edges === edges) return known.order;
  const before = found.get(nodes);
  known = before?.edges === edges ? before : { nodes, edges, order: orderAfter(document) };
  found.set(nodes, known);
  return known.order;
}

function orderAfter(document: Graph): readonly string[] {
  // Settings alone are other ones.
  if (known.edges === document.edges && isSameIds(known.nodes, document.nodes)) return known.order;
  return orderOfLess(document) ?? orderOf(document);
}

/** What is left of the known order, if nothing but deleting has been done; else null. */
function orderOfLess({ nodes, edges }: Graph): readonly string[] | null {
  const [nodesBefore, edgesBefore] = [new Set(known.nodes), new Set(known.edges)];
  if (!nodes.every((node) => nodesBefore.has(node)) || !edges.every((edge) => edgesBefore.has(edge))) return null;
  const ids = new Set(nodes.map(({ id }) => id));
  return known.order.filter((id) => ids.has(id));
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
