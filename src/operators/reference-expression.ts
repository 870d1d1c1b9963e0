import type { CompiledExpression } from '../expression/compile.ts';
import { rowErrors } from '../expression/frame.ts';
import type { Schema } from '../stream/types.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import type { Value } from '../stream/value.ts';
import { cell } from '../stream/value.ts';

export type Outcome = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** One expression for one row. */
export function evaluateExpression(expression: CompiledExpression, schema: Schema, values: readonly Value[]): Outcome {
  const columns = schema.fields.map((field, i) => {
    const builder = columnBuilder(field.type);
    const value = values[i] ?? null;
    builder.append(field.type.kind === 'DECIMAL' && typeof value === 'string' ? BigInt(value.replace('.', '')) : value);
    return builder.finish();
  });
  const errors = rowErrors();
  const one = new Float64Array(1);
  const column = expression.evaluate(
    { length: 1, selection: null, columns, seq: one, phase: null, ts: one, kinds: null, origin: null },
    errors,
  );
  return errors.count > 0 ? { ok: false } : { ok: true, value: cell(column, expression.type, 0) };
}
