import { z } from 'zod';
import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import type { ExpressionRules } from '../../expression/rules.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest, Binding, DialectName } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { fieldIndex } from '../../stream/types.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindKey, bindTableKey } from '../shared/key-columns.ts';
import { mapFace } from './face.ts';

const config = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the output column.' }),
        expression: z.string().max(4096).meta({
          title: 'Expression',
          description: 'SQL over the columns of the input row.',
          control: 'expression',
        }),
      }),
    )
    .min(1)
    .max(1000)
    .meta({
      title: 'Columns',
      description: 'Each output column: a name and the SQL expression that computes it from the input row.',
      control: 'projections',
    }),
  keep: z.enum(['listed', 'all']).default('listed').meta({
    title: 'Keep',
    description:
      'listed: only the columns above go on. all: the input columns go on too; one above replaces the one of its name.',
  }),
  key: z
    .array(z.string().max(200))
    .max(100)
    .optional()
    .meta({
      title: 'New key',
      description:
        'Columns of the output that each row is keyed by from here on: it changes no column. Empty: no key. Left away, rows keep the key that they have.',
      control: 'columns',
      engineNames: {
        'flink-datastream': 'keyBy',
        'kafka-streams': 'selectKey',
        ksqldb: 'PARTITION BY',
        beam: 'WithKeys',
      },
    }),
});

export type MapConfig = z.infer<typeof config>;

export interface MapBound {
  /** In the output's order: an input column's index, or the expression that computes the column. */
  readonly columns: readonly (number | CompiledExpression)[];
  /** How rows of a keyed changelog are treated; null for streams that spell out what goes. */
  readonly table: MapTable | null;
  /** Output columns in which NULL rejects a row: those of a new key that must have a value. */
  readonly keyColumns: readonly number[];
}

/** `key`: that of the input. `loses-key`: it is not in the output, so that replaced rows have to be spelled out. */
export interface MapTable {
  readonly key: BoundKey;
  readonly becomes: 'keyed' | 'loses-key';
}

/**
 * Computes columns, and may give rows a new key. Rows keep position, time and kind; the watermark passes unchanged.
 *
 * A keyed changelog stays one while its key columns go on, also under other names. In Flink one that loses them goes on with
 * the rows spelled out that are replaced (`ChangelogNormalize`); in Kafka a table has its key or is none.
 */
export const mapDefinition: OperatorDefinition<'map', MapConfig, MapBound> = {
  ...mapFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: (map) => map.columns.map((column) => column.name).join(', '),
  suggest: (inputs) => {
    const first = inputs[0]?.schema.fields[0]?.name ?? 'value';
    return { columns: [{ name: first, expression: first }], keep: 'all' };
  },
  bind: bindMap,
};

function bindMap({ config: map, inputs, dialect }: BindRequest<MapConfig>): Result<Binding<MapBound>> {
  const input = inputOf(inputs, 0);
  const columns = bindColumns(map, input.schema, dialectNamed(dialect).expressions);
  if (!columns.ok) return columns;
  const schema = { fields: columns.value.map(({ field }) => field) };
  const stream = bindStream({ map, dialect, input, schema, columns: columns.value });
  if (!stream.ok) return stream;
  const bound = { columns: columns.value.map(({ from }) => from), ...stream.value.bound };
  return { ok: true, value: { outputs: { out: stream.value.out }, bound }, problems: [] };
}

interface MapColumn {
  readonly field: Field;
  /** An input column's index, or what computes the column. */
  readonly from: number | CompiledExpression;
}

function bindColumns(map: MapConfig, input: Schema, rules: ExpressionRules): Result<readonly MapColumn[]> {
  const problems: Problem[] = [];
  const computed = new Map<string, MapColumn>();
  map.columns.forEach((column, i) => {
    const path = `config.columns.${i}`;
    if (computed.has(column.name)) problems.push(duplicateColumn(column.name, `${path}.name`));
    const compiled = compileExpression(column.expression, input, rules);
    if (!compiled.ok) problems.push(...expressionProblems(compiled.problems, `${path}.expression`));
    else {
      const { type, nullable } = compiled.expression;
      computed.set(column.name, { field: { name: column.name, type, nullable }, from: compiled.expression });
    }
  });
  const kept = map.keep === 'all' ? input.fields : [];
  const passed = kept.flatMap((field, from) => (computed.has(field.name) ? [] : [{ field, from }]));
  return resultOf([...passed, ...computed.values()], problems);
}

interface Mapped {
  readonly map: MapConfig;
  readonly dialect: DialectName;
  readonly input: StreamType;
  readonly schema: Schema;
  readonly columns: readonly MapColumn[];
}

