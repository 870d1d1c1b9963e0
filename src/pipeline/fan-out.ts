import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';
import { LIMITS } from './limits.ts';
import { atNode, nodeName } from './make-problem.ts';

/**
 * Sources of which one event would become too many rows only because paths part and meet again: each diamond doubles
 * them. Counts paths to the ends of the graph, once per node; figures are exact whatever their size.
 */
export function fanOutProblems(document: PipelineDocument, graph: Graph): readonly Problem[] {
  const paths: bigint[] = document.nodes.map(() => 1n);
  for (const node of graph.order.toReversed()) {
    const outgoing = graph.outgoing[node] ?? [];
    if (outgoing.length > 0) paths[node] = outgoing.reduce((sum, { to }) => sum + (paths[to] ?? 1n), 0n);
  }
  return document.nodes.flatMap((node, i) => {
    const rows = paths[i] ?? 1n;
    if (rows <= LIMITS.rowsPerEvent || (graph.incoming[i] ?? []).length > 0) return [];
    const figure = rows < 10n ** 30n ? String(rows) : `more than 10^${String(rows).length - 1}`;
    return atNode(document, i, {
      code: 'fan-out',
      path: '',
      message: `One event of ${nodeName(node)} would become ${figure} rows: paths part and meet again. The limit is ${LIMITS.rowsPerEvent}.`,
      fix: 'Remove edges so that fewer paths lead from it to the same node.',
    });
  });
}
