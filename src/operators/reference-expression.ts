import { checkExpression } from '../expression/check.ts';
import type { CompiledExpression } from '../expression/compile.ts';
import { RowFailure } from '../expression/functions/definition.ts';
import { evaluateRow } from '../expression/reference.ts';
import type { DataType, Schema } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { formatDecimal } from '../stream/value.ts';

export type Outcome = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** One expression for one row, by the expression language's own reference. DECIMAL values are digits, here and there. */
export function evaluateExpression(expression: CompiledExpression, schema: Schema, values: readonly Value[]): Outcome {
  const row = schema.fields.map((field, i) => unscaled(values[i] ?? null, field.type));
  const value = evaluateRow(checkExpression(expression.ast, schema, expression.rules).typed, row);
  if (value instanceof RowFailure)
    return expression.rules.failing === 'null' ? { ok: true, value: null } : { ok: false };
  return { ok: true, value: digits(value, expression.type) };
}

function unscaled(value: Value, type: DataType): Value {
  return type.kind === 'DECIMAL' && typeof value === 'string' ? BigInt(value.replace('.', '')) : value;
}

function digits(value: Value, type: DataType): Value {
  if (type.kind === 'DECIMAL' && typeof value === 'bigint') return formatDecimal(value, type.scale);
  if (type.kind === 'BIGINT' && typeof value === 'bigint')
    return value > 2n ** 53n || value < -(2n ** 53n) ? value : Number(value);
  return value;
}
