import type { JsonObject } from '../case.ts';
import { textOf } from '../fields.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf, matchOf } from './join-sides.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `temporal` of Flink: the version of the right side as of the left rows' event time. */
export function addTemporalJoin(pipeline: Pipeline, step: JsonObject, inputs: readonly [Relation, Relation]): Relation {
  const id = textOf(step, 'id');
  const sides = joinSides(pipeline, step, inputs);
  const config = { kind: kindOf(step, ['inner', 'left']), ...matchOf(step, sides), asOf: 'event-time' };
  addJoinNode(pipeline, { id, type: 'join.temporal', config }, sides);
  return joinedRelation(id, sides);
}
