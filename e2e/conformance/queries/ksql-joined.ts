import { isObject } from '../case.ts';
import { listOf, objectOf } from '../fields.ts';
import { quoted } from '../graph.ts';
import { ROWTIME, WINDOWEND, WINDOWSTART } from './hidden.ts';
import type { JoinSide, PseudoColumns } from './join-sides.ts';
import type { Pipeline, Relation } from './relation.ts';

/** What ksqlDB calls the key of a join's result: ROWKEY, with a number behind those of the columns that have that name. */
export function joinKeyName({ given }: Pipeline): string {
  const columns = Object.values(objectOf(given.pipeline, 'streams'))
    .filter(isObject)
    .flatMap((stream) => listOf(stream, 'columns').map((column) => String((column as readonly string[])[0])));
  const taken = columns.flatMap((name) => {
    const found = /^ROWKEY(?:_(\d+))?$/.exec(name);
    return found === null ? [] : [Number(found[1] ?? 0)];
  });
  return taken.length === 0 ? 'ROWKEY' : `ROWKEY_${Math.max(...taken) + 1}`;
}

/** What is known of a joined record beside its columns: its key, its time and its window. */
export function withJoinColumns(
  pipeline: Pipeline,
  relation: Relation,
  { sides: [left, right], key }: { readonly sides: readonly [JoinSide, JoinSide]; readonly key: string },
): Relation {
  const name = joinKeyName(pipeline);
  const either = (column: keyof PseudoColumns): string | null => {
    const names = [left.pseudo[column], right.pseudo[column]].filter((each) => each !== null).map(quoted);
    return names.length === 0 ? null : `COALESCE(${names.join(', ')})`;
  };
  const computed = [
    { name, expression: key },
    ...timeOf(left.pseudo, right.pseudo).map((expression) => ({ name: ROWTIME, expression })),
    ...(
      [
        [WINDOWSTART, either('windowStart')],
        [WINDOWEND, either('windowEnd')],
      ] as const
    ).flatMap(([column, expression]) => (expression === null ? [] : [{ name: column, expression }])),
  ];
  const hidden = computed.map((column) => column.name).filter((column) => column !== name);
  return {
    ...relation,
    node: pipeline.compute(`${relation.node}-joined`, relation.node, computed),
    columns: [...relation.columns.filter((column) => column !== name), name],
    hidden: [...relation.hidden.filter((column) => !hidden.includes(column)), ...hidden],
  };
}

/** The larger of the two times. */
function timeOf({ time: left }: PseudoColumns, { time: right }: PseudoColumns): readonly string[] {
  if (left === null || right === null) return [];
  const [a, b] = [quoted(left), quoted(right)];
  return [`CASE WHEN ${b} IS NULL OR ${a} >= ${b} THEN ${a} ELSE ${b} END`];
}
