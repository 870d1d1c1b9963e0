import { assert } from '../stream/assert.ts';
import type { Batch } from '../stream/batch.ts';
import { rowAt, rowCount } from '../stream/batch.ts';
import { isNull } from '../stream/column.ts';
import { configProblem } from '../stream/node-definition.ts';
import type { Result } from '../stream/problem.ts';
import type { DurationMs } from '../stream/time.ts';
import { TIME_LIMIT_MS } from '../stream/time.ts';
import type { Schema } from '../stream/types.ts';
import { typeName } from '../stream/types.ts';
import type { WatermarkConfig } from '../stream/watermark-config.ts';
import type { CompiledExpression } from './compile.ts';
import { compileExpression } from './compile.ts';
import { rowErrors } from './frame.ts';

const PATH = 'config.watermark.punctuation';

/** Compiles what makes a row state a watermark; null for strategies that do not look at rows. */
export function bindPunctuation(
  { strategy, punctuation }: WatermarkConfig,
  schema: Schema,
): Result<CompiledExpression | null> {
  if (strategy !== 'punctuated') return { ok: true, value: null, problems: [] };
  if (punctuation === undefined) {
    const message = 'A punctuated watermark needs an expression that says which rows state it.';
    const fix = 'Enter a condition, or choose another strategy.';
    return { ok: false, problems: [configProblem('missing-field', PATH, message, fix)] };
  }
  const compiled = compileExpression(punctuation, schema);
  if (!compiled.ok) {
    const problems = compiled.problems.map(({ code, message, fix, span }) => ({
      ...configProblem(code, PATH, message, fix),
      span,
    }));
    return { ok: false, problems };
  }
  const { type } = compiled.expression;
  if (type.kind === 'BOOLEAN' || type.kind === 'TIMESTAMP') {
    return { ok: true, value: compiled.expression, problems: [] };
  }
  const message = `The punctuation is ${typeName(type)}, neither a BOOLEAN nor a TIMESTAMP.`;
  return {
    ok: false,
    problems: [configProblem('wrong-type', PATH, message, 'Write a condition such as is_marker = TRUE.')],
  };
}

/**
 * The watermark that each row states, by physical row; NaN where it states none: the condition does not hold, is NULL or
 * fails, or the time is none that can be held.
 */
export function statedWatermarks(expression: CompiledExpression, batch: Batch, delayMs: DurationMs): Float64Array {
  const errors = rowErrors();
  const column = expression.evaluate(batch, errors);
  assert(column.kind === 'bool' || column.kind === 'float', 'a condition or a time');
  const stated = new Float64Array(batch.length).fill(Number.NaN);
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (isNull(column.nulls, row) || errors.has(row)) continue;
    const value = column.values[row] ?? Number.NaN;
    const time = column.kind === 'float' ? value : value === 1 ? (batch.ts[row] ?? Number.NaN) - delayMs : Number.NaN;
    if (Math.abs(time) < TIME_LIMIT_MS) stated[row] = time;
  }
  return stated;
}
