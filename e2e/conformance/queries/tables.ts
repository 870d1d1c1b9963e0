import type { JsonObject } from '../case.ts';
import { textOf } from '../fields.ts';
import { aggregateNames, aggregatesOf, withComposed } from './aggregates.ts';
import { namedOf, withGroups, withValues } from './columns.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `aggregate`: a result for each group that changes with every row. */
export function addAggregate(pipeline: Pipeline, step: JsonObject, input: Relation): Relation {
  const id = textOf(step, 'id');
  const groups = namedOf(pipeline, step, 'groupBy');
  const source = withGroups(pipeline, { id, groups, more: [] }, { ...input, node: withValues(pipeline, id, input) });
  const keys = groups.map(({ as }) => as);
  const aggregates = aggregatesOf(pipeline, step);
  pipeline.add({ id, type: 'aggregate', config: { keys, aggregates } }, source);
  const node = withComposed(pipeline, id, step);
  return { node, columns: [...keys, ...aggregateNames(step)], hidden: [], window: null };
}
