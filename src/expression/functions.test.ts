import { describe, expect, test } from 'vitest';
import type { Batch } from '../stream/batch.ts';
import { cell } from '../stream/value.ts';
import { completeExpression } from './complete.ts';
import { compileExpression } from './compile.ts';
import { rowErrors } from './frame.ts';
import { listFunctions } from './functions.ts';
import { INT, STRING, field } from '../stream/types.ts';

const empty: Batch = {
  length: 1,
  selection: null,
  columns: [],
  seq: new Float64Array(1),
  phase: null,
  ts: new Float64Array(1),
  kinds: null,
  origin: null,
};

function value(text: string): unknown {
  const result = compileExpression(text, { fields: [] });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  const errors = rowErrors();
  const column = result.expression.evaluate(empty, errors);
  return errors.has(0) ? `fails: ${errors.message(0)}` : cell(column, result.expression.type, 0);
}

describe('functions', () => {
  test.each<[string, unknown]>([
    ["SUBSTRING('a𝄞b', 2, 1)", '𝄞'],
    ["CHAR_LENGTH('a𝄞b')", 3],
    ["REVERSE('a𝄞b')", 'b𝄞a'],
    ["LOCATE('b', 'abcb', 3)", 4],
    ["INSTR('abc', 'd')", 0],
    ["ELT(2, 'a', 'b')", 'b'],
    ["HEX('é')", 'C3A9'],
    ['HEX(255)', 'FF'],
    ['BIN(5)', '101'],
    ['CHR(65)', 'A'],
    ["CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'b')", 'a-b'],
    ["'a' = 'b' OR 'é' < '𝄞' AND '\uFFFF' < '𝄞'", true],
    ['ROUND(1234.567, -2)', '1200.000'],
    ['ROUND(CAST(1.005 AS DOUBLE), 2)', 1.01],
    ['ROUND(-25, -1)', -30],
    ['TRUNCATE(-1.29, 1)', '-1.20'],
    ['LOG(2, 8)', 3],
    ['POWER(2, 10)', 1024],
    ['ABS(-9223372036854775807)', 9223372036854775807n],
    ['5 / 2', 2],
    ['-5 / 2', -2],
    ['-5 % 3', -2],
    // DECIMAL(2, 1) / DECIMAL(10, 0): scale max(6, 1 + 10 + 1), as `LogicalTypeMerging.findDivisionDecimalType` says.
    ['7.0 / 2', '3.500000000000'],
    ["CAST(' 42 ' AS INT)", 42],
    ["CAST('4x' AS INT)", "fails: '4x' is not an INT"],
    ["TRY_CAST('4x' AS INT)", null],
    ["CAST('99999999999' AS INT)", "fails: '99999999999' is not an INT"],
    ['CAST(1e30 AS INT)', 2147483647],
    ['CAST(4294967297 AS INT)', 1],
    ["CAST('yes' AS BOOLEAN)", true],
    ['CAST(1e10 AS STRING)', '1.0E10'],
    ['CAST(ARRAY[1, 2] AS STRING)', '[1, 2]'],
    ["CAST('2024-02-30' AS DATE)", "fails: '2024-02-30' is not a date (yyyy-MM-dd)"],
    ["CAST('2024-02-29 10:00:00.5' AS TIMESTAMP) = TIMESTAMP '2024-02-29 10:00:00.500'", true],
    ["CAST(TO_TIMESTAMP('29/02/24 5PM', 'dd/MM/yy ha') AS STRING)", '2024-02-29 17:00:00.000'],
    ["TO_TIMESTAMP('2024-13-01 00:00:00')", null],
    ["UNIX_TIMESTAMP('1970-01-01 00:01:00')", 60],
    ["FROM_UNIXTIME(60, 'HH:mm:ss')", '00:01:00'],
    ['CAST(TO_TIMESTAMP_LTZ(1500, 3) AS STRING)', '1970-01-01 00:00:01.500'],
    ["EXTRACT(WEEK FROM DATE '2021-01-03')", 53],
    ["EXTRACT(DOW FROM DATE '1969-12-28')", 1],
    ["CAST(TIMESTAMPADD(MONTH, 1, DATE '2024-01-31') AS STRING)", '2024-02-29'],
    ["TIMESTAMPDIFF(MONTH, DATE '2024-01-31', DATE '2024-02-29')", 1],
    ["TIMESTAMPDIFF(DAY, TIMESTAMP '2024-01-02 00:00:00', TIMESTAMP '2024-01-01 12:00:00')", 0],
    ["CAST(FLOOR(TIMESTAMP '1969-12-31 23:30:00' TO HOUR) AS STRING)", '1969-12-31 23:00:00.000'],
    ["CAST(CEIL(TIMESTAMP '1969-12-31 23:30:00' TO YEAR) AS STRING)", '1970-01-01 00:00:00.000'],
    ["CAST(TIME '23:30:00' + INTERVAL '1' HOUR AS STRING)", '00:30:00'],
    ["ARRAY[1, 2, 3][2] + CARDINALITY(MAP['a', 1])", 3],
    ['ELEMENT(ARRAY[1, 2])', 'fails: the array has 2 items'],
    ["ARRAY_JOIN(SPLIT('a,b', ','), '+')", 'a+b'],
    ["STR_TO_MAP('a=1,b=2')['b']", '2'],
    ["REGEXP_EXTRACT('ab12cd', '([a-z]+)(\\d+)', 2)", '12'],
    ["REGEXP_REPLACE('a1b22', '\\d+', '$1')", 'a$1b$1'],
    ["REGEXP('aab', '^(a|ab)*$')", true],
    ["'abc' SIMILAR TO 'a_(c|d)'", true],
    ["'a.c' SIMILAR TO 'a.c' AND NOT 'abc' SIMILAR TO 'a.c'", true],
    ['1 IN (2, NULL) IS NULL', true],
    ['NULL AND FALSE', false],
    ['CASE WHEN FALSE THEN 1 / 0 ELSE 2 END', 2],
    ['1 / 0', 'fails: division by zero'],
    ['1.5 / 0', 'fails: division by zero'],
    ['TRUE OR 1 / 0 = 1', true],
    ['COALESCE(1, 1 / 0)', 1],
    ["TIMESTAMP '1970-01-01 00:00:00' + 9007199254740992", 'fails: the time is beyond ±2^53 ms'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test('texts that would be too long fail before they are made', () => {
    const limit = 'fails: the text would have';
    for (const text of [
      "REPEAT(REPEAT('x', 1000), 1000000)",
      "LPAD('x', 1000000000, 'y')",
      "RPAD('x', 2000000000, 'y')",
      "REPLACE(REPEAT('x', 1000000), 'x', 'yy')",
      "REPEAT('x', 1000000) || REPEAT('x', 1000000)",
      "REGEXP_REPLACE(REPEAT('x', 1000), 'x', REPEAT('y', 1000000))",
    ]) {
      expect(value(text)).toEqual(expect.stringContaining(limit));
    }
  });

  test('patterns that make other matchers explode are answered at once', () => {
    expect(value("REGEXP(REPEAT('a', 2000) || '!', '^(a+)+$')")).toBe(false);
    expect(value("REGEXP(REPEAT('a', 2000), '(.*a){25}b')")).toBe(false);
    expect(value("REPEAT('a', 5000) LIKE '%a%a%a%a%a%b'")).toBe(false);
  });

  test('each has a usage that starts with its name, a line of docs and a name in capitals', () => {
    for (const { name, usage, docs } of listFunctions()) {
      expect(usage.startsWith(name), name).toBe(true);
      expect(docs.length, name).toBeGreaterThan(5);
      expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
    }
  });
});

describe('completion', () => {
  const schema = {
    fields: [
      field('page', STRING),
      field('user', { kind: 'ROW', fields: [field('name', STRING), field('my age', INT)] }),
    ],
  };
  const labels = (text: string): string[] =>
    completeExpression(text, text.length, schema).items.map((item) => item.insert);

  test('columns come before functions and keywords', () => {
    expect(labels('pa')[0]).toBe('page');
    expect(labels('1 + u').slice(0, 2)).toEqual(['user', 'UNIX_TIMESTAMP(']);
    expect(labels('subst')).toEqual(['SUBSTRING(']);
  });
  test('fields follow a dot, quoted where they must be', () => {
    expect(labels('user.')).toEqual(['name', '`my age`']);
    expect(completeExpression('user.na + 1', 7, schema)).toMatchObject({
      span: { from: 5, to: 7 },
      items: [{ insert: 'name' }],
    });
  });
  test('nothing is offered inside of a text', () => {
    expect(labels("'pa")).toEqual([]);
  });
});
