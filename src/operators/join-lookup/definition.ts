import { z } from 'zod';
import type { StreamType } from '../../stream/batch.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Value } from '../../stream/value.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundMatch } from '../shared/joins/bind-join.ts';
import { bindMatch, resultFields } from '../shared/joins/bind-join.ts';
import { matchConfig } from '../shared/joins/join-config.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import type { OperatorDefinition } from '../operator.ts';
import { lookupJoinFace } from './face.ts';
import type { LookupTable } from './lookup-table.ts';
import { lookupTableConfig, readLookupTable } from './lookup-table.ts';

const { leftKeys, rightKeys, residual } = matchConfig;

const config = z.strictObject({
  kind: z
    .enum(['inner', 'left'])
    .default('left')
    .meta({
      title: 'Join',
      description: 'Whether a row that the table has nothing for is left out, or comes with NULL.',
      engineNames: { 'flink-sql': 'JOIN, LEFT JOIN', 'kafka-streams': 'join, leftJoin', ksqldb: 'JOIN, LEFT JOIN' },
    }),
  table: lookupTableConfig.meta({
    title: 'Table',
    description: 'What is looked up: columns with their types, and the rows. It never changes.',
    control: 'table',
    engineNames: {
      'flink-sql': 'FOR SYSTEM_TIME AS OF proctime',
      'flink-datastream': 'AsyncDataStream',
      'kafka-streams': 'GlobalKTable',
      beam: 'side input',
    },
  }),
  leftKeys: leftKeys.meta({
    title: 'Key',
    description: 'Columns of the input that are looked up.',
    control: 'columns',
  }),
  rightKeys: rightKeys.meta({
    title: 'Table columns',
    description: 'The columns of the table that must equal them, in the same order.',
    control: 'table-columns',
  }),
  residual,
});

export type LookupJoinConfig = z.infer<typeof config>;

export interface LookupJoinBound {
  readonly kind: 'inner' | 'left';
  /** The right side is the table. */
  readonly match: BoundMatch;
  readonly table: LookupTable;
  /** Key of an input whose rows replace each other, which is spelled out first; null for others. */
  readonly tableKey: BoundKey | null;
}

/**
 * Joins each row on arrival with the rows of a fixed table that have its key, in the table's order. A row that finds none, or
 * only such for which the condition does not hold, comes with NULL or is `unmatched`; a row for which the condition fails is
 * rejected. NULL in the key finds nothing; Kafka drops such a row of an inner join and counts it, ksqlDB that of a left join
 * too. A result has the time and the kind of its row, so that what a changelog takes back takes back its results. A keyed
 * input without −U is spelled out first; its deletions of unknown keys are rejected.
 *
 * Every row is used, unmatched or rejected at once; those of a keyed input are `filtered` never and `held` never: each has the
 * fate of what it brought.
 */
export const lookupJoinDefinition: OperatorDefinition<'join.lookup', LookupJoinConfig, LookupJoinBound> = {
  ...lookupJoinFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: ({ kind, leftKeys: keys, table }) =>
    [`${kind} · ${table.rows.length} rows`, ...(keys.length > 0 ? [`by ${keys.join(', ')}`] : [])].join(' · '),
  suggest: (inputs) => {
    const key = inputs[0]?.schema.fields.find(({ type }) => type.kind === 'STRING')?.name;
    if (key === undefined) return config.parse({});
    const table = { columns: [{ name: key }, { name: 'label' }], rows: [] };
    return config.parse({ leftKeys: [key], rightKeys: [key], table });
  },
  bind: ({ config: join, inputs, dialect: name }) => {
    const dialect = dialectNamed(name);
    const input = inputOf(inputs, 0);
    const table = readLookupTable(join.table);
    if (!table.ok) return table;
    const right = { fields: table.value.fields };
    const match = bindMatch(join, input.schema, right);
    const tableKey = bindTableKey(input);
    const problems: Problem[] = [...match.problems, ...tableKey.problems, ...inputProblems(dialect, input)];
    if (join.leftKeys.length === 0 && join.residual.trim() === '') {
      const message = 'Nothing says which rows of the table belong to a row.';
      problems.push(configProblem('key-missing', 'config.leftKeys', message, 'Choose the columns to look up.'));
    }
    if (match.ok) problems.push(...doubleProblems(dialect, match.value, table.value));
    if (!match.ok || !tableKey.ok || problems.some(({ severity }) => severity === 'error'))
      return { ok: false, problems };
    const changes = input.changes === 'upsert' ? 'retract' : input.changes;
    const fields = resultFields(join.kind, input.schema, right);
    const isOneToOne = hasOneRowAKey(match.value, table.value);
    const out: StreamType = {
      ...input,
      schema: { fields },
      changes,
      key: changes === 'append' || isOneToOne ? input.key : null,
    };
    const bound = { kind: join.kind, match: match.value, table: table.value, tableKey: tableKey.value };
    return { ok: true, value: { outputs: { out, rejected: input }, bound }, problems };
  },
};

function inputProblems({ title, joins }: Dialect, input: StreamType): readonly Problem[] {
  if (joins.lookup.leftChanges.includes(input.changes)) return [];
  const message = `${title} looks up rows of streams, and a table arrives.`;
  return [configProblem('dialect-lacks', 'inputs', message, 'Look up before the rows become a table.')];
}

function doubleProblems({ title, joins }: Dialect, { rightKey }: BoundMatch, table: LookupTable): readonly Problem[] {
  if (joins.lookup.mayHaveMany) return [];
  const seen = new Map<string, number>();
  for (const [i, row] of table.rows.entries()) {
    const id = rightKey.columns.map((column) => printed(row[column] ?? null)).join(' ');
    const first = seen.get(id);
    if (first !== undefined) {
      const message = `Rows ${first + 1} and ${i + 1} of the table have the same key; in ${title} a table has one row a key.`;
      return [configProblem('duplicate-key', `config.table.rows.${i}`, message, 'Remove one of them.')];
    }
    seen.set(id, i);
  }
  return [];
}

function hasOneRowAKey({ rightKey }: BoundMatch, { rows }: LookupTable): boolean {
  const ids = rows.map((row) => rightKey.columns.map((column) => printed(row[column] ?? null)).join(' '));
  return new Set(ids).size === ids.length;
}

function printed(value: Value): string {
  return JSON.stringify(typeof value === 'bigint' ? String(value) : value);
}
