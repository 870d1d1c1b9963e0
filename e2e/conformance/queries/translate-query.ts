import type { GraphCase } from '../adapter.ts';
import type { Json, JsonObject, QueryCase } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
import { documentOf, sinkNode } from '../graph.ts';
import type { StepResult } from '../run-graph.ts';
import { addFilter, addProject, addRekey, addUnion } from './columns.ts';
import { addFlatMap } from './flat-map.ts';
import { addJoin } from './joins.ts';
import { HAS_VALUE, WINDOWEND, WINDOWSTART } from './hidden.ts';
import { Pipeline } from './relation.ts';
import type { Relation } from './relation.ts';
import { addStreams, logOf } from './streams.ts';
import { addDedup, addOver, addTopN } from './rankings.ts';
import { addAggregate } from './tables.ts';
import { unstaged } from './unstaged.ts';
import { addWindowAggregate, addWindowAssign } from './windows.ts';

type AddStep = (pipeline: Pipeline, step: JsonObject, input: Relation) => Relation;

/** Steps with one input. */
const STEPS: Readonly<Record<string, AddStep>> = {
  filter: addFilter,
  project: addProject,
  windowAggregate: addWindowAggregate,
  windowAssign: addWindowAssign,
  aggregate: addAggregate,
  dedup: addDedup,
  topN: addTopN,
  over: addOver,
  rekey: addRekey,
  flatMap: addFlatMap,
};

/** A case of a whole pipeline as a graph: a node or two for each step. */
export function translateQuery(stated: QueryCase): GraphCase {
  const given = unstaged(stated);
  const pipeline = new Pipeline(given);
  const streams = addStreams(pipeline);
  for (const step of listOf(given.pipeline, 'steps').filter(isObject)) addStep(pipeline, step);
  const output = relationOf(pipeline, textOf(given.pipeline, 'output'));
  pipeline.add(sinkNode('results'), output.node);
  const { nodes, edges } = pipeline;
  const end = given['endOfInput'] === 'flush' ? 'flush' : 'none';
  const dialect = pipeline.isKsql ? 'ksqldb' : 'flink-sql';
  const document = documentOf({ name: given.id, dialect, end, nodes, edges });
  return {
    graph: logOf(pipeline, streams, document),
    read: (recorded) => ({
      outputs: recorded.results.map((result) => outputOf(result, pipeline, output)),
      dropped: null,
    }),
  };
}

function addStep(pipeline: Pipeline, step: JsonObject): void {
  const op = textOf(step, 'op');
  const id = textOf(step, 'id');
  const [input, ...others] = listOf(step, 'inputs').map((name) => relationOf(pipeline, String(name)));
  if (input === undefined) throw new Inexpressible(`the step ${id} has no input`);
  if (op === 'union') {
    pipeline.define(id, addUnion(pipeline, id, [input, ...others]));
    return;
  }
  if (op === 'join') {
    pipeline.define(id, addJoin(pipeline, step, [input, ...others]));
    return;
  }
  const add = STEPS[op];
  if (add === undefined) throw new Inexpressible(`not available yet: ${op}`);
  pipeline.define(id, add(pipeline, step, input));
}

function relationOf(pipeline: Pipeline, name: string): Relation {
  const relation = pipeline.relation(name);
  if (relation === undefined) throw new Inexpressible(`there is neither a stream nor a step ${name}`);
  return relation;
}

/** A row at the sink in the words of the case: key columns apart in ksqlDB, in one row in Flink. */
function outputOf({ op, ts, window, row, key }: StepResult, { given, isKsql }: Pipeline, output: Relation): JsonObject {
  const cells = row as JsonObject;
  const outputKey = given.pipeline['outputKey'];
  const keys = isKsql && Array.isArray(outputKey) ? (outputKey as readonly Json[]).map(String) : [];
  const pick = (names: readonly string[]): JsonObject =>
    Object.fromEntries(names.map((name) => [name, cells[name] ?? null]));
  const hasValue = op !== '-D' && (!output.hidden.includes(HAS_VALUE) || cells[HAS_VALUE] === true);
  const values = pick(output.columns.filter((name) => !keys.includes(name)));
  const bounds = window ?? carried(cells, output);
  return {
    key: keyOf(op === '-D' ? { ...pick(keys), ...deletedKey(keys, key) } : pick(keys)),
    row: isKsql && !hasValue ? null : values,
    ts: isKsql ? ts : null,
    ...(bounds === null ? {} : { window: bounds }),
    ...(isKsql || op === '+I' ? {} : { op }),
  };
}

/** A deletion says its table's key alone, which may go by the name of another column that is equal to it. */
function deletedKey(names: readonly string[], key: StepResult['key']): JsonObject {
  const values = Object.values(key ?? {});
  return values.length === names.length ? Object.fromEntries(names.map((name, i) => [name, values[i]])) : {};
}

/** The window that a row carries in columns. */
function carried(cells: JsonObject, { window, hidden }: Relation): Json {
  if (hidden.includes(WINDOWSTART)) return [cells[WINDOWSTART] ?? null, cells[WINDOWEND] ?? null];
  return window === null ? null : [cells[window.start] ?? null, cells[window.end] ?? null];
}

/** A key of one column that is NULL is no key; one of several columns always is one. */
function keyOf(key: JsonObject): JsonObject | null {
  const [value, ...others] = Object.values(key);
  return value === undefined || (others.length === 0 && value === null) ? null : key;
}
