import type { JsonObject } from '../case.ts';
import { textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf } from './join-sides.ts';
import { withJoinColumns } from './ksql-joined.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `stream-table` of ksqlDB: records of a stream with what a table has for them when they arrive. */
export function addStreamTableJoin(
  pipeline: Pipeline,
  step: JsonObject,
  inputs: readonly [Relation, Relation],
): Relation {
  const id = textOf(step, 'id');
  const sides = joinSides(pipeline, step, inputs);
  const [left, right] = sides;
  const kind = kindOf(step, ['inner', 'left']);
  const config = { kind, leftKeys: left.keys, rightKeys: right.keys, asOf: 'arrival' };
  addJoinNode(pipeline, { id, type: 'join.temporal', config }, sides);
  const [key = ''] = left.keys;
  // A result has the time and the window of the stream's record.
  const pseudo = { time: null, windowStart: null, windowEnd: null };
  const own = { ...right, pseudo };
  return withJoinColumns(pipeline, joinedRelation(id, sides), { sides: [left, own], key: quoted(key) });
}
