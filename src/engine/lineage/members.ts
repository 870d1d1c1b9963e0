import type { WindowBound } from '../../operators/window/bound.ts';
import type { Plan } from '../../pipeline/plan.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { Batch } from '../../stream/batch.ts';
import type { Json } from '../../stream/value.ts';
import type { PlanEra } from '../explain/plan-eras.ts';
import { erasOfNode, indexOf, planAt } from '../explain/plan-eras.ts';
import type { ExplainedRun } from '../explain/replaying.ts';
import type { KernelRegistry } from '../node.ts';
import type { ResultRecord } from '../result-records.ts';
import { nodeKernels } from './node-kernels.ts';
import type { RowFilter } from './row-numbers.ts';
import type { RowPlace } from './row-tracer.ts';
import { RowTracer, placeName } from './row-tracer.ts';
import { valueAsJson } from './row-values.ts';

/** A row that left a node, and the eras of the run up to it. */
export interface Target {
  readonly eras: readonly PlanEra[];
  readonly nodeId: string;
  readonly place: RowPlace;
  readonly record: ResultRecord;
}

/**
 * All rows of the log that are in a row that left a node, ascending. Each operator behind which rows can be of several events
 * is asked in a replay of its own, from the last one back to the sources. Null where one of them cannot tell.
 */
export async function membersOf(
  run: Pick<ExplainedRun, 'replay'>,
  { eras, nodeId, place, record }: Target,
  registry?: KernelRegistry,
): Promise<readonly number[] | null> {
  const events = new Set<number>();
  const asked = new Set<string>();
  const wanted = new Map<string, RowPlace[]>();
  // A row is made by the graph as it was when the row came.
  const want = (index: number, each: RowPlace): void => {
    const plan = planAt(eras, each.seq);
    const id = defined(plan.nodes[index], 'a node').id;
    const name = `${id} ${placeName(each)}`;
    if (isOfOneEvent(plan, index)) events.add(each.seq);
    else if (!asked.has(name)) {
      asked.add(name);
      wanted.set(id, [...(wanted.get(id) ?? []), each]);
    }
  };
  const plan = planAt(eras, place.seq);
  want(indexOf(plan, nodeId), place);
  for (let id = lastOf(plan, wanted); id !== null; id = lastOf(plan, wanted)) {
    const own = wanted.get(id) ?? [];
    wanted.delete(id);
    const filter = id === nodeId ? filterFor(plan, indexOf(plan, id), record) : ALL;
    const tracer = new RowTracer({ wanted: own, isNumbered: filter });
    await run.replay({
      eras: erasOfNode(eras, id),
      probe: { keepsRounds: 0 },
      entries: Math.max(...own.map(({ seq }) => seq)) + 1,
      registry: (each) => tracingKernels(each, id, tracer, registry),
    });
    for (const each of own) {
      const members = tracer.members.get(placeName(each));
      if (members === undefined) return null;
      for (const { input, seq, nth } of members) {
        const then = planAt(eras, seq);
        const index = indexOf(then, id);
        const { fromNode, fromPort } = defined(then.nodes[index]?.inputs[input], 'an input');
        assert(fromNode < index, 'edges that lead on');
        want(fromNode, { port: fromPort, seq, nth });
      }
    }
  }
  return [...events].sort((a, b) => a - b);
}

/** Of the nodes that are to be asked the one furthest down in the plan; those that are gone from it come last. */
function lastOf(plan: Plan, wanted: ReadonlyMap<string, unknown>): string | null {
  const [last = null] = [...wanted.keys()].sort((a, b) => indexOf(plan, b) - indexOf(plan, a));
  return last;
}

function tracingKernels(plan: Plan, id: string, tracer: RowTracer, registry?: KernelRegistry): KernelRegistry {
  const traced = indexOf(plan, id);
  return nodeKernels(
    plan,
    (each, kind, request, make) => (each === traced ? tracer.beside(kind, request, make) : make(request)),
    registry,
  );
}

/** Kinds that make rows of one row each. */
const ROW_BY_ROW: ReadonlySet<string> = new Set([
  'filter',
  'map',
  'flat-map',
  'split',
  'union',
  'assign-timestamps',
  'join.lookup',
]);

/** Whether each row that leaves the node is of one event alone: that of its entry. */
function isOfOneEvent(plan: Plan, index: number): boolean {
  const node = defined(plan.nodes[index], 'a node');
  if (plan.sources.includes(index)) return true;
  if (!ROW_BY_ROW.has(node.kind)) return false;
  // Of a keyed changelog such a node may spell out what a row replaces, which is another event.
  return node.inputs.every(({ fromNode, type }) => type.changes === 'append' && isOfOneEvent(plan, fromNode));
}

const ALL: RowFilter = () => true;

/** Rows that may be in the result, where that is easily said: the fewer are numbered, the faster it goes. */
function filterFor(plan: Plan, node: number, { window, key }: ResultRecord): RowFilter {
  const { kind, bound } = defined(plan.nodes[node], 'a node');
  if (kind === 'window' && window !== null) {
    const { timeDomain, kind: windowKind, localOffsetMs } = bound as WindowBound;
    if (timeDomain !== 'event' || windowKind === 'inherited') return ALL;
    const [fromMs, toMs] = [window[0] - Math.abs(localOffsetMs), window[1] + Math.abs(localOffsetMs)];
    return (batch, row) => !((batch.ts[row] ?? 0) < fromMs || (batch.ts[row] ?? 0) > toMs);
  }
  if (kind === 'aggregate' && key !== null) return hasKey(bound, key);
  return ALL;
}

function hasKey(bound: unknown, wanted: Readonly<Record<string, Json>>): RowFilter {
  const { key } = bound as Pick<WindowBound, 'key'>;
  const text = JSON.stringify(key.fields.map(({ name }) => wanted[name] ?? null));
  return (batch: Batch, row: number) =>
    JSON.stringify(key.columns.map((column, k) => valueAsJson(batch, column, key.fields[k], row))) === text;
}
