import type { PipelineDocument } from '../../app/document-store.ts';
import { nodesInOrder } from '../../app/document-order.ts';

export type Direction = 'downstream' | 'upstream' | 'following' | 'preceding';

type Graph = Pick<PipelineDocument, 'nodes' | 'edges' | 'layout'>;

/**
 * The neighbour of a node: along its first edge, or to the next or last one of those that hang on the same node; where
 * there is none, in the order in which rows flow. Without a node, the first one.
 */
export function nodeBeside(graph: Graph, nodeId: string | null, direction: Direction): string | null {
  const order = nodesInOrder(graph);
  if (nodeId === null || !order.includes(nodeId)) return order[0] ?? null;
  switch (direction) {
    case 'downstream':
      return targetsOf(graph, nodeId)[0] ?? null;
    case 'upstream':
      return sourcesOf(graph, nodeId)[0] ?? null;
    case 'following':
      return stepIn(branchesOf(graph, nodeId, order), nodeId, 1) ?? stepIn(order, nodeId, 1);
    case 'preceding':
      return stepIn(branchesOf(graph, nodeId, order), nodeId, -1) ?? stepIn(order, nodeId, -1);
  }
}

function targetsOf({ edges }: Graph, nodeId: string): readonly string[] {
  return [...new Set(edges.filter(({ from }) => from.node === nodeId).map(({ to }) => to.node))];
}

function sourcesOf({ edges }: Graph, nodeId: string): readonly string[] {
  return [...new Set(edges.filter(({ to }) => to.node === nodeId).map(({ from }) => from.node))];
}

/** Nodes fed by the same node; for a source, those that feed the same node. */
function branchesOf(graph: Graph, nodeId: string, order: readonly string[]): readonly string[] {
  const [source] = sourcesOf(graph, nodeId);
  const [target] = targetsOf(graph, nodeId);
  const branches =
    source !== undefined ? targetsOf(graph, source) : target !== undefined ? sourcesOf(graph, target) : [];
  return order.filter((id) => branches.includes(id));
}

function stepIn(nodeIds: readonly string[], nodeId: string, by: 1 | -1): string | null {
  return nodeIds[nodeIds.indexOf(nodeId) + by] ?? null;
}
