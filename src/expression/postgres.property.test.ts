import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import { Random } from '../stream/random.ts';
import type { DataType } from '../stream/types.ts';
import { cell, formatDecimal, type Value } from '../stream/value.ts';
import { formatDate, formatTimestamp } from './civil-time.ts';
import { compileExpression } from './compile.ts';
import { rowErrors } from './frame.ts';
import { randomExpression, type RandomKind } from './random-expression.ts';
import { POSTGRES_GRAMMAR as grammar, POSTGRES_SCHEMA as schema } from './random-postgres-expression.ts';

/**
 * PostgreSQL as a second opinion. Random expressions keep to what PostgreSQL and Flink agree on; where they differ, Flink
 * wins, and the table at the end says what both give and why.
 */
const runs = Math.ceil(Number(process.env['EXPRESSION_RUNS'] ?? 1500) / 3);

const TABLE = `CREATE TABLE rows (id INT, ok BOOLEAN, i INT, j INT, b BIGINT, d DOUBLE PRECISION, e NUMERIC(8, 2),
  s TEXT COLLATE "C", u TEXT COLLATE "C", day DATE, t TIMESTAMP)`;

const KINDS: readonly RandomKind[] = ['BOOLEAN', 'INT', 'BIGINT', 'DOUBLE', 'DECIMAL', 'STRING', 'DATE', 'TIMESTAMP'];

function randomRows(): Value[][] {
  const random = new Random(11);
  const some = <T extends Value>(make: () => T): Value => (random.below(5) === 0 ? null : make());
  const texts = ['', 'a', 'ab', 'abc', 'B c', '12', ' 7 ', '-3', 'aab_c', 'ba'];
  return Array.from({ length: 32 }, () => [
    some(() => random.below(2) === 1),
    some(() => random.below(9) - 3),
    some(() => random.below(9) - 3),
    some(() => (random.below(4) === 0 ? 2n ** 53n + BigInt(random.below(5)) : random.below(100) - 50)),
    some(() => (random.below(400) - 200) / 8),
    some(() => BigInt(random.below(20000) - 10000)),
    some(() => texts[random.below(texts.length)]!),
    some(() => texts[random.below(texts.length)]!),
    some(() => random.below(20000) - 800),
    some(() => (random.below(2_000_000) - 60_000) * 1_001_000),
  ]);
}

const rows = randomRows();
let db: PGlite;

function literal(value: Value, type: DataType): string {
  if (value === null) return 'NULL';
  if (type.kind === 'DATE') return `'${formatDate(Number(value))}'`;
  if (type.kind === 'TIMESTAMP') return `'${formatTimestamp(Number(value))}'`;
  if (type.kind === 'DECIMAL') return formatDecimal(value as bigint, type.scale);
  return typeof value === 'string' ? `'${value}'` : String(value);
}

beforeAll(async () => {
  db = new PGlite();
  const values = rows.map(
    (row, id) => `(${[id, ...row.map((value, i) => literal(value, schema.fields[i]!.type))].join(', ')})`,
  );
  await db.exec(`${TABLE}; INSERT INTO rows VALUES ${values.join(', ')}`);
}, 60_000);

afterAll(() => db.close());

