import { z } from 'zod';
import { DURATION_LIMIT_MS } from '../../stream/duration.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { hasErrors } from '../../stream/problem.ts';
import type { DurationMs } from '../../stream/time.ts';
import type { Field } from '../../stream/types.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import { bindMatch, joinedFields, resultFields } from '../shared/joins/bind-join.ts';
import { matchConfig, padsSide } from '../shared/joins/join-config.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';
import { tableJoinFace } from './face.ts';

const config = z.strictObject({
  kind: z
    .enum(['inner', 'left', 'right', 'full'])
    .default('inner')
    .meta({
      title: 'Join',
      description:
        'inner: keys that both tables have. left, right, full: keys of that table, or of either, the other side NULL where it lacks the key.',
      engineNames: { 'kafka-streams': 'join, leftJoin, outerJoin', ksqldb: 'JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN' },
    }),
  leftKeys: matchConfig.leftKeys.meta({
    title: 'Left key',
    description:
      'The key of the left table; or other columns of it that name a row of the right table: a foreign key, and one right row may then be in many results.',
    control: 'columns',
    input: 'left',
    engineNames: { 'kafka-streams': 'foreignKeyExtractor, where it is not the key' },
  }),
  rightKeys: matchConfig.rightKeys.meta({
    title: 'Right key',
    description: 'The key of the right table, in the order of the left key.',
    control: 'columns',
    input: 'right',
  }),
});

export type TableJoinConfig = z.infer<typeof config>;

const historyMs = z.number().int().min(0).max(DURATION_LIMIT_MS).optional();

const engine = z.strictObject({
  leftHistoryRetentionMs: historyMs.meta({
    title: 'Left history',
    description:
      'Makes the left table a versioned one that keeps its past so long: updates older than the latest of their key are dropped. Without it the last to arrive counts.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'kafka-streams': 'Stores.persistentVersionedKeyValueStore' },
    dialects: ['kafka-streams'],
  }),
  rightHistoryRetentionMs: historyMs.meta({
    title: 'Right history',
    description: 'The same of the right table.',
    unit: 'ms',
    control: 'duration',
    engineNames: { 'kafka-streams': 'Stores.persistentVersionedKeyValueStore' },
    dialects: ['kafka-streams'],
  }),
});

export type TableJoinEngine = z.infer<typeof engine>;

/** One of the two tables. */
export interface BoundTable {
  /** The columns by which its rows replace each other. */
  readonly key: BoundKey;
  /** The columns that are matched, parallel on both sides. Of the right table, and by primary key, they are its key. */
  readonly match: BoundKey;
  /** Null for a table that keeps the last to arrive. */
  readonly historyRetentionMs: DurationMs | null;
}

export interface TableJoinBound {
  readonly kind: TableJoinConfig['kind'];
  readonly left: BoundTable;
  readonly right: BoundTable;
  readonly byForeignKey: boolean;
  /** Columns that stand before all others and hold the key of either side; none but of a full join. */
  readonly addedKey: readonly Field[];
}

type Request = BindRequest<TableJoinConfig, TableJoinEngine>;

/**
 * Joins two tables: each change of either side gives the changed result of its key. Two tables of the same key are joined by
 * it; or the left one by columns that name rows of the right one (a foreign key), and a change on the right then changes
 * every left row that names it.
 *
 * Output: a table. Its columns are the left ones, then the right ones; a right column whose name is taken is called
 * `right_name`. Its key is the left table's, of a right join the right one's; of a full join, where either may be missing,
 * an added first column `rowkey` (`rowkey1`, `rowkey2`, ... where the key has several). A deletion has the key alone, all else
 * NULL. The event time of a result is the larger of the two rows', by foreign key that of the right row that changed.
 *
 * As in the engine, a deletion may come out for a key that had no result. Rows with NULL in their key or without a time, and
 * deletions of unknown keys that change nothing, leave by `rejected`.
 */
