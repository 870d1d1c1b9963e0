import type { BoundAggregate } from '../../operators/shared/aggregates/bound-aggregate.ts';
import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import type { BoundSource } from '../../sources/open-source.ts';

interface PlanSide {
  readonly plan: Plan;
  readonly node: PlannedNode;
}

/** One node in two plans of the same graph. */
export interface Pair {
  readonly a: PlanSide;
  readonly b: PlanSide;
}

export function windowOf(node: PlannedNode): WindowBound | null {
  return node.kind === 'window' ? (node.bound as WindowBound) : null;
}

export function isSessionNode(node: PlannedNode): boolean {
  return windowOf(node)?.kind === 'session';
}

/** The aggregates of a node by the names of their columns. */
export function aggregatesOf({ bound }: PlannedNode): readonly { readonly name: string; readonly by: string }[] {
  const { aggregates } = bound as { readonly aggregates?: unknown };
  if (!Array.isArray(aggregates)) return [];
  return (aggregates as readonly BoundAggregate[]).map(({ field, function: by }) => ({ name: field.name, by }));
}

/** Whether rows of the node's input replace each other by a key. */
export function isOfTable({ inputs }: PlannedNode): boolean {
  return inputs.some(({ type }) => type.changes === 'upsert');
}

/** Whether there are rows for which the node cannot compute what it goes by. */
export function mayFail({ bound }: PlannedNode): boolean {
  const { aggregates = [], time } = bound as {
    readonly aggregates?: readonly BoundAggregate[];
    readonly time?: BoundAggregate['argument'];
  };
  return [time, ...aggregates.flatMap(({ argument, filter }) => [argument, filter])].some(
    (each) => each?.canFail === true,
  );
}

export function sourcesPartitioned({ a: { plan } }: Pair): boolean {
  return plan.sources.some((index) => {
    const source = plan.nodes[index]?.bound as BoundSource | undefined;
    return source !== undefined && source.partitions > 1;
  });
}
