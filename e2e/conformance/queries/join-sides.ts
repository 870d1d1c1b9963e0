import type { Json, JsonObject } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { listOf, objectOf, textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { columnOf, withValues } from './columns.ts';
import { HAS_VALUE, ROWTIME, WINDOWEND, WINDOWSTART } from './hidden.ts';
import { fromKsql } from './ksql-expression.ts';
import type { Pipeline, Relation } from './relation.ts';

/** One input of a join, ready to be joined: every column has the name that later steps know it by. */
export interface JoinSide {
  readonly relation: Relation;
  /** The columns that are matched, computed where the condition is more than a column. */
  readonly keys: readonly string[];
  /** What the pseudo columns of its records are called, as far as there are any. */
  readonly pseudo: PseudoColumns;
}

export interface PseudoColumns {
  readonly time: string | null;
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
}

const SIDES = ['left', 'right'] as const;

/** Both sides: columns are called `ALIAS.COL`, those of a former join keep their names; records without a value are gone. */
export function joinSides(
  pipeline: Pipeline,
  step: JsonObject,
  inputs: readonly [Relation, Relation],
): readonly [left: JoinSide, right: JoinSide] {
  const id = textOf(step, 'id');
  const aliases = listOf(step, 'aliases');
  const on = listOf(objectOf(step, 'join'), 'on').map((pair) => pair as readonly Json[]);
  const sideOf = (side: 0 | 1): JoinSide => {
    const alias = aliases[side] ?? null;
    const name = `${id}-${SIDES[side]}`;
    const relation = renamed(pipeline, name, { alias: alias === null ? null : String(alias), input: inputs[side] });
    const conditions = on.map((pair) => String(pair[side]));
    return withKeys(pipeline, name, { relation, conditions, pseudo: pseudoOf(relation, alias) });
  };
  return [sideOf(0), sideOf(1)];
}

function renamed(
  pipeline: Pipeline,
  id: string,
  { alias, input }: { readonly alias: string | null; readonly input: Relation },
): Relation {
  const node = withValues(pipeline, id, input);
  const hidden = input.hidden.filter((name) => name !== HAS_VALUE);
  if (alias === null) return { ...input, node, hidden };
  const named = (name: string): string => `${alias}.${name}`;
  const times = input.columns.includes(ROWTIME) || hidden.includes(ROWTIME) ? [] : ownTime(pipeline, input);
  const columns = [
    ...[...input.columns, ...hidden].map((name) => ({ name: named(name), expression: quoted(name) })),
    ...times.map((column) => ({ name: named(ROWTIME), expression: quoted(column) })),
  ];
  pipeline.add({ id, type: 'map', config: { columns, keep: 'listed' } }, node);
  const window = input.window === null ? null : { start: named(input.window.start), end: named(input.window.end) };
  return {
    node: id,
    columns: input.columns.map(named),
    hidden: [...hidden.map(named), ...times.map(() => named(ROWTIME))],
    window,
    ...(input.tableKey === undefined ? {} : { tableKey: input.tableKey.map(named) }),
  };
}

/** The column that a stream takes its records' times from. */
function ownTime({ given, isKsql }: Pipeline, { node, columns }: Relation): readonly string[] {
  const stream = isKsql ? objectOf(given.pipeline, 'streams')[node] : undefined;
  const time = stream !== undefined ? objectOf({ stream }, 'stream')['time'] : undefined;
  const column = time === undefined || time === null ? null : objectOf({ time }, 'time')['column'];
  return typeof column === 'string' && columns.includes(column) ? [column] : [];
}

function pseudoOf({ hidden }: Relation, alias: Json): PseudoColumns {
  const find = (name: string): string | null => {
    const full = typeof alias === 'string' ? `${alias}.${name}` : name;
    return hidden.includes(full) ? full : null;
  };
  return { time: find(ROWTIME), windowStart: find(WINDOWSTART), windowEnd: find(WINDOWEND) };
}

interface Conditions {
  readonly relation: Relation;
  /** One side of each pair that must be equal. */
  readonly conditions: readonly string[];
  readonly pseudo: PseudoColumns;
}

function withKeys(pipeline: Pipeline, name: string, { relation, conditions, pseudo }: Conditions): JoinSide {
  const { columns, hidden } = relation;
  const computed: JsonObject[] = [];
  const keys = conditions.map((condition, i) => {
    const column = columnOf(condition, [...columns, ...hidden]);
    if (column !== null) return column;
    const key = `${name}-key-${i}`;
    computed.push({ name: key, expression: pipeline.isKsql ? fromKsql(condition) : condition });
    return key;
  });
  const node = computed.length === 0 ? relation.node : pipeline.compute(`${name}-keys`, relation.node, computed);
  return { relation: { ...relation, node }, keys, pseudo };
}

/** The kind of a join, if the product calls it so. */
export function kindOf(step: JsonObject, kinds: readonly string[]): string {
  const kind = textOf(objectOf(step, 'join'), 'kind');
  if (!kinds.includes(kind)) throw new Inexpressible(`there is no ${kind} join of this type`);
  return kind;
}

/** Keys and condition of a join of Flink; `nullSafe` is about all of its keys. */
export function matchOf(step: JsonObject, [left, right]: readonly [JoinSide, JoinSide]): JsonObject {
  const { residual, nullSafe } = objectOf(step, 'join');
  return {
    leftKeys: left.keys,
    rightKeys: right.keys,
    ...(nullSafe === true ? { nullSafeKeys: left.keys } : {}),
    ...(typeof residual === 'string' ? { residual } : {}),
  };
}

/** Puts a join behind both of its sides. */
export function addJoinNode(
  pipeline: Pipeline,
  node: Pipeline['nodes'][number],
  [left, right]: readonly [JoinSide, JoinSide],
): void {
  pipeline.nodes.push(node);
  pipeline.edges.push([left.relation.node, `${node.id}:left`], [right.relation.node, `${node.id}:right`]);
}

/** The columns of both sides, which have names of their own already. */
export function joinedRelation(node: string, [left, right]: readonly [JoinSide, JoinSide]): Relation {
  return {
    node,
    columns: [...left.relation.columns, ...right.relation.columns],
    hidden: [...left.relation.hidden, ...right.relation.hidden],
    window: left.relation.window,
  };
}
