import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from './document.ts';
import type { Graph } from './graph.ts';
import { LIMITS } from './limits.ts';
import { atNode, nodeName } from './make-problem.ts';

/**
 * Sources of which one event becomes too many rows only because paths part and meet again: each diamond doubles them.
 * Every row that a node passes on is work, wherever it ends: rows are counted at all nodes, paths at the ends of the
 * graph. Each node is visited once; figures are exact whatever their size.
 */
export function fanOutProblems(document: PipelineDocument, graph: Graph): readonly Problem[] {
  const paths: bigint[] = document.nodes.map(() => 1n);
  const rows: bigint[] = document.nodes.map(() => 1n);
  for (const node of graph.order.toReversed()) {
    const outgoing = graph.outgoing[node] ?? [];
    if (outgoing.length > 0) paths[node] = outgoing.reduce((sum, { to }) => sum + (paths[to] ?? 1n), 0n);
    rows[node] = outgoing.reduce((sum, { to }) => sum + (rows[to] ?? 1n), 1n);
  }
  return document.nodes.flatMap((node, i) => {
    const [pathCount, rowCount] = [paths[i] ?? 1n, rows[i] ?? 1n];
    const isTooMany = rowCount > LIMITS.rowsPerEvent;
    if ((!isTooMany && pathCount <= MANY_PATHS) || (graph.incoming[i] ?? []).length > 0) return [];
    const limit = isTooMany ? ` The limit is ${LIMITS.rowsPerEvent} rows.` : '';
    return atNode(document, i, {
      code: 'fan-out',
      severity: isTooMany ? 'error' : 'warning',
      path: '',
      message: `One event of ${nodeName(node)} becomes ${shown(rowCount)} rows, counted at all nodes: it takes ${shown(pathCount)} paths, which part and meet again.${limit}`,
      fix: 'Remove edges so that fewer paths lead from it to the same node.',
    });
  });
}

/** More paths than this are hardly meant. */
const MANY_PATHS = 1_000n;

function shown(figure: bigint): string {
  return figure < 10n ** 30n ? String(figure) : `more than 10^${String(figure).length - 1}`;
}
