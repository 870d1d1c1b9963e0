import type { JsonObject } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { objectOf, textOf } from '../fields.ts';
import { addIntervalJoin } from './join-interval.ts';
import { addRegularJoin } from './join-regular.ts';
import { addStreamStreamJoin } from './join-stream-stream.ts';
import { addStreamTableJoin } from './join-stream-table.ts';
import { addTableTableJoin } from './join-table-table.ts';
import { addTemporalJoin } from './join-temporal.ts';
import { addWindowJoin } from './join-window.ts';
import type { Pipeline, Relation } from './relation.ts';

type AddJoin = (pipeline: Pipeline, step: JsonObject, inputs: readonly [Relation, Relation]) => Relation;

const BY_TYPE: Readonly<Record<string, AddJoin>> = {
  interval: addIntervalJoin,
  window: addWindowJoin,
  regular: addRegularJoin,
  temporal: addTemporalJoin,
  'stream-stream': addStreamStreamJoin,
  'stream-table': addStreamTableJoin,
  'table-table': addTableTableJoin,
};

/** `join`: two inputs, by the type of the join. */
export function addJoin(pipeline: Pipeline, step: JsonObject, inputs: readonly Relation[]): Relation {
  const type = textOf(objectOf(step, 'join'), 'type');
  const [left, right] = inputs;
  if (left === undefined || right === undefined) throw new Inexpressible('a join has two inputs');
  const add = BY_TYPE[type];
  if (add === undefined) throw new Inexpressible(`not available yet: ${type} join`);
  return add(pipeline, step, [left, right]);
}
