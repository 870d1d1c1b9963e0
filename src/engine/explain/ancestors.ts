import type { Plan, PlannedNode } from '../../pipeline/plan.ts';

/** Kinds that look at each row by itself and hand the watermark on as it comes. */
const STATELESS: ReadonlySet<string> = new Set(['filter', 'map', 'flat-map', 'split', 'union', 'join.lookup']);

/** A node and everything that feeds it. Sources all stay: the log numbers them. */
export interface Upstream {
  readonly plan: Plan;
  /** Index of the node in this plan. */
  readonly node: number;
}

export function upstreamOf(plan: Plan, node: number): Upstream {
  const needed = new Set<number>(plan.sources);
  const visit = (index: number): void => {
    if (needed.has(index) && index !== node) return;
    needed.add(index);
    for (const { fromNode } of plan.nodes[index]?.inputs ?? []) visit(fromNode);
  };
  visit(node);
  const kept = [...needed].sort((a, b) => a - b);
  const placeOf = new Map(kept.map((index, place) => [index, place]));
  const place = (index: number): number => placeOf.get(index) ?? -1;
  const nodes = kept.flatMap((index): readonly PlannedNode[] => {
    const planned = plan.nodes[index];
    if (planned === undefined) return [];
    return [{ ...planned, inputs: planned.inputs.map((input) => ({ ...input, fromNode: place(input.fromNode) })) }];
  });
  return { plan: { ...plan, nodes, sources: plan.sources.map(place) }, node: place(node) };
}

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
