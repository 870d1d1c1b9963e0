import type { JsonObject } from '../case.ts';
import { objectOf, textOf } from '../fields.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf, matchOf } from './join-sides.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `window` of Flink: the same window on both sides. */
export function addWindowJoin(pipeline: Pipeline, step: JsonObject, inputs: readonly [Relation, Relation]): Relation {
  const id = textOf(step, 'id');
  const sides = joinSides(pipeline, step, inputs);
  const kind = kindOf(step, ['inner', 'left', 'right', 'full', 'semi', 'anti']);
  const nullAware = objectOf(step, 'join')['nullAwareAnti'] === true;
  const config = { kind, ...matchOf(step, sides), nullAware, window: 'inherited' };
  addJoinNode(pipeline, { id, type: 'join.window', config }, sides);
  if (kind === 'semi' || kind === 'anti') return { ...sides[0].relation, node: id };
  const joined = joinedRelation(id, sides);
  return kind === 'right' ? { ...joined, window: sides[1].relation.window } : joined;
}
