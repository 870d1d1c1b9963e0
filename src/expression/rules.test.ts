import { describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import { rowToJson } from '../stream/value.ts';
import { INT, STRING, field } from '../stream/types.ts';
import { compileExpression, compilePredicate } from './compile.ts';
import { rowErrors } from './frame.ts';
import { parseExpression } from './parser.ts';
import { printExpression } from './print.ts';
import { SQL_RULES } from './rules.ts';

const schema = { fields: [field('a', INT), field('b', INT), field('t', STRING)] };
const decided = { ...SQL_RULES, comparedWithNull: 'false' } as const;
const lenient = { ...SQL_RULES, failing: 'null' } as const;
const skipping = { ...SQL_RULES, extremesSkipNulls: true };

function row(a: number | null, b: number | null): Batch {
  const values = [a, b, 'x'];
  const columns = schema.fields.map(({ type }, i) => {
    const builder = columnBuilder(type);
    builder.append(values[i] ?? null);
    return builder.finish();
  });
  const zero = Float64Array.from([0]);
  return { length: 1, selection: null, columns, seq: zero, phase: null, ts: zero, kinds: null, origin: null };
}

/** The value of an expression for one row, or what it fails with. */
function valueOf(text: string, batch: Batch, rules = SQL_RULES): unknown {
  const compiled = compileExpression(text, schema, rules);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join(' '));
  const errors = rowErrors();
  const { type, nullable } = compiled.expression;
  const column = compiled.expression.evaluate(batch, errors);
  return errors.has(0) ? errors.message(0) : rowToJson([column], { fields: [{ name: 'v', type, nullable }] }, 0)['v'];
}

describe('a comparison with NULL', () => {
  test.each(['a = b', 'a <> b', 'a < b', 'a IN (1, 2)', 'a BETWEEN 1 AND b', 'a = 1', "NULLIF(t, 'x') = 'x'"])(
    '%s is NULL in SQL, and FALSE where there is no third answer',
    (text) => {
      expect(valueOf(text, row(null, 2))).toBeNull();
      expect(valueOf(text, row(null, 2), decided)).toBe(false);
    },
  );

  test('is the opposite behind NOT, and rows pass that a third answer would keep back', () => {
    expect(valueOf('NOT a = b', row(null, 2))).toBeNull();
    expect(valueOf('NOT a = b', row(null, 2), decided)).toBe(true);
    const select = (rules: typeof SQL_RULES): number => {
      const compiled = compilePredicate('NOT (a > b)', schema, rules);
      return compiled.ok ? compiled.predicate.select(row(1, null), rowErrors()).length : -1;
    };
    expect([select(SQL_RULES), select(decided)]).toEqual([0, 1]);
  });
});

describe('what fails for a row', () => {
  test('rejects it, or is NULL, and then the result may be NULL', () => {
    expect(valueOf('a / b', row(1, 0))).toContain('zero');
    expect(valueOf('a / b', row(1, 0), lenient)).toBeNull();
    const literal = compileExpression('1 / (1 - 1)', schema, lenient);
    expect(literal.ok && literal.expression.nullable).toBe(true);
  });
});

describe('the extreme of several values', () => {
  test('is NULL if any is, or that of those that are known', () => {
    expect(valueOf('GREATEST(a, b, 1)', row(null, 7))).toBeNull();
    expect(valueOf('GREATEST(a, b, 1)', row(null, 7), skipping)).toBe(7);
    expect(valueOf('LEAST(a, b, 1)', row(null, 7), skipping)).toBe(1);
    expect(valueOf('LEAST(a, b)', row(null, null), skipping)).toBeNull();
  });
});

test('a row is what its fields are, read and printed as it was written', () => {
  const text = 'ROW(a AS "first one", b, t AS name)';
  const { ast } = parseExpression(text);
  expect(ast === null ? '' : printExpression(ast)).toBe('ROW(a AS `first one`, b, t AS name)');
  expect(valueOf(text, row(1, null))).toEqual({ 'first one': 1, f1: null, name: 'x' });
  expect(valueOf('ROW(a AS x, b AS y).x + 1', row(1, null))).toBe(2);
  const twice = compileExpression('ROW(a AS x, b AS x)', schema);
  expect(twice.ok ? [] : twice.problems.map(({ message }) => message)).toEqual(['The field x is there twice.']);
});