interface MappedStream {
  readonly out: StreamType;
  readonly bound: Pick<MapBound, 'table' | 'keyColumns'>;
}

function bindStream(mapped: Mapped): Result<MappedStream> {
  const { map, input, schema } = mapped;
  const former = keyBehind(mapped);
  const out = { ...input, schema, key: former, ...windowsBehind(mapped) };
  if (input.changes !== 'append') return map.key === undefined ? bindChangelog(mapped, out) : rekeyedTable(mapped, out);
  if (map.key === undefined) return { ok: true, value: { out, bound: { table: null, keyColumns: [] } }, problems: [] };
  const key = bindKey(map.key, schema, 'config.key');
  if (!key.ok) return key;
  const { nullKeys } = dialectNamed(mapped.dialect).rekey;
  const keyColumns = nullKeys === 'reject' ? key.value.columns : [];
  return {
    ok: true,
    value: { out: { ...out, key: map.key.length === 0 ? null : map.key }, bound: { table: null, keyColumns } },
    problems: [],
  };
}

/** What the columns of the input's key are called in the output; null where one of them is gone. */
function keyBehind(mapped: Mapped): readonly string[] | null {
  const names = (mapped.input.key ?? []).map((name) => nameBehind(mapped, name));
  return mapped.input.key !== null && names.every((name) => name !== undefined) ? names : null;
}

/** The columns of a row's window under the names that they go on by. */
function windowsBehind(mapped: Mapped): Pick<StreamType, 'windowed'> {
  const { windowed } = mapped.input;
  if (windowed === undefined) return {};
  const nameOf = (name: string): string => nameBehind(mapped, name) ?? name;
  const { startColumn, endColumn } = windowed;
  return { windowed: { ...windowed, startColumn: nameOf(startColumn), endColumn: nameOf(endColumn) } };
}

/** What a column of the input is called in the output, by its own name where it has that; undefined where it is gone. */
function nameBehind({ input, columns }: Mapped, name: string): string | undefined {
  const index = fieldIndex(input.schema, name);
  const same = columns.filter(({ from }) => columnRead(from, input.schema) === index);
  return (same.find(({ field }) => field.name === name) ?? same[0])?.field.name;
}

/** The input column that is handed on as it is; −1 for one that is computed. */
function columnRead(from: MapColumn['from'], input: Schema): number {
  if (typeof from === 'number') return from;
  if (from.ast.kind !== 'column') return -1;
  // Names may have dots; what goes beyond the column's name is a field in it.
  const name = from.ast.path.map(({ text }) => text).join('.');
  return name === from.columns[0] ? fieldIndex(input, name) : -1;
}

function bindChangelog({ input, dialect }: Mapped, out: StreamType): Result<MappedStream> {
  const inputKey = bindTableKey(input);
  if (!inputKey.ok) return inputKey;
  if (inputKey.value === null)
    return { ok: true, value: { out, bound: { table: null, keyColumns: [] } }, problems: [] };
  const key = inputKey.value;
  if (out.key !== null) {
    return { ok: true, value: { out, bound: { table: { key, becomes: 'keyed' }, keyColumns: [] } }, problems: [] };
  }
  const { tables, title } = dialectNamed(dialect);
  if (tables.changes === 'upsert') {
    const names = (input.key ?? []).join(', ');
    const message = `The key of the table (${names}) does not go on: without it nothing tells which row a change replaces.`;
    const fix = `Keep its columns, also under other names; to key a ${title} table anew, group it by an aggregate.`;
    return { ok: false, problems: [configProblem('table-without-key', 'config.columns', message, fix)] };
  }
  const bound = { table: { key, becomes: 'loses-key' as const }, keyColumns: [] };
  return { ok: true, value: { out: { ...out, changes: 'retract' }, bound }, problems: [] };
}

/** A changelog has its key by what its rows are; naming that very key again changes nothing. */
function rekeyedTable(mapped: Mapped, out: StreamType): Result<MappedStream> {
  const { map } = mapped;
  if (out.key !== null && map.key?.length === out.key.length && out.key.every((name) => map.key?.includes(name))) {
    return bindChangelog(mapped, out);
  }
  const has = out.key === null ? 'no key' : `the key ${out.key.join(', ')}`;
  const message = `Changes arrive that replace or take back rows, with ${has}: another key would part a change from its row.`;
  const fix = 'Leave the key away, or group the rows by the new key in an aggregate.';
  return { ok: false, problems: [configProblem('table-key-fixed', 'config.key', message, fix)] };
}

function duplicateColumn(name: string, path: string): Problem {
  return configProblem(
    'duplicate-column',
    path,
    `The column ${name} is listed twice.`,
    'Rename or remove one of them.',
  );
}
