import { z } from 'zod';
import { configProblem } from '../../../stream/node-definition.ts';
import type { Problem, Result } from '../../../stream/problem.ts';
import { resultOf } from '../../../stream/problem.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { fieldIndex, typeName } from '../../../stream/types.ts';

export const orderByConfig = z.strictObject({
  column: z.string().max(200).meta({ title: 'Column', description: 'What rows are ordered by.', control: 'column' }),
  descending: z
    .boolean()
    .default(false)
    .meta({
      title: 'Descending',
      description: 'Largest first. NULL counts as smaller than everything: first when ascending, last when descending.',
      engineNames: { 'flink-sql': 'DESC' },
    }),
});

export type OrderByConfig = z.infer<typeof orderByConfig>;

/** One column of an order, found in a schema. */
export interface BoundOrder {
  readonly column: number;
  readonly type: DataType;
  readonly descending: boolean;
}

/** Finds the columns of an order by name. Collections have no order and are refused. */
export function bindOrderBy(
  order: readonly OrderByConfig[],
  schema: Schema,
  path: string,
): Result<readonly BoundOrder[]> {
  const problems: Problem[] = [];
  const bound: BoundOrder[] = [];
  order.forEach(({ column: name, descending }, i) => {
    const at = `${path}.${i}.column`;
    const column = fieldIndex(schema, name);
    const found = schema.fields[column];
    if (found === undefined) {
      const known = schema.fields.map((field) => field.name).join(', ');
      problems.push(configProblem('unknown-column', at, `There is no column ${name}.`, `Choose one of: ${known}.`));
    } else if (['ARRAY', 'MAP', 'ROW'].includes(found.type.kind)) {
      const message = `${name} is ${typeName(found.type)}, which has no order.`;
      problems.push(configProblem('wrong-type', at, message, 'Take one value out of it in a map before.'));
    } else bound.push({ column, type: found.type, descending });
  });
  return resultOf(bound, problems);
}

/** `price ↓, ts`, as shown on a node. */
export function orderText(order: readonly OrderByConfig[]): string {
  return order.map(({ column, descending }) => (descending ? `${column} ↓` : column)).join(', ');
}
