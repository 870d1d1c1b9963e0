import type { ExplainedDifference, NodeComparison } from '../../engine/comparing/explain-differences.ts';
import { isUnexplained, ruleNamed } from '../../engine/comparing/explain-differences.ts';
import type { Outcome } from '../../engine/comparing/find-differences.ts';
import type { OutcomeRecorder } from '../../engine/comparing/outcome.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { ComparedNode, ComparedResult, ComparedRule, ComparedSide, DialectComparison } from '../lab-protocol.ts';

export interface Compared {
  readonly plan: Plan;
  readonly recorder: OutcomeRecorder;
  readonly rows: number;
  readonly limit: string | null;
}

/** Differences of one kind that a node tells. */
const TOLD_MAX = 50;

export function comparisonOf(
  [a, b]: readonly [Compared, Compared],
  nodes: readonly NodeComparison[],
): Omit<DialectComparison, 'lacks' | 'left'> {
  const counts = new Map<string, number>();
  for (const { differences } of nodes) {
    for (const { rules } of differences) for (const id of rules) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const rules = [...counts].toSorted(([, x], [, y]) => y - x).flatMap(([id, count]) => ruleOf(id, count, [a, b]));
  return { nodes: nodes.map(nodeOf), rules, rows: Math.min(a.rows, b.rows), limits: [a.limit, b.limit] };
}

function ruleOf(id: string, count: number, [a, b]: readonly [Compared, Compared]): readonly ComparedRule[] {
  const rule = ruleNamed(id);
  if (rule === undefined) return [];
  const { title, caseIds } = rule;
  return [{ id, title, says: [rule.says(a.plan.dialect), rule.says(b.plan.dialect)], caseIds, count }];
}

function nodeOf({ a, b, differences }: NodeComparison): ComparedNode {
  const told = new Map<string, number>();
  return {
    nodeId: a.node.id,
    results: [a.results.rows, b.results.rows],
    dropped: [a.drops.rows, b.drops.rows],
    uncompared: a.uncompared + b.uncompared,
    differing: differences.length,
    unexplained: differences.filter(isUnexplained).length,
    differences: differences.flatMap((difference) => {
      const before = told.get(difference.kind) ?? 0;
      told.set(difference.kind, before + 1);
      return before < TOLD_MAX || (isUnexplained(difference) && before < 2 * TOLD_MAX) ? [resultOf(difference)] : [];
    }),
  };
}

function resultOf(difference: ExplainedDifference): ComparedResult {
  const { kind, key, window, a, b, columns, dropped, rules, follows } = difference;
  const ofDrop: ComparedSide | null =
    dropped === null ? null : { row: dropped.row, tsMs: dropped.tsMs, windowEndMs: null, emissions: dropped.rows };
  return {
    kind,
    key,
    window,
    a: kind === 'dropped-a' ? ofDrop : sideOf(a),
    b: kind === 'dropped-b' ? ofDrop : sideOf(b),
    columns,
    rules,
    follows,
  };
}

function sideOf(outcome: Outcome | null): ComparedSide | null {
  if (outcome === null || outcome.row === null) return null;
  const { row, tsMs, window, emissions } = outcome;
  return { row, tsMs, windowEndMs: window?.[1] ?? null, emissions };
}
