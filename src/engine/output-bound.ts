import type { Plan } from '../pipeline/plan.ts';
import type { OperatorNode } from './node.ts';

/** Bounds how many rows a graph may bring forth for one entry of the log, going by what its operators hold. */
export class OutputBound {
  private readonly plan: Plan;
  /** Rows that leave each node for one row of each source, by node, then source. */
  private readonly rows: Float64Array;
  private readonly totals: Float64Array;

  constructor(plan: Plan) {
    this.plan = plan;
    this.rows = new Float64Array(plan.nodes.length * plan.sources.length);
    this.totals = new Float64Array(plan.sources.length);
  }

  /**
   * Most rows that all operators may emit for one entry, if up to `entries` others stand before it in the round; ∞ where one
   * of these may stop the run. An entry is a row of one source: what those of different sources lead to does not add up.
   *
   * `operators` are by index of the plan's nodes, null for sources.
   */
  most(operators: readonly (OperatorNode | null)[], entries: number): number {
    const { plan, rows, totals } = this;
    rows.fill(0);
    totals.fill(0);
    plan.sources.forEach((node, source) => (rows[node * totals.length + source] = 1));
    let mayStop = false;
    let most = 0;
    for (let node = 0; node < operators.length; node++) {
      const operator = operators[node]!;
      if (operator === null) continue;
      const { kernel } = operator;
      const before = this.take(node) * entries;
      mayStop ||= kernel.mayStop?.(before) === true;
      const each = kernel.mostOutputs(before);
      for (let source = 0; source < totals.length; source++) {
        const at = node * totals.length + source;
        // Nothing stays nothing, also where there is no bound.
        if (rows[at] !== 0) rows[at]! *= each;
        totals[source]! += rows[at]!;
        if (totals[source]! > most) most = totals[source]!;
      }
    }
    return mayStop ? Infinity : 1 + most;
  }

  /** Sets a node's rows to those that it takes, and gives the most of any source. */
  private take(node: number): number {
    const { plan, rows, totals } = this;
    let most = 0;
    for (let source = 0; source < totals.length; source++) {
      let taken = 0;
      for (const { fromNode } of plan.nodes[node]!.inputs) taken += rows[fromNode * totals.length + source]!;
      rows[node * totals.length + source] = taken;
      if (taken > most) most = taken;
    }
    return most;
  }
}
