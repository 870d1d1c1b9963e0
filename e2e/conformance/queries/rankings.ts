import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { literal } from '../graph.ts';
import { listOf, numberOf, numberOr, objectOf, textOf } from '../fields.ts';
import { aggregatesOf } from './aggregates.ts';
import { columnOf } from './columns.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `topN`: the best rows of each key, as they change or window by window. */
export function addTopN(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  if (step['rankFunction'] !== 'ROW_NUMBER') throw new Inexpressible(`ranks by ${textOf(step, 'rankFunction')}`);
  const perWindow = step['windowed'] === true;
  const rankColumn = isRankUsed(pipeline, step) ? textOf(step, 'rankColumn') : '';
  const to = step['rankTo'];
  const computed: JsonObject[] = [];
  const orderBy = listOf(step, 'orderBy')
    .filter(isObject)
    .filter(({ expr }) => !isArrival(expr))
    .map(({ expr, desc }, i) => {
      const text = String(expr);
      const column = columnOf(text, input.columns) ?? `${id}-order-${i}`;
      if (columnOf(text, input.columns) === null) computed.push({ name: column, expression: text });
      return { column, descending: desc === true };
    });
  const config = {
    keys: keysOf(step, input),
    orderBy,
    from: numberOr(step, 'rankFrom', 1),
    ...(typeof to === 'number' ? { to } : { toColumn: String(to) }),
    rankColumn,
    perWindow,
  };
  const source = computed.length === 0 ? input.node : pipeline.compute(`${id}-orders`, input.node, computed);
  pipeline.add({ id, type: 'top-n', config, engine: topNEngine(pipeline, step) }, source);
  const columns = rankColumn === '' ? input.columns : [...input.columns, rankColumn];
  return { ...input, node: id, columns };
}

/** Where later steps leave the rank away the planner does so too, which changes what is emitted. */
function isRankUsed({ given }: Pipeline, step: JsonObject): boolean {
  const steps = listOf(given.pipeline, 'steps').filter(isObject);
  const later = steps.slice(steps.findIndex(({ id }) => id === step['id']) + 1);
  return later.length === 0 || JSON.stringify(later).includes(textOf(step, 'rankColumn'));
}

/** A sink that puts by key needs no −U. */
function topNEngine({ given }: Pipeline, step: JsonObject): JsonObject {
  const { expectedMode, pipeline } = given;
  const isKeyed = expectedMode !== 'final-set' && Array.isArray(pipeline['outputKey']);
  return {
    ...(isKeyed ? { generateUpdateBefore: false } : {}),
    ...(isMonotonic(pipeline, step) ? { strategy: 'update-fast' } : {}),
  };
}

// FlinkRelMdModifiedMonotonicity: of a row of a group COUNT and MAX only grow, MIN only falls
const GROWS: Readonly<Record<string, boolean>> = { COUNT: true, MAX: true, MIN: false };

function isMonotonic(pipeline: JsonObject, step: JsonObject): boolean {
  const [inputName] = listOf(step, 'inputs');
  const before = listOf(pipeline, 'steps')
    .filter(isObject)
    .find(({ id }) => id === inputName);
  if (before?.['op'] !== 'aggregate' || before['inputKind'] === 'table') return false;
  const aggregates = listOf(before, 'aggregates').filter(isObject);
  return listOf(step, 'orderBy')
    .filter(isObject)
    .every(({ expr, desc }) => {
      const aggregate = aggregates.find(({ as }) => as === expr);
      return aggregate !== undefined && GROWS[String(aggregate['fn'])] === (desc === true);
    });
}

/** `dedup`: one row of each key, by event time or by arrival, as it changes or window by window. */
export function addDedup(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const perWindow = step['windowed'] === true;
  const [order, ...others] = listOf(step, 'orderBy').filter(isObject);
  const byArrival = isArrival(order?.['expr']);
  if (others.length > 0 || (!byArrival && !isTimeOf(pipeline, order?.['expr']))) {
    throw new Inexpressible('dedup by another column than the event time');
  }
  // Rows with the columns of a window have its time for their own.
  const timeColumn = perWindow && !byArrival ? columnOf(String(order?.['expr']), input.columns) : null;
  const config = {
    keys: keysOf(step, input),
    keep: textOf(step, 'keep'),
    orderBy: byArrival ? 'arrival' : 'event-time',
    ...(timeColumn === null ? {} : { timeColumn }),
    perWindow,
  };
  pipeline.add({ id, type: 'dedup', config }, input.node);
  return { ...input, node: id };
}

/** `over`: every row with aggregates over itself and the rows before it. */
export function addOver(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const [order, ...others] = listOf(step, 'orderBy').filter(isObject);
  const byArrival = isArrival(order?.['expr']);
  if (others.length > 0 || order?.['desc'] === true || (!byArrival && !isTimeOf(pipeline, order?.['expr']))) {
    throw new Inexpressible('rows before by another order than that of time');
  }
  const all = listOf(step, 'aggregates').filter(isObject);
  const lags = all.filter(({ fn }) => fn === 'LAG').map(lagOf);
  const aggregates = aggregatesOf(pipeline, { ...step, aggregates: all.filter(({ fn }) => fn !== 'LAG') });
  const config = {
    keys: listOf(step, 'partitionBy').map(String),
    orderBy: byArrival ? 'arrival' : 'event-time',
    ...frameOf(objectOf(step, 'frame')),
    aggregates,
    lags,
  };
  pipeline.add({ id, type: 'over', config }, input.node);
  const added = [...aggregates, ...lags].map(({ name }) => String(name));
  return { ...input, node: id, columns: [...input.columns, ...added] };
}

function frameOf(frame: JsonObject): JsonObject {
  const { unit, preceding, precedingMs } = frame;
  if (preceding === 'unbounded' || (preceding === undefined && precedingMs === undefined)) {
    return { frame: unit === 'range' ? 'range-unbounded' : 'rows-unbounded' };
  }
  if (unit === 'rows') return { frame: 'rows', precedingRows: numberOf(frame, 'preceding') };
  return { frame: 'range', precedingMs: numberOf(frame, precedingMs === undefined ? 'preceding' : 'precedingMs') };
}

function lagOf({ as, arg, args, offset, default: otherwise }: JsonObject): JsonObject {
  const [first, second, third] = Array.isArray(args) ? (args as readonly Json[]) : [arg];
  const value = otherwise ?? third ?? null;
  return {
    name: String(as),
    argument: String(arg ?? first),
    offset: Number(offset ?? second ?? 1),
    ...(value === null
      ? {}
      : { default: typeof value === 'string' && third === undefined ? literal(value) : String(value) }),
  };
}

function isArrival(expression: Json | undefined): boolean {
  return typeof expression === 'string' && /proctime/i.test(expression);
}

/** What rows are taken apart by, without the columns of their window where they are taken window by window. */
function keysOf(step: JsonObject, { window }: Relation): readonly string[] {
  const keys = listOf(step, 'partitionBy').map(String);
  if (step['windowed'] !== true || window === null) return keys;
  return keys.filter((key) => key !== window.start && key !== window.end && key !== 'window_time');
}

/** Whether an expression is the time column of a stream. */
function isTimeOf({ given }: Pipeline, expression: Json | undefined): boolean {
  const streams = given.pipeline['streams'];
  const times = isObject(streams)
    ? Object.values(streams).flatMap((stream) =>
        isObject(stream) && isObject(stream['time']) ? [String(stream['time']['column'])] : [],
      )
    : [];
  return typeof expression === 'string' && columnOf(expression, times) !== null;
}
