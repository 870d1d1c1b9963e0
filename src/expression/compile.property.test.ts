import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import type { Buffers } from '../stream/buffers.ts';
import type { Value } from '../stream/value.ts';
import { checkExpression } from './check.ts';
import { readValue } from './column-kernels.ts';
import { compileExpression, compilePredicate } from './compile.ts';
import { rowErrors } from './frame.ts';
import { RowFailure } from './functions/definition.ts';
import { parseExpression } from './parser.ts';
import { printExpression } from './print.ts';
import { RANDOM_KINDS, RANDOM_SCHEMA, randomExpression, type Choices } from './random-expression.ts';
import { evaluateRow } from './reference.ts';
import type { Typed } from './typed.ts';

const runs = Number(process.env['EXPRESSION_RUNS'] ?? 1500);

/** Numbers that fast-check shrinks, as choices; once they run out everything is 0, the simplest. */
function choicesFrom(numbers: readonly number[]): Choices {
  let at = 0;
  return { below: (bound) => (numbers[at++] ?? 0) % bound };
}

const choices = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 120 });
const text = fc.constantFrom(
  '',
  'a',
  'ab',
  'abc',
  'B c',
  '12',
  '-7',
  '1.5',
  'true',
  '2024-02-29',
  '2023-02-29',
  '10:30:00',
  '2024-01-31 10:00:00',
  'é𝄞',
  '\uFFFF',
);
const int = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(2147483647, -2147483648, 65536) },
);
const bigint = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -9, max: 9 }).map((value): Value => value) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Value>(
      2 ** 53,
      -(2 ** 53),
      2 ** 53 - 1,
      2n ** 63n - 1n,
      -(2n ** 63n),
      2n ** 53n + 1n,
      3037000500,
    ),
  },
);
const double = fc.constantFrom(0, 1, -1, 0.5, 2.5, -1.25, 1e10, 1e300, NaN, Infinity, 12345.678);

function nullable(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.option(arbitrary, { freq: 4, nil: null });
}

const row: fc.Arbitrary<Value[]> = fc.tuple(
  nullable(fc.boolean()),
  nullable(int),
  nullable(int),
  nullable(bigint),
  nullable(double),
  nullable(fc.bigInt({ min: -99999999n, max: 99999999n })),
  nullable(text),
  nullable(text),
  nullable(fc.integer({ min: -800, max: 20000 })),
  nullable(fc.nat(86_399_999)),
  nullable(fc.integer({ min: -1e9, max: 2e12 })),
  nullable(fc.array(nullable(int), { maxLength: 3 }) as fc.Arbitrary<Value>),
  nullable(
    fc
      .array(fc.tuple(fc.constantFrom('k', 'a', ''), nullable(text)), { maxLength: 3 })
      .map((entries) => new Map(entries)),
  ),
  nullable(
    fc.tuple(nullable(int), nullable(text)).map(
      ([x, y]) =>
        new Map([
          ['x', x],
          ['y', y],
        ]),
    ),
  ),
);

function batchOf(rows: readonly (readonly Value[])[], chosen: Int32Array | null): Batch {
  const columns = RANDOM_SCHEMA.fields.map((column, i) => {
    const builder = columnBuilder(column.type);
    for (const values of rows) builder.append(values[i] ?? null);
    return builder.finish();
  });
  const n = rows.length;
  return {
    length: n,
    selection: chosen,
    columns,
    seq: new Float64Array(n),
    phase: null,
    ts: new Float64Array(n),
    kinds: null,
    origin: null,
  };
}

function typedOf(source: string): Typed {
  const { ast, problems } = parseExpression(source);
  const checked = checkExpression(ast!, RANDOM_SCHEMA);
  const all = [...problems, ...checked.problems];
  if (all.length > 0) throw new Error(`${source}: ${all.map((problem) => problem.message).join(' ')}`);
  return checked.typed;
}

type Evaluate = (typed: Typed, values: readonly Value[]) => Value | RowFailure;

interface Sample {
  readonly source: string;
  readonly rows: readonly (readonly Value[])[];
  readonly chosen: Int32Array | null;
  /** Rows of a batch that the expression was run for before: what it left behind must not show. */
  readonly earlier: readonly (readonly Value[])[];
}

/** Arrays full of what nobody must read. */
const USED_BUFFERS: Buffers = {
  floats: (length) => new Float64Array(length).fill(NaN),
  ints: (length) => new Int32Array(length).fill(-7),
  bytes: (length) => new Uint8Array(length).fill(0xff),
};

/** So many rows, made of a few: bitmaps of several bytes, rows that are few among many, whole rounds. */
const LENGTHS = [0, 1, 7, 8, 64, 100, 4096];
const few = fc.array(row, { minLength: 1, maxLength: 12 });
const many = fc
  .tuple(few, fc.constantFrom(...LENGTHS))
  .map(([rows, length]) => Array.from({ length }, (_, i) => rows[(i * 5) % rows.length]!));
