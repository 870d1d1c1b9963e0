import type { PlannedNode } from '../../pipeline/plan.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { DialectRule } from './dialect-rule.ts';
import { DIALECT_RULES } from './dialect-rules.ts';
import type { Difference } from './find-differences.ts';
import { differencesOf } from './find-differences.ts';
import type { NodeOutcome } from './outcome.ts';

export interface ExplainedDifference extends Difference {
  /** Ids of the rules that can be why. */
  readonly rules: readonly string[];
  /** Ids of nodes before this one whose results differ: what comes in is not the same. */
  readonly follows: readonly string[];
}

export interface NodeComparison {
  readonly a: NodeOutcome;
  readonly b: NodeOutcome;
  readonly differences: readonly ExplainedDifference[];
}

interface Compared {
  readonly plan: Plan;
  readonly outcomes: readonly NodeOutcome[];
}

/** Two runs of one graph, node by node in the order of the first plan; each difference with what can be why, or nothing. */
export function compareRuns(a: Compared, b: Compared): readonly NodeComparison[] {
  const others = new Map(b.outcomes.map((outcome) => [outcome.node.id, outcome]));
  const differing = new Set<string>();
  return a.outcomes.flatMap((own) => {
    const other = others.get(own.node.id);
    if (other === undefined) return [];
    const found = differencesOf(own, other);
    const follows = nodesBefore(a.plan, own.node).filter((id) => differing.has(id));
    if (found.some(({ kind }) => kind !== 'dropped-a' && kind !== 'dropped-b')) differing.add(own.node.id);
    const pair = { a: { plan: a.plan, node: own.node }, b: { plan: b.plan, node: other.node } };
    const differences = found.map((difference): ExplainedDifference => {
      const rules = DIALECT_RULES.filter(({ explains }) => explains(difference, pair)).map(({ id }) => id);
      return { ...difference, rules, follows };
    });
    return [{ a: own, b: other, differences }];
  });
}

export function ruleNamed(id: string): DialectRule | undefined {
  return DIALECT_RULES.find((rule) => rule.id === id);
}

/** Whether nothing that is known can be why. */
export function isUnexplained({ rules, follows }: ExplainedDifference): boolean {
  return rules.length === 0 && follows.length === 0;
}

/** Ids of all nodes from which rows reach the node. */
function nodesBefore({ nodes }: Plan, node: PlannedNode): readonly string[] {
  const found = new Set<string>();
  const walk = ({ inputs }: PlannedNode): void => {
    for (const { fromNode } of inputs) {
      const before = nodes[fromNode];
      if (before === undefined || found.has(before.id)) continue;
      found.add(before.id);
      walk(before);
    }
  };
  walk(node);
  return [...found];
}
