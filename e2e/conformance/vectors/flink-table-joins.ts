import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, numberOf, numberOr, textOf, typeOfValues } from '../fields.ts';
import type { Edge, Node, SourceShape } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { flinkOutputs } from './flink-output.ts';
import { recordLog } from './record-log.ts';

const JOIN = 'join';
const SIDES = ['left', 'right'] as const;
type SideName = (typeof SIDES)[number];

/** The columns of a record that is enriched. */
const LOOKED_UP_FROM = ['key', 'value'];

/** One input of a join: its columns, in the order in which the case writes rows. */
interface Side {
  readonly name: SideName;
  readonly columns: readonly string[];
  readonly source: Pick<SourceShape, 'changes' | 'key' | 'time'>;
}

/** `regularJoin` of Flink SQL. */
export function flinkRegularJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  const [leftKey, rightKey] = keysOf(textOf(operator, 'on'));
  const sides = SIDES.map((name): Side => {
    const columns = columnsOf(operator, name);
    const unique = uniqueKeyOf(operator['uniqueKey'], { name, columns }, name === 'left' ? leftKey : rightKey);
    const key = unique === null ? {} : { key: unique };
    return { name, columns, source: { changes: 'retract', time: null, ...key } };
  });
  const ttl = operator['stateTtl'];
  const ttls = isObject(ttl) ? ttl : { left: ttl ?? 0, right: ttl ?? 0 };
  const kind = textOf(operator, 'join');
  const node: Node = {
    id: JOIN,
    type: 'join.regular',
    config: { kind, leftKeys: [leftKey], rightKeys: [rightKey] },
    engine: { leftTtlMs: numberOr(ttls, 'left', 0), rightTtlMs: numberOr(ttls, 'right', 0) },
  };
  const shown = kind === 'semi' || kind === 'anti' ? sides.slice(0, 1) : sides;
  const names = joinedNames(shown);
  const result = ({ step, op, row }: StepResult): JsonObject => {
    const cells = row as JsonObject;
    return { step, op, row: names.flat().map((name) => cells[name] ?? null) };
  };
  return joinCase(given, { sides, node, timeDomain: 'processing', result });
}

/**
 * Columns of the unique key that an input declares; null for none. A case tells it for both sides or one, in words or as columns:
 * of a side that `has unique key`, other than the join key, it is the first column.
 */
function uniqueKeyOf(
  declared: Json | undefined,
  { name, columns }: Pick<Side, 'name' | 'columns'>,
  joinKey: string,
): readonly string[] | null {
  const own = isObject(declared) ? declared[name] : declared;
  if (own === undefined || own === null || own === 'none') return null;
  if (Array.isArray(own)) return (own as readonly Json[]).map(String);
  const told = /^(join key|has unique key)(?: on (?:the )?(both|left|right)(?: sides?)?(?: only)?)?$/.exec(String(own));
  if (told === null && columns.includes(String(own))) return [String(own)];
  if (told === null) throw new Inexpressible(`a unique key that is ${JSON.stringify(declared)}`);
  const [, which, side = 'both'] = told;
  if (side !== 'both' && side !== name) return null;
  return which === 'join key' ? [joinKey] : columns.slice(0, 1);
}

/** `temporalJoin` of Flink SQL: as of event time, or as of arrival by the processing clock. */
export function flinkTemporalJoin(given: VectorCase): GraphCase {
  const { operator, inputs } = given;
  const isByClock = operator['timeDomain'] === 'processing';
  const time = isByClock ? null : 'ts';
  const layout = columnsOf(operator, 'left').filter((name) => !isByClock || name !== 'ts');
  const changes = inputs.some(({ stream, op }) => stream === 'left' && op !== undefined && op !== '+I');
  const sides: Side[] = [
    { name: 'left', columns: layout, source: { time, ...(changes ? { changes: 'retract' } : {}) } },
    { name: 'right', columns: layout, source: { time, changes: 'retract', key: ['key'] } },
  ];
  const retention = operator['stateRetention'];
  const engine = isObject(retention)
    ? { minRetentionMs: numberOf(retention, 'min'), maxRetentionMs: numberOf(retention, 'max') }
    : {};
  const asOf = isByClock ? 'arrival' : 'event-time';
  const config = { kind: textOf(operator, 'join'), leftKeys: ['key'], rightKeys: ['key'], asOf };
  const names = joinedNames(sides);
  const result = ({ step, op, row }: StepResult): JsonObject => {
    const cells = row as JsonObject;
    if (operator['rowLayout'] !== undefined) return { step, op, row: names.flat().map((name) => cells[name] ?? null) };
    const [left = null, right = null] = ['', 'right_'].map((prefix): Json => {
      const value = cells[`${prefix}value`] ?? null;
      if (isByClock) return value;
      return cells[`${prefix}ts`] === null ? null : [cells[`${prefix}ts`] ?? null, value];
    });
    return { step, op, key: cells['key'] ?? null, left, right };
  };
  const node: Node = { id: JOIN, type: 'join.temporal', config, engine };
  return joinCase(given, { sides, node, timeDomain: isByClock ? 'processing' : 'event', result });
}