const batchRows = fc.oneof({ weight: 20, arbitrary: few }, { weight: 1, arbitrary: many });
/** None, a few, one in so many. */
const selection = fc.oneof(
  { weight: 2, arbitrary: fc.constant(() => true) },
  {
    weight: 2,
    arbitrary: fc.uniqueArray(fc.nat(11), { maxLength: 12 }).map((list) => (i: number) => list.includes(i)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 200 }).map((step) => (i: number) => i % step === step - 1) },
);

const sample: fc.Arbitrary<Sample> = fc
  .record({
    source: fc
      .tuple(fc.constantFrom(...RANDOM_KINDS), choices)
      .map(([kind, numbers]) => randomExpression(choicesFrom(numbers), kind, 3)),
    rows: batchRows,
    chosen: fc.option(selection, { nil: null }),
    earlier: few,
  })
  .map(({ source, rows, chosen, earlier }) => ({
    source,
    rows,
    chosen: chosen === null ? null : Int32Array.from([...rows.keys()].filter(chosen)),
    earlier,
  }));

/** Rows in which the columns and `reference` disagree, as text; empty when there are none. */
function differences({ source, rows, chosen, earlier }: Sample, reference: Evaluate = evaluateRow): string[] {
  const typed = typedOf(source);
  const compiled = compileExpression(source, RANDOM_SCHEMA);
  if (!compiled.ok) return [`${source}: ${compiled.problems.map((problem) => problem.message).join(' ')}`];
  const batch = batchOf(rows, chosen);
  const errors = rowErrors();
  compiled.expression.evaluate(batchOf(earlier, null), rowErrors(), USED_BUFFERS);
  const column = compiled.expression.evaluate(batch, errors, USED_BUFFERS);
  compiled.expression.evaluate(batchOf(earlier, null), rowErrors(), USED_BUFFERS);
  const found: string[] = [];
  for (const i of chosen ?? rows.keys()) {
    const expected = reference(typed, rows[i]!);
    const actual = errors.has(i) ? new RowFailure(errors.message(i)) : readValue(column, compiled.expression.type, i);
    const same =
      expected instanceof RowFailure
        ? actual instanceof RowFailure
        : Object.is(actual, expected) || equal(actual, expected);
    if (!same) found.push(`${source}, row ${i}: columns give ${show(actual)}, reference ${show(expected)}`);
    if (actual === null && !compiled.expression.nullable && !errors.has(i))
      found.push(`${source}, row ${i}: NULL, though never NULL`);
  }
  const asked = new Set(chosen ?? rows.keys());
  for (let i = 0; i < rows.length; i++)
    if (!asked.has(i) && errors.has(i)) found.push(`${source}: row ${i} was not asked for and failed`);
  return found;
}

function equal(a: unknown, b: unknown): boolean {
  if (a instanceof RowFailure || b instanceof RowFailure) return false;
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}

function show(value: unknown): string {
  return value instanceof RowFailure
    ? `failure (${value.message})`
    : typeof value === 'bigint'
      ? `${value}n`
      : String(value);
}

describe('the column compiler', () => {
  test('gives what the reference gives, row by row, and fails the same rows', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(sample, (one) => {
        expect(differences(one)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test('select gives the rows that the reference finds TRUE', () => {
    const condition = sample.filter(({ source }) => typedOf(source).type.kind === 'BOOLEAN');
    fc.assert(
      fc.property(condition, ({ source, rows, chosen, earlier }) => {
        const compiled = compilePredicate(source, RANDOM_SCHEMA);
        if (!compiled.ok) throw new Error(source);
        const typed = typedOf(source);
        const expected = [...(chosen ?? rows.keys())].filter((i) => evaluateRow(typed, rows[i]!) === true);
        const { predicate } = compiled;
        predicate.select(batchOf(earlier, null), rowErrors(), USED_BUFFERS);
        const selected = predicate.select(batchOf(rows, chosen), rowErrors(), USED_BUFFERS);
        predicate.select(batchOf(earlier, null), rowErrors(), USED_BUFFERS);
        expect([...selected]).toEqual(expected);
      }),
      { numRuns: Math.ceil(runs / 4) },
    );
  });

  test('a wrong reference is found', () => {
    const wrong: Evaluate = (typed, values) => {
      const value = evaluateRow(typed, values);
      return typed.op === 'and' && value === null ? false : value;
    };
    const found = fc.check(
      fc.property(sample, (one) => differences(one, wrong).length === 0),
      { numRuns: 5000, seed: 7 },
    );
    expect(found.failed).toBe(true);
  });
});

describe('the printer', () => {
  test('what it prints reads as the same tree', () => {
    const bare = (ast: unknown): unknown =>
      JSON.parse(
        JSON.stringify(ast, (name, value: unknown) => (name === 'span' || name.endsWith('Span') ? undefined : value)),
      );
    fc.assert(
      fc.property(sample, ({ source }) => {
        const { ast } = parseExpression(source);
        const printed = printExpression(ast!);
        const again = parseExpression(printed);
        expect(again.problems).toEqual([]);
        expect(bare(again.ast)).toEqual(bare(ast));
        expect(printExpression(again.ast!)).toBe(printed);
      }),
      { numRuns: runs },
    );
  });
});
