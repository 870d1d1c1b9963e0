import type { JsonObject } from '../case.ts';
import { numberOf, numberOr, objectOf, textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import type { JoinSide } from './join-sides.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf } from './join-sides.ts';
import { withJoinColumns } from './ksql-joined.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `stream-stream`: two streams of ksqlDB whose records are near in time. */
export function addStreamStreamJoin(
  pipeline: Pipeline,
  step: JsonObject,
  inputs: readonly [Relation, Relation],
): Relation {
  const id = textOf(step, 'id');
  const join = objectOf(step, 'join');
  const sides = joinSides(pipeline, step, inputs);
  const [left, right] = sides;
  const config = {
    kind: kindOf(step, ['inner', 'left', 'right', 'full']),
    leftKeys: withWindow(left, sides),
    rightKeys: withWindow(right, sides),
    beforeMs: numberOf(join, 'withinBeforeMs'),
    afterMs: numberOf(join, 'withinAfterMs'),
  };
  const engine = {
    graceMs: numberOr(join, 'graceMs', 0),
    padding: join['outerEmission'] === 'on-window-close' ? 'on-close' : 'eager',
  };
  addJoinNode(pipeline, { id, type: 'join.stream', config, engine }, sides);
  const key = `COALESCE(${[left, right].map(({ keys: [name = ''] }) => quoted(name)).join(', ')})`;
  return withJoinColumns(pipeline, joinedRelation(id, sides), { sides, key });
}

/** Records whose keys carry windows match by the start of the window too, whatever its end. */
function withWindow({ keys, pseudo }: JoinSide, sides: readonly JoinSide[]): readonly string[] {
  const areWindowed = sides.every((side) => side.pseudo.windowStart !== null);
  return areWindowed && pseudo.windowStart !== null ? [...keys, pseudo.windowStart] : keys;
}