/** `lookupJoin` of Flink SQL: the table stands in the case. */
export function flinkLookupJoin(given: VectorCase): GraphCase {
  const { operator } = given;
  const rows = listOf(operator, 'table').filter(isObject);
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => ({ name, type: typeOfValues(rows.map((row) => row[name])) }));
  const [leftKey, rightKey] = keysOf(textOf(operator, 'on'));
  const config = {
    kind: textOf(operator, 'join'),
    leftKeys: [leftKey],
    rightKeys: [rightKey],
    residual: conditionOf(operator['filter'], LOOKED_UP_FROM),
    table: { columns, rows: rows.map((row) => names.map((name) => row[name] ?? null)) },
  };
  const sides: Side[] = [{ name: 'left', columns: LOOKED_UP_FROM, source: { time: null } }];
  const result = ({ step, op, row }: StepResult): JsonObject => {
    const cells = row as JsonObject;
    const right = names.map((name) => cells[LOOKED_UP_FROM.includes(name) ? `right_${name}` : name] ?? null);
    const found = right.every((value) => value === null) ? null : right;
    return { step, op, key: cells['key'] ?? null, left: cells['value'] ?? null, right: found };
  };
  const inputs = given.inputs.map((input) => ({ ...input, stream: 'left' }));
  const node: Node = { id: JOIN, type: 'join.lookup', config };
  return joinCase({ ...given, inputs }, { sides, node, timeDomain: 'processing', result });
}

/** A condition on both rows, which cases write as `right.name length >= 6`. */
function conditionOf(filter: Json | undefined, leftNames: readonly string[]): string {
  if (filter === undefined || filter === null) return '';
  const column = /\b(left|right)\.(\w+)( length)?/g;
  return String(filter).replace(column, (_, side: string, name: string, length?: string) => {
    const own = side === 'right' && leftNames.includes(name) ? `right_${name}` : name;
    return length === undefined ? own : `CHAR_LENGTH(${own})`;
  });
}

/** `key`, `key = id` or `left.a = right.b`. */
function keysOf(on: string): readonly [left: string, right: string] {
  const [left = '', right = left] = on.split('=').map((name) => name.trim().replace(/^(left|right)\./, ''));
  return [left, right];
}

function columnsOf(operator: JsonObject, side: SideName): readonly string[] {
  const named = operator[`${side}Columns`];
  if (Array.isArray(named)) return (named as readonly Json[]).map(String);
  const { rowLayout } = operator;
  return typeof rowLayout === 'string' ? rowLayout.replace(/[[\]\s]/g, '').split(',') : ['key', 'value', 'ts'];
}

/** What the join calls the columns of each side. */
function joinedNames(sides: readonly Side[]): readonly (readonly string[])[] {
  const left = sides[0]?.columns ?? [];
  return sides.map(({ columns }, i) =>
    columns.map((name) => (i === 1 && left.includes(name) ? `right_${name}` : name)),
  );
}

interface JoinGraph {
  readonly sides: readonly Side[];
  readonly node: Node;
  readonly timeDomain: 'event' | 'processing';
  readonly result: (result: StepResult) => JsonObject;
}

function joinCase(given: VectorCase, { sides, node, timeDomain, result }: JoinGraph): GraphCase {
  const cells = (input: JsonObject): JsonObject => {
    const { row, stream } = input;
    const columns = sides.find(({ name }) => name === stream)?.columns ?? [];
    const values = Array.isArray(row) ? (row as readonly Json[]) : columns.map((name) => input[name] ?? null);
    return Object.fromEntries(columns.map((name, i) => [name, values[i] ?? null]));
  };
  const sources = sides.map(({ name, columns, source }): SourceShape => {
    const records = given.inputs.filter(({ stream, row, key }) => stream === name && (row ?? key) !== undefined);
    const types = columns.map((column) => {
      const type = column === 'ts' ? 'TIMESTAMP' : typeOfValues(records.map((record) => cells(record)[column]));
      return [column, type] as const;
    });
    return { id: name, columns: types, ...source };
  });
  const edges: Edge[] = sides.map(({ name }) => [name, sides.length === 1 ? JOIN : `${JOIN}:${name}`]);
  const document = documentOf({
    name: given.id,
    dialect: 'flink-sql',
    timeDomain,
    nodes: [...sources.map(sourceNode), node, sinkNode('results')],
    edges: [...edges, [JOIN, 'results']],
  });
  const rules = { watermarkShiftMs: 0, sourceOf: (input: JsonObject) => textOf(input, 'stream'), cellsOf: cells };
  const outputRules = { node: JOIN, sideOutput: '', forwards: 'moved' as const, tellsDrops: false };
  return {
    graph: recordLog(given.inputs, rules).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, { ...outputRules, inputs: given.inputs, result }),
      dropped: recorded.drops.length,
    }),
  };
}
