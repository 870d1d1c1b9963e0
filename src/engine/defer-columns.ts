import type { Plan } from '../pipeline/plan.ts';
import type { OperatorNode } from './node.ts';

/**
 * Makes one program of operators that stand next to each other and treat each row by itself: at each port whose readers all
 * take deferred batches, columns wait until one of them is read. Each operator still runs, so that fates, rejections and
 * curves are its own, and who listens to what it emits reads the same values as ever.
 *
 * `operators` are by index of the plan's nodes, null for sources.
 */
export function deferColumns({ nodes }: Plan, operators: readonly (OperatorNode | null)[]): void {
  operators.forEach((operator, index) => {
    if (operator?.kernel.defer === undefined) return;
    for (const port of ['out', 'rejected'] as const) {
      const takes = nodes.flatMap(({ inputs }, reader) =>
        inputs
          .filter(({ fromNode, fromPort }) => fromNode === index && fromPort === port)
          .map(() => operators[reader]?.kernel.takesDeferred === true),
      );
      if (takes.every((taken) => taken)) operator.kernel.defer(port, takes.length);
    }
  });
}
