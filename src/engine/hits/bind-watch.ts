import type { CompiledPredicate } from '../../expression/compile.ts';
import { compilePredicate } from '../../expression/compile.ts';
import type { Plan } from '../../pipeline/plan.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import type { Watch, WatchedPort } from './hit.ts';

/** A watch on the nodes of a plan. */
export interface BoundWatch {
  readonly kind: Watch['kind'];
  /** Index of the node; null: any. */
  readonly node: number | null;
  readonly condition: { readonly ports: readonly WatchedPort[]; readonly predicate: CompiledPredicate } | null;
}

/** Whether there is such a node, and what is wrong with a condition at its place in the text. */
export function bindWatch(plan: Plan, watch: Watch): Result<BoundWatch> {
  const node = watch.nodeId === null ? null : plan.nodes.findIndex(({ id }) => id === watch.nodeId);
  if (node === -1) return refused(gone(watch.nodeId));
  if (watch.kind !== 'condition') return bound({ kind: watch.kind, node, condition: null });
  const rows = watchedRows(plan, node ?? 0, watch.side);
  const type = rows[0]?.type;
  if (type === undefined) return refused(noRows(watch.nodeId, watch.side));
  const compiled = compilePredicate(watch.condition, type.schema, plan.dialect.expressions);
  if (!compiled.ok) {
    const problems = compiled.problems.map(({ code, message, fix, span }): Problem => ({
      ...{ code, message, fix, span },
      ...{ severity: 'error', path: 'condition', nodeId: watch.nodeId },
    }));
    return { ok: false, problems };
  }
  // Inputs of other columns are not looked at.
  const ports = rows.filter((own) => own.type.schema === type.schema || sameColumns(own.type, type));
  return bound({ kind: watch.kind, node, condition: { ports, predicate: compiled.predicate } });
}

function watchedRows(
  plan: Plan,
  node: number,
  side: 'in' | 'out',
): readonly (WatchedPort & { readonly type: StreamType })[] {
  const planned = plan.nodes[node];
  if (side === 'in') {
    return (planned?.inputs ?? []).map(({ fromNode, fromPort, type }) => ({ node: fromNode, port: fromPort, type }));
  }
  const type = planned?.outputs.out;
  return type === undefined ? [] : [{ node, port: 'out', type }];
}

function sameColumns(one: StreamType, other: StreamType): boolean {
  return JSON.stringify(one.schema) === JSON.stringify(other.schema);
}

function bound(value: BoundWatch): Result<BoundWatch> {
  return { ok: true, value, problems: [] };
}

function refused(problem: Problem): Result<BoundWatch> {
  return { ok: false, problems: [problem] };
}

function gone(nodeId: string | null): Problem {
  const message = 'The node of this breakpoint is not in the graph that runs.';
  return { code: 'no-node', severity: 'error', path: '', nodeId, message, fix: 'Delete the breakpoint.' };
}

function noRows(nodeId: string, side: 'in' | 'out'): Problem {
  const message = side === 'in' ? 'No rows come into this node.' : 'No rows leave this node.';
  const fix = `Watch the rows that ${side === 'in' ? 'leave it' : 'come into it'}.`;
  return { code: 'no-rows', severity: 'error', path: '', nodeId, message, fix };
}
