import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { listOf, numberOf, textOf, typeOfValues, writtenTime } from '../fields.ts';
import type { Node, SourceShape } from '../graph.ts';
import { documentOf, sinkNode, sourceNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { flinkOutputs } from './flink-output.ts';
import { SOURCE, recordLog, recordSource } from './record-log.ts';

/** Time to live of the state in the tests that move its clock: `minTime` of `DeduplicateFunctionTestBase`. */
const TTL_MS = 10;

/** Every source has a column for the event time; these records have none. */
const TIME = 'ts';

/** `deduplicate` of Flink SQL. */
export function flinkDedup(given: VectorCase): GraphCase {
  const { operator, inputs } = given;
  const config = {
    keys: ['key'],
    keep: textOf(operator, 'keep'),
    orderBy: operator['timeDomain'] === 'processing' ? 'arrival' : 'event-time',
  };
  const node = { id: 'dedup', type: 'dedup', config, engine: engineOf(given) };
  const result = ({ step, op, row }: StepResult): JsonObject => {
    const { key = null, value = null, ts } = row as JsonObject;
    return { step, op, key, value, ...(ts === null || ts === undefined ? {} : { ts: writtenTime(Number(ts)) }) };
  };
  return graphOf(given, {
    source: recordSource(inputs),
    node,
    result,
    write: ({ key, value, ts }) => ({ key, value, ts }),
  });
}

/** `topN` of Flink SQL: rows are lists, columns are told by their place. */
export function flinkTopN(given: VectorCase): GraphCase {
  const { operator, inputs } = given;
  const rows = inputs.filter(({ row }) => row !== undefined).map((input) => listOf(input, 'row'));
  const columns = (rows[0] ?? []).map((_, i) => [nameOf(i), typeOfValues(rows.map((row) => row[i]))] as const);
  const keys = placesIn(operator['partitionBy']);
  const hasRank = operator['outputRankNumber'] === true;
  const changes = changesOf(given, keys);
  const node = {
    id: 'top',
    type: 'top-n',
    config: {
      keys,
      orderBy: ordersIn(operator['orderBy']),
      from: numberOf(operator, 'rankStart'),
      ...endOf(operator['rankEnd']),
      rankColumn: hasRank ? 'rank' : '',
    },
    engine: { ...engineOf(given), strategy: changes.changes === 'upsert' ? 'update-fast' : 'retract' },
  };
  const names = [...columns.map(([name]) => name), ...(hasRank ? ['rank'] : [])];
  const result = ({ step, op, row }: StepResult): JsonObject => {
    const cells = row as JsonObject;
    return { step, op, row: names.map((name) => cells[name] ?? null) };
  };
  const source = { id: SOURCE, columns: [...columns, [TIME, 'TIMESTAMP'] as const], time: TIME, ...changes };
  const write = (input: JsonObject): JsonObject =>
    Object.fromEntries(columns.map(([name], i) => [name, listOf(input, 'row')[i]]));
  return graphOf(given, { source, node, result, write });
}

interface Parts {
  readonly source: SourceShape;
  readonly node: Node;
  readonly result: (result: StepResult) => JsonObject;
  /** The columns of a record. */
  readonly write: (input: JsonObject) => JsonObject;
}

function graphOf(given: VectorCase, { source, node, result, write }: Parts): GraphCase {
  const document = documentOf({
    name: given.id,
    dialect: 'flink-sql',
    nodes: [sourceNode(source), node, sinkNode('results')],
    edges: [
      [SOURCE, node.id],
      [node.id, 'results'],
    ],
  });
  return {
    graph: recordLog(given.inputs, { watermarkShiftMs: 0, sourceOf: () => SOURCE, cellsOf: write }).finish(document),
    read: (recorded) => ({
      outputs: flinkOutputs(recorded, {
        inputs: given.inputs,
        node: node.id,
        result,
        sideOutput: 'late',
        forwards: 'every',
        tellsDrops: false,
      }),
      dropped: 0,
    }),
  };
}

function engineOf({ operator, inputs }: VectorCase): JsonObject {
  const hasTtl = inputs.some(({ stateTtlTime }) => stateTtlTime !== undefined);
  return {
    ...(operator['generateUpdateBefore'] === false ? { generateUpdateBefore: false } : {}),
    ...(operator['generateInsert'] === false ? { generateInsert: false } : {}),
    ...(hasTtl ? { ttlMs: TTL_MS } : {}),
  };
}

function nameOf(place: number): string {
  return `c${place}`;
}

/** `column 0, column 2` */
function placesIn(text: Json | undefined): readonly string[] {
  return typeof text === 'string' ? [...text.matchAll(/column (\d+)/g)].map(([, place]) => nameOf(Number(place))) : [];
}

/** `column 2 asc, column 1 desc` */
function ordersIn(text: Json | undefined): readonly JsonObject[] {
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/column (\d+)(?:\s+(asc|desc))?/gi)].map(([, place, direction]) => ({
    column: nameOf(Number(place)),
    descending: direction?.toLowerCase() === 'desc',
  }));
}

function endOf(end: Json | undefined): JsonObject {
  if (typeof end === 'number') return { to: end };
  const [toColumn] = placesIn(end);
  if (toColumn === undefined) throw new Inexpressible(`the last rank is ${JSON.stringify(end)}`);
  return { toColumn };
}

/** What the records do to each other: nothing, one by one, or by a key, which the tests have in the second column. */
function changesOf({ operator, inputs }: VectorCase, keys: readonly string[]): Pick<SourceShape, 'changes' | 'key'> {
  const input = typeof operator['input'] === 'string' ? operator['input'] : '';
  if (/retract/i.test(input)) return { changes: 'retract' };
  if (/append/i.test(input) && inputs.every(({ op }) => op === undefined || op === '+I')) return {};
  const named = placesIn(operator['uniqueKey'] ?? operator['rowKey']);
  const own = named.length > 0 ? named : [nameOf(1)];
  return { changes: 'upsert', key: [...new Set([...keys, ...own])] };
}