function batch(): Batch {
  const columns = schema.fields.map((column, i) => {
    const builder = columnBuilder(column.type);
    for (const row of rows) builder.append(row[i] ?? null);
    return builder.finish();
  });
  const n = rows.length;
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

const FAILED = 'FAILED';

/** What Tidemark gives for each row, in a form that can be compared. */
function ours(source: string): { type: DataType; values: readonly string[] } {
  const result = compileExpression(source, schema);
  if (!result.ok) throw new Error(`${source}: ${result.problems.map((problem) => problem.message).join(' ')}`);
  const { type } = result.expression;
  const errors = rowErrors();
  const column = result.expression.evaluate(batch(), errors);
  return { type, values: rows.map((_, row) => (errors.has(row) ? FAILED : normal(cell(column, type, row), type))) };
}

function normal(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return 'NULL';
  switch (type.kind) {
    case 'DOUBLE':
      return Number(value).toPrecision(12);
    case 'DECIMAL': {
      const text = String(value);
      return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
    }
    case 'STRING':
    case 'BOOLEAN':
      return String(value);
    default:
      return String(value).replace(/\.0+$/, '');
  }
}

/** How the result is asked for, so that no time zone and no driver comes between. */
function asked(source: string, type: DataType): string {
  if (type.kind === 'TIMESTAMP') return `EXTRACT(EPOCH FROM CAST((${source}) AS TIMESTAMP)) * 1000`;
  return type.kind === 'DATE' ? `CAST((${source}) AS DATE) - DATE '1970-01-01'` : `(${source})`;
}

function postgresText(source: string): string {
  return source.replaceAll('AS STRING', 'AS TEXT').replaceAll('AS DOUBLE', 'AS DOUBLE PRECISION');
}

async function theirs(source: string, type: DataType, ids: readonly number[]): Promise<string[]> {
  const query = `SELECT ${asked(source, type)} AS v FROM rows WHERE id IN (${ids.join(', ')}) ORDER BY id`;
  const result = await db.query<{ v: unknown }>(query);
  return result.rows.map(({ v }) => normal(v, type));
}

/** Out of range: PostgreSQL refuses what Flink wraps around or makes NULL. */
const OUT_OF_RANGE = '22003';

/** Rows in which both disagree. `translate` may spoil the question, to see that the comparison notices. */
async function differences(source: string, translate = postgresText): Promise<string[]> {
  const { type, values } = ours(source);
  const question = translate(source);
  const fine = values.flatMap((value, id) => (value === FAILED ? [] : [id]));
  const found: string[] = [];
  try {
    const answers = fine.length === 0 ? [] : await theirs(question, type, fine);
    fine.forEach((id, k) => {
      if (answers[k] !== values[id])
        found.push(`${source}, row ${id}: Tidemark ${values[id]}, PostgreSQL ${answers[k]}`);
    });
  } catch (error) {
    if ((error as { code?: string }).code !== OUT_OF_RANGE) found.push(`${source}: PostgreSQL says ${String(error)}`);
  }
  const [failed] = values.flatMap((value, id) => (value === FAILED ? [id] : []));
  if (failed === undefined) return found;
  try {
    const [answer] = await theirs(question, type, [failed]);
    // PostgreSQL does not look at an operand when the other one is a constant NULL.
    if (answer !== 'NULL') found.push(`${source}, row ${failed}: Tidemark fails, PostgreSQL ${answer}`);
  } catch {
    return found;
  }
  return found;
}

const question = fc
  .tuple(fc.constantFrom(...KINDS), fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 80 }))
  .map(([kind, numbers]) => {
    let at = 0;
    return randomExpression({ below: (bound) => (numbers[at++] ?? 0) % bound }, kind, 3, grammar);
  });

