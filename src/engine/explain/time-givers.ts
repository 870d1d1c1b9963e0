import type { Plan } from '../../pipeline/plan.ts';

/** Kinds that look at each row by itself and hand the watermark on as it comes. */
const STATELESS: ReadonlySet<string> = new Set(['filter', 'map', 'flat-map', 'split', 'union', 'join.lookup']);

/** The nodes that state the watermark which a node hears: sources, and assigners in mid-stream; the nearest of each path. */
export interface TimeGivers {
  readonly nodes: readonly number[];
  /** Whether only stateless nodes stand between them and the node. */
  readonly isPlain: boolean;
}

export function timeGiversOf(plan: Plan, node: number): TimeGivers {
  const givers = new Set<number>();
  let isPlain = true;
  const visit = (index: number): void => {
    const planned = plan.nodes[index];
    if (planned === undefined) return;
    if (plan.sources.includes(index) || planned.kind === 'assign-timestamps') givers.add(index);
    else {
      if (!STATELESS.has(planned.kind)) isPlain = false;
      for (const { fromNode } of planned.inputs) visit(fromNode);
    }
  };
  if (plan.sources.includes(node)) return { nodes: [node], isPlain };
  for (const { fromNode } of plan.nodes[node]?.inputs ?? []) visit(fromNode);
  return { nodes: [...givers].sort((a, b) => a - b), isPlain };
}
