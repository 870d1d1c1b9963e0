import { z } from 'zod';
import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { BindRequest, Binding, DialectName } from '../../stream/node-definition.ts';
import { configProblem } from '../../stream/node-definition.ts';
import type { Problem, Result } from '../../stream/problem.ts';
import { resultOf } from '../../stream/problem.ts';
import type { DataType, Field, Schema } from '../../stream/types.ts';
import { INT, typeName } from '../../stream/types.ts';
import { dialectNamed } from '../dialects/dialects.ts';
import type { OperatorDefinition } from '../operator.ts';
import { duplicateColumns } from '../shared/duplicate-columns.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { inputOf } from '../shared/inputs.ts';
import type { BoundKey } from '../shared/key-columns.ts';
import { bindTableKey } from '../shared/key-columns.ts';
import { flatMapFace } from './face.ts';

const config = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200).meta({ title: 'Name', description: 'Name of the output column.' }),
        expression: z.string().max(4096).meta({
          title: 'Array',
          description: 'SQL over the columns of the input row that gives an array.',
          control: 'expression',
        }),
      }),
    )
    .min(1)
    .max(100)
    .meta({
      title: 'Arrays',
      description:
        'A row for each element. Several arrays go side by side, first with first; where one is shorter than the longest it gives NULL.',
      control: 'projections',
      engineNames: { 'flink-sql': 'CROSS JOIN UNNEST', ksqldb: 'EXPLODE', 'kafka-streams': 'flatMapValues' },
    }),
  keep: z.enum(['listed', 'all']).default('all').meta({
    title: 'Keep',
    description:
      'listed: only the columns above go on. all: the input columns go on too; one above replaces the one of its name.',
  }),
  ordinality: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'Place column',
      description: 'Name of an added column with the place of the element, 1 first; none when empty.',
      engineNames: { 'flink-sql': 'WITH ORDINALITY' },
    }),
  keepEmpty: z
    .boolean()
    .default(false)
    .meta({
      title: 'Rows without elements',
      description: 'Whether a row whose arrays are all empty or NULL goes on once, with NULL in their columns.',
      engineNames: { 'flink-sql': 'LEFT JOIN UNNEST … ON TRUE' },
    }),
});

export type FlatMapConfig = z.infer<typeof config>;

export interface FlatMapBound {
  /** Input columns that go on, by place; they stand first in the output. */
  readonly kept: readonly number[];
  readonly arrays: readonly CompiledExpression[];
  /** Whether the place of the element follows as the last column, from 1; NULL for a row without elements. */
  readonly hasOrdinality: boolean;
  readonly keepEmpty: boolean;
  /** The key of an input whose rows replace each other; null for one that spells out what goes. */
  readonly tableKey: BoundKey | null;
}

/**
 * Gives a row for each element of an array, or of several side by side. Rows keep position, time and kind, the elements
 * their order; the watermark passes unchanged. A row without any element gives none and counts as `filtered`, unless
 * `keepEmpty`. A row for which an array cannot be computed is rejected.
 *
 * A changelog takes back what it gave out for a row, element by element: the several −U of a row come before the +U of the
 * next (Flink: `CorrelateCodeGenerator` keeps the row's kind). A keyed changelog has several rows of one key behind it, so
 * Flink spells out what each row replaces (`ChangelogNormalize`), with the time that it had; Kafka has no flat map of
 * tables.
 */
export const flatMapDefinition: OperatorDefinition<'flat-map', FlatMapConfig, FlatMapBound> = {
  ...flatMapFace,
  config,
  engine: z.strictObject({}),
  orderSensitive: false,
  describe: ({ columns }) => columns.map(({ name }) => name).join(', '),
  suggest: (inputs) => {
    const array = inputs[0]?.schema.fields.find(({ type }) => type.kind === 'ARRAY')?.name;
    return config.parse({ columns: [{ name: array ?? 'element', expression: array ?? "SPLIT('a,b', ',')" }] });
  },
  bind: bindFlatMap,
};

function bindFlatMap({ config: flatMap, inputs, dialect }: BindRequest<FlatMapConfig>): Result<Binding<FlatMapBound>> {
  const input = inputOf(inputs, 0);
  const problems: Problem[] = [...tableProblems(input, dialect)];
  const arrays: CompiledExpression[] = [];
  const elements: Field[] = [];
  flatMap.columns.forEach(({ name, expression }, i) => {
    const compiled = compileExpression(expression, input.schema, dialectNamed(dialect).expressions);
    const path = `config.columns.${i}.expression`;
    if (!compiled.ok) problems.push(...expressionProblems(compiled.problems, path));
    else if (compiled.expression.type.kind !== 'ARRAY') problems.push(noArray(compiled.expression.type, path));
    else {
      arrays.push(compiled.expression);
      elements.push({ name, type: compiled.expression.type.element, nullable: true });
    }
  });
  const tableKey = bindTableKey(input);
  const hasOrdinality = flatMap.ordinality !== '';
  const place: readonly Field[] = hasOrdinality
    ? [{ name: flatMap.ordinality, type: INT, nullable: flatMap.keepEmpty }]
    : [];
  const added = [...elements, ...place];
  const kept = flatMap.keep === 'all' ? keptBeside(added, input.schema) : [];
  const fields = [...kept.flatMap((index) => input.schema.fields[index] ?? []), ...added];
  problems.push(
    ...tableKey.problems,
    ...duplicateColumns(fields, { path: 'config.columns', fix: 'Rename one of them.' }),
  );
  if (!tableKey.ok || problems.length > 0) return { ok: false, problems };
  const bound = { kept, arrays, hasOrdinality, keepEmpty: flatMap.keepEmpty, tableKey: tableKey.value };
  return resultOf({ outputs: { out: explodedStream(input, { fields }, kept) }, bound }, problems);
}

function keptBeside(added: readonly Field[], { fields }: Schema): readonly number[] {
  return fields.flatMap(({ name }, index) => (added.some((field) => field.name === name) ? [] : [index]));
}

/** Rows of an append stream share their record's key; a changelog has none when several rows stand for one. */
function explodedStream(input: StreamType, schema: Schema, kept: readonly number[]): StreamType {
  if (input.changes !== 'append') return { ...input, schema, changes: 'retract', key: null };
  const names = kept.map((index) => input.schema.fields[index]?.name);
  const keepsKey = input.key?.every((name) => names.includes(name)) === true;
  return { ...input, schema, key: keepsKey ? input.key : null };
}

function tableProblems({ changes }: StreamType, name: DialectName): readonly Problem[] {
  const { tables, title } = dialectNamed(name);
  if (changes === 'append' || tables.changes === 'retract') return [];
  const message = `${title} has flat maps of streams alone; this is a table.`;
  return [configProblem('table-without-key', 'inputs', message, 'Put it before what makes the stream a table.')];
}

function noArray(type: DataType, path: string): Problem {
  const message = `This is ${typeName(type)} and has no elements.`;
  const fix =
    type.kind === 'MAP'
      ? 'List MAP_KEYS(…) and MAP_VALUES(…) side by side.'
      : 'Enter an array, such as SPLIT(text, separator) gives.';
  return configProblem('wrong-type', path, message, fix);
}