describe('PostgreSQL agrees', () => {
  test('on random expressions', { timeout: 90_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(question, async (source) => {
        expect(await differences(source)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test('and a wrong function would be found', async () => {
    const spoilt = (source: string): string => postgresText(source).replaceAll('UPPER(', 'LOWER(');
    const result = await fc.check(
      fc.asyncProperty(question, async (source) => (await differences(source, spoilt)).length === 0),
      { numRuns: 2000, seed: 3 },
    );
    expect(result.failed).toBe(true);
    expect(result.counterexample?.[0]).toContain('UPPER(');
  });

  test.each([
    ...['SECOND', 'MINUTE', 'HOUR', 'DAY', 'MONTH', 'QUARTER', 'YEAR'].map((unit) => [
      `FLOOR(t TO ${unit})`,
      `date_trunc('${unit}', t)`,
    ]),
    ['TIMESTAMPDIFF(HOUR, CAST(day AS TIMESTAMP), t)', 'trunc(extract(epoch FROM t - CAST(day AS TIMESTAMP)) / 3600)'],
    ['TIMESTAMPADD(MONTH, i, t)', "t + i * INTERVAL '1' MONTH"],
    ["DATE_FORMAT(t, 'yyyy-MM-dd HH:mm:ss')", "to_char(t, 'YYYY-MM-DD HH24:MI:SS')"],
    ["DATE_FORMAT(t, 'EEEE d MMMM yy, hh:mm a, DDD')", "to_char(t, 'FMDay FMDD FMMonth YY, HH12:MI AM, DDD')"],
    ["SPLIT_INDEX(s || 'b', 'b', 0)", "split_part(s || 'b', 'b', 1)"],
    ["REGEXP_EXTRACT(s, '(a+)(b?)', 1)", "substring(s FROM '(a+)b?')"],
    ["REGEXP_REPLACE(s, '[a-b]+', '-')", "regexp_replace(s, '[a-b]+', '-', 'g')"],
    ['TRUNCATE(e, 1)', 'trunc(e, 1)'],
    ['ROUND(e)', 'round(e)'],
  ])('%s is %s', async (flink, postgres) => {
    expect(await differences(flink, () => postgres)).toEqual([]);
  });
});

/** [Flink's text, what Tidemark gives as in Flink, PostgreSQL's text, what PostgreSQL gives, why]. ERROR: it refuses. */
const DIFFERENCES: readonly (readonly [string, string, string, string, string])[] = [
  [
    "CONCAT('a', CAST(NULL AS STRING))",
    'NULL',
    "CONCAT('a', NULL)",
    'a',
    'NULL makes CONCAT NULL; PostgreSQL leaves it out',
  ],
  [
    'GREATEST(1, CAST(NULL AS INT))',
    'NULL',
    'GREATEST(1, NULL)',
    '1',
    'NULL makes GREATEST NULL; PostgreSQL leaves it out',
  ],
  ['2147483647 + 1', '-2147483648', '2147483647 + 1', 'ERROR', 'whole numbers wrap as in Java'],
  [
    '9223372036854775807 + 1',
    '-9223372036854775808',
    '9223372036854775807 + 1',
    'ERROR',
    'whole numbers wrap as in Java',
  ],
  ['CAST(1 AS DOUBLE) / 0', 'Infinity', 'CAST(1 AS DOUBLE PRECISION) / 0', 'ERROR', 'IEEE 754'],
  ['CAST(2.7 AS INT)', '2', 'CAST(2.7 AS INT)', '3', 'a cast cuts off; PostgreSQL rounds'],
  [
    "CAST('2.7' AS INT)",
    '2',
    "CAST('2.7' AS INT)",
    'ERROR',
    'BinaryStringDataUtil.toInt takes a fraction and drops it',
  ],
  ['CAST(TRUE AS STRING)', 'TRUE', 'CAST(TRUE AS TEXT)', 'true', 'capitals since Flink 1.15'],
  ['CAST(CAST(1 AS DOUBLE) AS STRING)', '1.0', 'CAST(CAST(1 AS DOUBLE PRECISION) AS TEXT)', '1', 'Double.toString'],
  [
    "CAST(TIMESTAMP '2024-01-01 00:00:00' AS STRING)",
    '2024-01-01 00:00:00.000',
    "CAST(TIMESTAMP '2024-01-01 00:00:00' AS TEXT)",
    '2024-01-01 00:00:00',
    'TIMESTAMP(3) prints 3 digits',
  ],
  ["SUBSTRING('abc', 0, 2)", 'ab', "SUBSTRING('abc', 0, 2)", 'a', 'from 0 counts as 1'],
  ["SUBSTRING('abc', -2)", 'bc', "SUBSTRING('abc', -2)", 'abc', 'a negative start counts from the end'],
  ["SUBSTRING('abc', 1, -1)", 'NULL', "SUBSTRING('abc', 1, -1)", 'ERROR', 'a negative length gives NULL'],
  ["LEFT('abc', -1)", '', "LEFT('abc', -1)", 'ab', 'a negative count gives an empty text'],
  ["LPAD('ab', 4, '')", 'NULL', "LPAD('ab', 4, '')", 'ab', 'nothing to pad with gives NULL'],
  ["REPLACE('abc', '', '-')", '-a-b-c-', "REPLACE('abc', '', '-')", 'abc', "Java's String.replace"],
  [
    "OVERLAY('ab' PLACING 'x' FROM 4)",
    'ab',
    "OVERLAY('ab' PLACING 'x' FROM 4)",
    'abx',
    'a start behind the end changes nothing',
  ],
  ["'a\\b' LIKE 'a\\b'", 'true', "'a\\b' LIKE 'a\\b'", 'false', 'without ESCAPE there is no escape'],
  ["EXTRACT(DOW FROM DATE '2024-02-25')", '1', "EXTRACT(DOW FROM DATE '2024-02-25')", '0', 'Sunday is 1'],
  [
    "FLOOR(TIMESTAMP '2024-02-28 10:00:00' TO WEEK) = TIMESTAMP '2024-02-25 00:00:00'",
    'true',
    "date_trunc('week', TIMESTAMP '2024-02-28 10:00:00') = TIMESTAMP '2024-02-25 00:00:00'",
    'false',
    'weeks start on Sunday',
  ],
  ['LN(0)', '-Infinity', 'LN(0)', 'ERROR', 'Math.log'],
  ['SQRT(-1)', 'NaN', 'SQRT(-1)', 'ERROR', 'Math.sqrt'],
  [
    'CAST(12345.6 AS DECIMAL(5, 2))',
    'NULL',
    'CAST(12345.6 AS DECIMAL(5, 2))',
    'ERROR',
    'a DECIMAL that does not fit is NULL',
  ],
  ['1.0 / 3', '0.333333333333', '1.0 / 3', '0.33333333333333333333', 'scale of a quotient: max(6, s1 + p2 + 1)'],
  [
    "TO_DATE('2024-02-30') IS NULL",
    'true',
    "DATE '2024-02-30' IS NULL",
    'ERROR',
    'TO_DATE gives NULL for a day that is not there',
  ],
  [
    'ROUND(CAST(2.5 AS DOUBLE))',
    '3',
    'ROUND(CAST(2.5 AS DOUBLE PRECISION))',
    '2',
    'halves go away from zero; PostgreSQL goes to even for doubles',
  ],
];

describe('where Flink differs from PostgreSQL, Flink wins', () => {
  test.each(DIFFERENCES)('%s gives %s; %s gives %s: %s', async (flink, expected, postgres, answer) => {
    const result = compileExpression(flink, schema);
    if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
    const value = cell(result.expression.evaluate(batch(), rowErrors()), result.expression.type, 0);
    expect(value === null ? 'NULL' : String(value as string | number)).toBe(expected);
    const theirAnswer = await db.query<{ v: string | null }>(`SELECT CAST((${postgres}) AS TEXT) AS v`).then(
      (found) => found.rows[0]?.v ?? 'NULL',
      () => 'ERROR',
    );
    expect(theirAnswer).toBe(answer);
  });
});
