import { kernels } from '../../operators/kernels.ts';
import type { Kernel, KernelFactory, KernelRequest, OperatorKind } from '../../operators/operator.ts';
import { OPERATOR_KINDS } from '../../operators/operator.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { KernelRegistry } from '../node.ts';

/** What is made in place of a node's kernel, which `make` makes another time each time that it is called. */
export type Wrap = (
  node: number,
  kind: OperatorKind,
  request: KernelRequest<never>,
  make: (request: KernelRequest<never>) => Kernel,
) => Kernel;

/** A registry that knows for which node of the plan a kernel is made. */
export function nodeKernels(plan: Plan, wrap: Wrap, registry: KernelRegistry = kernels): KernelRegistry {
  const operators = plan.nodes.flatMap((node, index) => (node.kind.startsWith('source.') ? [] : [index]));
  let made = 0;
  const wrapped = OPERATOR_KINDS.map((kind): [OperatorKind, KernelFactory<never>] => [
    kind,
    // The engine makes kernels in the order of the plan, all of them each time that it is built.
    (request) => wrap(operators[made++ % operators.length] ?? 0, kind, request, registry[kind]),
  ]);
  return Object.fromEntries(wrapped) as Record<OperatorKind, KernelFactory<never>>;
}
