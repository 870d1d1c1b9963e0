import type { Json, JsonObject } from '../case.ts';
import { Inexpressible, isObject } from '../case.ts';
import { listOf, textOf } from '../fields.ts';
import { aggregatesOf } from './aggregates.ts';
import { columnOf, namedOf, withGroups, withValues } from './columns.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `aggregate`: a result for each group that changes with every row. */
export function addAggregate(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const groups = namedOf(pipeline, step, 'groupBy');
  const source = withGroups(pipeline, { id, groups, more: [] }, { ...input, node: withValues(pipeline, id, input) });
  const keys = groups.map(({ as }) => as);
  const aggregates = aggregatesOf(pipeline, step);
  pipeline.add({ id, type: 'aggregate', config: { keys, aggregates } }, source);
  return { node: id, columns: [...keys, ...aggregates.map(({ name }) => String(name))], hidden: [], window: null };
}

/** `dedup`: one row of each key, by event time or by arrival. */
export function addDedup(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  if (step['windowed'] === true) throw new Inexpressible('not available yet: dedup within windows');
  const id = textOf(step, 'id');
  const orders = listOf(step, 'orderBy').filter(isObject);
  const byArrival = orders.some(({ expr }) => typeof expr === 'string' && /proctime/i.test(expr));
  if (!byArrival && orders.some(({ expr }) => !isTimeOf(pipeline, expr))) {
    throw new Inexpressible('dedup by another column than the event time');
  }
  const keys = listOf(step, 'partitionBy').map(String);
  const orderBy = byArrival ? 'arrival' : 'event-time';
  pipeline.add({ id, type: 'dedup', config: { keys, keep: textOf(step, 'keep'), orderBy } }, input.node);
  return { ...input, node: id };
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
