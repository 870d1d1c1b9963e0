import { z } from 'zod';
import type { CompiledExpression } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import type { StreamType } from '../../stream/batch.ts';
import { DIALECTS, configProblem } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Field, Schema } from '../../stream/types.ts';
import { fieldIndex } from '../../stream/types.ts';
import type { OperatorDefinition } from '../operator.ts';
import { expressionProblems } from '../shared/expression-problems.ts';
import { ANY_CHANGES, inputOf } from '../shared/inputs.ts';

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
});

export type MapConfig = z.infer<typeof config>;

export interface MapBound {
  /** In the output's order: an input column's index, or the expression that computes the column. */
  readonly columns: readonly (number | CompiledExpression)[];
}

/** Computes columns. Rows keep position, time and kind; the watermark passes unchanged. */
export const mapDefinition: OperatorDefinition<'map', MapConfig, MapBound> = {
  kind: 'map',
  version: 1,
  title: 'Map',
  group: 'transforms',
  stateful: false,
  summary: 'Computes columns with SQL expressions.',
  config,
  engine: z.strictObject({}),
  inputs: [{ name: 'in', title: 'in', many: false, accepts: ANY_CHANGES, needsEventTime: false }],
  outputs: [{ name: 'out', title: 'out' }],
  dialects: DIALECTS,
  orderSensitive: false,
  describe: (map) => map.columns.map((column) => column.name).join(', '),
  suggest: (inputs) => {
    const first = inputs[0]?.schema.fields[0]?.name ?? 'value';
    return { columns: [{ name: first, expression: first }], keep: 'all' };
  },
  bind: ({ config: map, inputs }) => {
    const input = inputOf(inputs, 0);
    const problems: Problem[] = [];
    const computed = new Map<string, { readonly field: Field; readonly expression: CompiledExpression }>();
    map.columns.forEach((column, i) => {
      const path = `config.columns.${i}`;
      if (computed.has(column.name)) problems.push(duplicateColumn(column.name, `${path}.name`));
      const compiled = compileExpression(column.expression, input.schema);
      if (!compiled.ok) problems.push(...expressionProblems(compiled.problems, `${path}.expression`));
      else {
        const { type, nullable } = compiled.expression;
        computed.set(column.name, { field: { name: column.name, type, nullable }, expression: compiled.expression });
      }
    });
    if (problems.length > 0) return { ok: false, problems };
    const fields: Field[] = [];
    const columns: (number | CompiledExpression)[] = [];
    if (map.keep === 'all') {
      input.schema.fields.forEach((field, i) => {
        if (computed.has(field.name)) return;
        fields.push(field);
        columns.push(i);
      });
    }
    for (const { field, expression } of computed.values()) {
      fields.push(field);
      columns.push(expression);
    }
    return { ok: true, value: { outputs: { out: streamOf(input, { fields }) }, bound: { columns } }, problems: [] };
  },
};

/** The key of a changelog survives when all of its columns do. */
function streamOf(input: StreamType, schema: Schema): StreamType {
  const key = input.key !== null && input.key.every((name) => fieldIndex(schema, name) >= 0) ? input.key : null;
  return { ...input, schema, key };
}

function duplicateColumn(name: string, path: string): Problem {
  return configProblem(
    'duplicate-column',
    path,
    `The column ${name} is listed twice.`,
    'Rename or remove one of them.',
  );
}
