import { dialectNamed } from '../operators/dialects/dialects.ts';
import { defined } from '../stream/assert.ts';
import type { Problem, Result } from '../stream/problem.ts';
import { hasErrors } from '../stream/problem.ts';
import { analyse } from './analyse.ts';
import type { PipelineDocument } from './document.ts';
import { nodeName } from './make-problem.ts';
import type { Plan, PlannedNode } from './plan.ts';
import { SETTLED_BY_DATA, validate } from './validate.ts';

/**
 * The document as the engine takes it, or everything that `validate` objects to, and what the data should have settled by
 * now. Warnings stand beside the plan.
 */
export function makePlan(document: PipelineDocument): Result<Plan> {
  const problems = validate(document).map((found): Problem =>
    SETTLED_BY_DATA.has(found.code) ? { ...found, severity: 'error' } : found,
  );
  if (hasErrors(problems)) return { ok: false, problems };
  const { graph, nodes: analysed } = analyse(document);
  const placeOf = new Map(graph.order.map((index, place) => [index, place]));
  const nodes = graph.order.map((index): PlannedNode => {
    const node = defined(document.nodes[index], `node ${index}`);
    const { binding, inputs } = defined(analysed[index], `analysis of ${node.id}`);
    const { bound, outputs } = defined(binding, `binding of ${node.id}`);
    return {
      id: node.id,
      kind: node.type,
      label: nodeName(node),
      bound,
      inputs: inputs.map(({ port, edge, stream }) => ({
        port: port.name,
        type: defined(stream, `stream of ${node.id}`).type,
        fromNode: defined(placeOf.get(edge.from), `place of ${edge.edge.from.node}`),
        fromPort: edge.edge.from.port,
      })),
      outputs,
      connected: new Set((graph.outgoing[index] ?? []).map(({ edge }) => edge.from.port)),
    };
  });
  const sources = document.nodes.flatMap((_, index) =>
    analysed[index]?.definition?.group === 'sources' ? [defined(placeOf.get(index), `place of source ${index}`)] : [],
  );
  const plan: Plan = {
    dialect: dialectNamed(document.dialect),
    timeDomain: document.time.domain,
    seed: document.run.seed,
    end: document.run.end,
    nodes,
    sources,
  };
  return { ok: true, value: plan, problems };
}
