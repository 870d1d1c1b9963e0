import type { JsonObject } from '../case.ts';
import { textOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { addJoinNode, joinSides, joinedRelation, kindOf } from './join-sides.ts';
import { withJoinColumns } from './ksql-joined.ts';
import type { Pipeline, Relation } from './relation.ts';

/** What the product calls the key of a full join. */
const ADDED_KEY = 'rowkey';

/** `table-table`: two tables of ksqlDB, by key or by foreign key. */
export function addTableTableJoin(
  pipeline: Pipeline,
  step: JsonObject,
  inputs: readonly [Relation, Relation],
): Relation {
  const id = textOf(step, 'id');
  const sides = joinSides(pipeline, step, inputs);
  const [left, right] = sides;
  const kind = kindOf(step, ['inner', 'left', 'right', 'full']);
  addJoinNode(
    pipeline,
    { id, type: 'join.table', config: { kind, leftKeys: left.keys, rightKeys: right.keys } },
    sides,
  );
  const [leftKey = ''] = left.keys;
  const [rightKey = ''] = right.keys;
  const key = kind === 'full' ? ADDED_KEY : kind === 'right' ? rightKey : leftKey;
  const joined = withJoinColumns(pipeline, joinedRelation(id, sides), { sides, key: quoted(key) });
  // The table is told by its own key, whichever of the equal columns a projection lists.
  const own = kind === 'full' ? [ADDED_KEY] : kind === 'right' ? keyOf(right.relation) : keyOf(left.relation);
  return { ...joined, hidden: [...new Set([...joined.hidden, ...own])], tableKey: own };
}

function keyOf({ tableKey }: Relation): readonly string[] {
  return tableKey ?? [];
}
