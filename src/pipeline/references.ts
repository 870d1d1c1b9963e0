import type { Problem } from '../stream/problem.ts';
import type { PipelineDocument } from './document.ts';
import { edgeKey } from './document.ts';
import { problem, shown } from './make-problem.ts';

/** Ids that two nodes share, edges that stand twice or lead to nodes that are not there. */
export function referenceProblems(document: PipelineDocument): readonly Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  document.nodes.forEach(({ id }, i) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, i);
    else {
      problems.push(
        problem({
          code: 'duplicate-id',
          path: `nodes.${i}.id`,
          nodeId: id,
          message: `Nodes ${before + 1} and ${i + 1} both have the id ${shown(id)}.`,
          fix: 'Give one of them another id, and its edges too.',
        }),
      );
    }
  });
  const seen = new Set<string>();
  document.edges.forEach((edge, i) => {
    for (const end of ['from', 'to'] as const) {
      if (first.has(edge[end].node)) continue;
      const message = `The edge ${edgeKey(edge)} leads ${end} ${shown(edge[end].node)}, and there is no such node.`;
      const fix = 'Remove the edge, or correct the id.';
      problems.push(problem({ code: 'dangling-edge', path: `edges.${i}.${end}.node`, message, fix }));
    }
    const key = JSON.stringify([edge.from.node, edge.from.port, edge.to.node, edge.to.port]);
    if (seen.has(key)) {
      const message = `The edge ${edgeKey(edge)} is there twice.`;
      problems.push(problem({ code: 'duplicate-edge', path: `edges.${i}`, message, fix: 'Remove one of the two.' }));
    }
    seen.add(key);
  });
  return problems;
}
