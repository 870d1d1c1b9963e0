import { describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import { cell, type Value } from '../stream/value.ts';
import type { Schema } from '../stream/types.ts';
import { BIGINT, BOOLEAN, DOUBLE, INT, STRING, TIMESTAMP, field } from '../stream/types.ts';
import { compileExpression, compilePredicate } from './compile.ts';
import { rowErrors } from './frame.ts';

const schema: Schema = {
  fields: [
    field('i', INT),
    field('b', BIGINT),
    field('d', DOUBLE),
    field('s', STRING),
    field('t', TIMESTAMP),
    field('ok', BOOLEAN),
  ],
};

function batchOf(rows: readonly (readonly Value[])[], of: Schema = schema): Batch {
  const builders = of.fields.map((column) => columnBuilder(column.type));
  for (const row of rows) builders.forEach((builder, i) => builder.append(row[i] ?? null));
  const n = rows.length;
  const columns = builders.map((builder) => builder.finish());
  return {
    length: n,
    selection: null,
    columns,
    seq: new Float64Array(n),
    phase: null,
    ts: new Float64Array(n),
    kinds: null,
    origin: null,
  };
}

const rows: Value[][] = [
  [1, 10, 1.5, 'ab', 1000, true],
  [-7, 2 ** 53, -0.5, 'xyz', 2000, false],
  [null, null, null, null, null, null],
  [0, 0, 0, '', 0, true],
];

function valuesOf(text: string, from: readonly (readonly Value[])[] = rows): { values: Value[]; failed: number[] } {
  const result = compileExpression(text, schema);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '));
  const batch = batchOf(from);
  const errors = rowErrors();
  const column = result.expression.evaluate(batch, errors);
  const all = from.map((_, row) => row);
  return {
    values: all.map((row) => (errors.has(row) ? 'FAILED' : cell(column, result.expression.type, row))),
    failed: all.filter((row) => errors.has(row)),
  };
}

describe('the column compiler', () => {
  test('a column is handed on without a copy', () => {
    const batch = batchOf(rows);
    const result = compileExpression('d', schema);
    expect(result.ok && result.expression.evaluate(batch, rowErrors())).toBe(batch.columns[2]);
  });

  test.each<[string, Value[]]>([
    ['i + 1', [2, -6, null, 1]],
    ['i * 2 + b', [12, 9007199254740978, null, 0]],
    ['b + 1', [11, 9007199254740993n, null, 1]],
    ['d / 0', [Infinity, -Infinity, null, NaN]],
    ['i / 2', [0, -3, null, 0]],
    ['i % 4', [1, -3, null, 0]],
    ['d > 0', [true, false, null, false]],
    ['ok AND d > 0', [true, false, null, false]],
    ['ok OR d > 0', [true, false, null, true]],
    ['NOT ok', [false, true, null, false]],
    ["s = 'ab'", [true, false, null, false]],
    ['s IS NULL', [false, false, true, false]],
    ["s || '!'", ['ab!', 'xyz!', null, '!']],
    ['CASE WHEN i > 0 THEN 1 ELSE 0 END', [1, 0, 0, 0]],
    ['COALESCE(i, -1)', [1, -7, -1, 0]],
    ['1 / i', [1, 0, null, 'FAILED']],
    ['CASE WHEN i = 0 THEN 0 ELSE 1 / i END', [1, 0, null, 0]],
    ['i = 0 OR 1 / i > 0', [true, false, null, true]],
    ['t + i * 60000', [61000, -418000, null, 0]],
    ["t + INTERVAL '1' SECOND", [2000, 3000, null, 1000]],
    ['i IN (1, 0)', [true, false, null, true]],
    ['i IN (1, NULL)', [true, null, null, null]],
    ['i BETWEEN 0 AND 1', [true, false, null, true]],
    ['NULLIF(i, 0)', [1, -7, null, null]],
    ['2147483647 + i', [-2147483648, 2147483640, null, 2147483647]],
    ['9223372036854775807 + b', [-9223372036854775799n, -9214364837600034817n, null, 9223372036854775807n]],
    ['i + 0.5', ['1.5', '-6.5', null, '0.5']],
    ['CAST(s AS STRING)', ['ab', 'xyz', null, '']],
  ])('%s', (text, expected) => {
    expect(valuesOf(text).values).toEqual(expected);
  });

  test('select gives the rows that are TRUE, within the selection', () => {
    const result = compilePredicate('d >= 0 AND i <> 7', schema);
    const batch = { ...batchOf(rows), selection: Int32Array.from([1, 2, 3]) };
    expect(result.ok && [...result.predicate.select(batch, rowErrors())]).toEqual([3]);
  });

  test('all problems are told, each with its place', () => {
    const result = compileExpression('valeu > 1 AND s > 2 AND i +', {
      fields: [field('value', DOUBLE), field('s', STRING), field('i', INT)],
    });
    expect(result.ok ? [] : result.problems.map(({ message, span }) => [message, span.from])).toEqual([
      ['No column valeu. Did you mean value?', 0],
      ['STRING > INT: these cannot be compared.', 14],
      ['Expected a value, found the end of the text.', 27],
    ]);
  });
});