export const tableJoinDefinition: OperatorDefinition<'join.table', TableJoinConfig, TableJoinBound, TableJoinEngine> = {
  ...tableJoinFace,
  config,
  engine,
  orderSensitive: true,
  describe: ({ kind, leftKeys }) => `${kind}${leftKeys.length > 0 ? ` · by ${leftKeys.join(', ')}` : ''}`,
  suggest: ([left, right]) => {
    const rightKeys = right?.key ?? [];
    const named = rightKeys.every((name) => left?.schema.fields.some((field) => field.name === name) === true);
    return config.parse({ leftKeys: named && rightKeys.length > 0 ? rightKeys : (left?.key ?? []), rightKeys });
  },
  bind: (request) => {
    const { config: join, engine: knobs, inputs } = request;
    const left = inputOf(inputs, 0);
    const right = inputOf(inputs, 1);
    const match = bindMatch({ ...join, residual: '' }, left.schema, right.schema);
    const leftKey = bindKey(left.key ?? [], left.schema, 'inputs');
    const rightKey = bindKey(right.key ?? [], right.schema, 'inputs');
    const problems = [...match.problems, ...leftKey.problems, ...rightKey.problems, ...keyProblems(request)];
    if (!match.ok || !leftKey.ok || !rightKey.ok || hasErrors(problems)) return { ok: false, problems };
    const historyOf = (durationMs: DurationMs | undefined): DurationMs | null => durationMs ?? null;
    const bound: TableJoinBound = {
      kind: join.kind,
      left: {
        key: leftKey.value,
        match: match.value.leftKey,
        historyRetentionMs: historyOf(knobs.leftHistoryRetentionMs),
      },
      right: {
        key: rightKey.value,
        match: match.value.rightKey,
        historyRetentionMs: historyOf(knobs.rightHistoryRetentionMs),
      },
      byForeignKey: isForeign(join, left),
      addedKey: join.kind === 'full' ? addedKey(leftKey.value, joinedFields(left.schema, right.schema)) : [],
    };
    return { ok: true, value: { outputs: outputsOf(bound, left, right), bound }, problems };
  },
};

/** Whether other columns of the left table than its key are matched. */
function isForeign({ leftKeys }: TableJoinConfig, { key }: StreamType): boolean {
  return !sameNames(leftKeys, key ?? []);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function keyProblems({ config: join, inputs, dialect }: Request): readonly Problem[] {
  const { title } = dialectNamed(dialect);
  const left = inputOf(inputs, 0);
  const right = inputOf(inputs, 1);
  const without = (['left', 'right'] as const).filter((_, i) => (inputs[i]?.key ?? []).length === 0);
  if (without.length > 0) {
    return without.map((side) => {
      const message = `The ${side} table has no key: nothing tells which of its rows a change replaces.`;
      return configProblem(
        'no-key',
        `config.${side}Keys`,
        message,
        'Name a key at its source, or in a map before the join.',
      );
    });
  }
  const problems: Problem[] = [];
  if (!sameNames(join.rightKeys, right.key ?? [])) {
    const key = (right.key ?? []).join(', ');
    const message = `The right table is found by its key, which is ${key}.`;
    const fix = `Name ${key}, or exchange the two tables if the right one names rows of the left.`;
    problems.push(configProblem('not-the-key', 'config.rightKeys', message, fix));
  }
  if (isForeign(join, left) && (join.kind === 'right' || join.kind === 'full')) {
    const message = `${title} joins by foreign key as inner or left join alone; the key of the left table is ${(left.key ?? []).join(', ')}.`;
    problems.push(configProblem('dialect-lacks', 'config.kind', message, 'Choose inner or left.'));
  }
  return problems;
}

/** Columns for the key of a full join, with names that no other column has. */
function addedKey({ fields }: BoundKey, others: readonly Field[]): readonly Field[] {
  const taken = new Set(others.map(({ name }) => name));
  return fields.map(({ type }, i) => {
    let name = fields.length === 1 ? 'rowkey' : `rowkey${i + 1}`;
    while (taken.has(name)) name = `join_${name}`;
    taken.add(name);
    return { name, type, nullable: false };
  });
}

function outputsOf(
  { kind, addedKey: added, left: { key: leftKey }, right: { key: rightKey } }: TableJoinBound,
  left: StreamType,
  right: StreamType,
): { readonly out: StreamType; readonly rejected: StreamType } {
  const joined = joinedFields(left.schema, right.schema);
  const delayMs = Math.max(left.delayMs ?? 0, right.delayMs ?? 0);
  const stream = { eventTime: true, delayMs };
  const names = (columns: readonly number[], from: number): readonly string[] =>
    columns.flatMap((column) => joined[from + column]?.name ?? []);
  const pads = padsSide(kind);
  const key =
    added.length > 0
      ? added.map(({ name }) => name)
      : pads.right
        ? names(rightKey.columns, left.schema.fields.length)
        : names(leftKey.columns, 0);
  const fields = [...added, ...resultFields(kind, left.schema, right.schema)];
  return {
    out: { ...stream, changes: 'upsert', key, schema: { fields } },
    rejected: {
      ...stream,
      changes: 'append',
      key: null,
      schema: { fields: joined.map((field) => ({ ...field, nullable: true })) },
    },
  };
}
