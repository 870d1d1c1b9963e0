import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { defined } from '../../stream/assert.ts';

/** A stretch of a run under one plan, from entry `fromSeq` on. */
export interface PlanEra {
  readonly fromSeq: number;
  readonly plan: Plan;
  /** Ids of nodes that begin here, though a node of that name went before. */
  readonly begins: ReadonlySet<string>;
}

/** Those that had begun when entry `seq` came. */
export function erasUpTo(eras: readonly PlanEra[], seq: number): readonly PlanEra[] {
  return eras.filter(({ fromSeq }, i) => i === 0 || fromSeq <= seq);
}

/** The plan in force when entry `seq` came. */
export function planAt(eras: readonly PlanEra[], seq: number): Plan {
  return defined(erasUpTo(eras, seq).at(-1), 'an era').plan;
}

export function indexOf({ nodes }: Plan, nodeId: string): number {
  return nodes.findIndex(({ id }) => id === nodeId);
}

/** Of each era the nodes that feed a node of the last one, also by what they handed on before an edit. Sources all stay. */
export function erasOfNode(eras: readonly PlanEra[], nodeId: string): readonly PlanEra[] {
  const needed = new Set([nodeId]);
  return eras
    .toReversed()
    .map((era): PlanEra => ({ ...era, plan: withFeeders(era.plan, needed) }))
    .reverse();
}

/** The nodes of a plan that are needed and those that feed them, whose ids are added. Sources all stay: the log numbers them. */
function withFeeders(plan: Plan, needed: Set<string>): Plan {
  const kept = new Set<number>(plan.sources);
  const visit = (index: number): void => {
    const node = plan.nodes[index];
    if (node === undefined || kept.has(index)) return;
    kept.add(index);
    needed.add(node.id);
    for (const { fromNode } of node.inputs) visit(fromNode);
  };
  plan.nodes.forEach(({ id }, index) => {
    if (needed.has(id)) visit(index);
  });
  const order = [...kept].sort((a, b) => a - b);
  const places = new Map(order.map((index, place) => [index, place]));
  const place = (index: number): number => places.get(index) ?? -1;
  const nodes = order.map((index): PlannedNode => {
    const node = defined(plan.nodes[index], 'a node');
    return { ...node, inputs: node.inputs.map((input) => ({ ...input, fromNode: place(input.fromNode) })) };
  });
  return { ...plan, nodes, sources: plan.sources.map(place) };
}
