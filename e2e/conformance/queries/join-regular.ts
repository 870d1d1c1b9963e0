import type { JsonObject } from '../case.ts';
import { textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import type { JoinSide } from './join-sides.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf, matchOf } from './join-sides.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `regular` of Flink: over all rows of both sides. */
export function addRegularJoin(pipeline: Pipeline, step: JsonObject, inputs: readonly [Relation, Relation]): Relation {
  const id = textOf(step, 'id');
  const sides = joinSides(pipeline, step, inputs);
  const kind = kindOf(step, ['inner', 'left', 'right', 'full', 'semi', 'anti']);
  addJoinNode(
    pipeline,
    { id, type: 'join.regular', config: { kind, ...onceEach(matchOf(step, sides), sides) } },
    sides,
  );
  return kind === 'semi' || kind === 'anti' ? { ...sides[0].relation, node: id } : joinedRelation(id, sides);
}

/** A key names a column once: what further pairs say about a column of it goes into the condition. */
function onceEach(match: JsonObject, [left, right]: readonly [JoinSide, JoinSide]): JsonObject {
  const pairs = left.keys.map((name, i) => [name, right.keys[i] ?? ''] as const);
  const keys = pairs.filter(([a, b], i) => !pairs.slice(0, i).some(([c, d]) => a === c || b === d));
  if (keys.length === pairs.length) return match;
  const conditions = pairs.filter((pair) => !keys.includes(pair)).map(([a, b]) => `${quoted(a)} = ${quoted(b)}`);
  const { residual } = match;
  return {
    ...match,
    leftKeys: keys.map(([a]) => a),
    rightKeys: keys.map(([, b]) => b),
    residual: [...conditions, ...(typeof residual === 'string' ? [`(${residual})`] : [])].join(' AND '),
  };
}
