import type { Json, JsonObject } from '../case.ts';
import { isObject } from '../case.ts';
import { listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { namedOf } from './columns.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf, matchOf } from './join-sides.ts';
import type { Pipeline, Relation } from './relation.ts';

/** `interval` of Flink: `right.ts` in `[left.ts - before, left.ts + after]`. */
export function addIntervalJoin(pipeline: Pipeline, step: JsonObject, inputs: readonly [Relation, Relation]): Relation {
  const id = textOf(step, 'id');
  const join = objectOf(step, 'join');
  const sides = joinSides(pipeline, step, inputs);
  const config = {
    kind: kindOf(step, ['inner', 'left', 'right', 'full']),
    ...matchOf(step, sides),
    lowerMs: -numberOf(join, 'withinBeforeMs'),
    upperMs: numberOf(join, 'withinAfterMs'),
    resultTime: resultTime(pipeline, id, listOf(step, 'aliases')),
  };
  addJoinNode(pipeline, { id, type: 'join.interval', config }, sides);
  return joinedRelation(id, sides);
}

/** The side whose time the steps behind the join go by; the larger where none of them asks for one. */
function resultTime(pipeline: Pipeline, id: string, [left, right]: readonly Json[]): string {
  const steps = listOf(pipeline.given.pipeline, 'steps').filter(isObject);
  /** What a column of a step's result is called at the join; null where it does not come from there. */
  const atJoin = (name: Json | undefined, column: string): string | null => {
    if (name === id) return column;
    const step = steps.find((each) => each['id'] === name);
    if (step === undefined) return null;
    const listed = step['op'] === 'project' ? namedOf(pipeline, step, 'columns') : [];
    return atJoin(listOf(step, 'inputs')[0], listed.find(({ as }) => as === column)?.expr ?? column);
  };
  for (const { inputs, timeColumn } of steps) {
    if (typeof timeColumn !== 'string' || !Array.isArray(inputs)) continue;
    const column = atJoin((inputs as readonly Json[])[0], timeColumn);
    if (column?.startsWith(`${String(left)}.`) === true) return 'left';
    if (column?.startsWith(`${String(right)}.`) === true) return 'right';
  }
  return 'larger';
}
