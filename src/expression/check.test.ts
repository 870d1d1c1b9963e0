import { describe, expect, test } from 'vitest';
import type { Schema } from '../stream/types.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INT, STRING, TIMESTAMP, decimal, field, typeName } from '../stream/types.ts';
import { compileExpression, compilePredicate } from './compile.ts';

const schema: Schema = {
  fields: [
    field('page', STRING, false),
    field('value', DOUBLE, false),
    field('count', INT, false),
    field('id', BIGINT),
    field('price', decimal(10, 2), false),
    field('at', TIMESTAMP, false),
    field('day', DATE, false),
    field('ok', BOOLEAN),
    field('tags', { kind: 'ARRAY', element: STRING }, false),
    field('props', { kind: 'MAP', value: INT }, false),
    field('user', { kind: 'ROW', fields: [field('name', STRING, false), field('age', INT)] }, false),
    field('geo.lat', DOUBLE),
  ],
};

function typeOf(text: string): string {
  const result = compileExpression(text, schema);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join(' '));
  return typeName(result.expression.type) + (result.expression.nullable ? '' : ' NOT NULL');
}

function problemOf(text: string): string {
  const result = compileExpression(text, schema);
  return result.ok ? 'none' : result.problems.map(({ message, fix }) => `${message} | ${fix}`).join(' & ');
}

describe('types', () => {
  test.each([
    ['count + 1', 'INT NOT NULL'],
    ['count + id', 'BIGINT'],
    ['count * value', 'DOUBLE NOT NULL'],
    ['3000000000', 'BIGINT NOT NULL'],
    ['1.50', 'DECIMAL(3, 2) NOT NULL'],
    ['ROW(count AS n, page)', 'ROW<n INT, f1 STRING> NOT NULL'],
    ['ROW(id AS "big id").`big id`', 'BIGINT'],
    ['0.05', 'DECIMAL(2, 2) NOT NULL'],
    ['1e3', 'DOUBLE NOT NULL'],
    ['price + price', 'DECIMAL(11, 2) NOT NULL'],
    ['price * price', 'DECIMAL(21, 4) NOT NULL'],
    ['price / price', 'DECIMAL(23, 13)'],
    ['price + count', 'DECIMAL(13, 2) NOT NULL'],
    ['price * value', 'DOUBLE NOT NULL'],
    ['id % 7', 'INT'],
    ['MOD(count, id)', 'BIGINT'],
    ['CASE WHEN ok THEN 1 ELSE 2.5 END', 'DECIMAL(11, 1) NOT NULL'],
    ['CASE WHEN ok THEN 1 END', 'INT'],
    ['COALESCE(id, 0)', 'BIGINT NOT NULL'],
    ['NULLIF(count, 0)', 'INT'],
    ['id IS NULL', 'BOOLEAN NOT NULL'],
    ['TRY_CAST(page AS INT)', 'INT'],
    ['CAST(page AS INT)', 'INT NOT NULL'],
    ["at + INTERVAL '1' HOUR", 'TIMESTAMP NOT NULL'],
    ["day + INTERVAL '1' DAY", 'DATE NOT NULL'],
    ["day + INTERVAL '1' HOUR", 'TIMESTAMP NOT NULL'],
    ['at + count * 60000', 'TIMESTAMP NOT NULL'],
    ['tags[1]', 'STRING'],
    ["props['a']", 'INT'],
    ['user.name', 'STRING NOT NULL'],
    ['user.age + 1', 'INT'],
    ['geo.lat', 'DOUBLE'],
    ['ARRAY[1, 2.5]', 'ARRAY<DECIMAL(11, 1)> NOT NULL'],
    ["MAP['a', 1]", 'MAP<STRING, INT> NOT NULL'],
    ['EXTRACT(HOUR FROM at)', 'BIGINT NOT NULL'],
    ['FLOOR(day TO MONTH)', 'DATE NOT NULL'],
    ['FLOOR(price)', 'DECIMAL(10, 0) NOT NULL'],
    ["at > '2024-01-01 00:00:00'", 'BOOLEAN NOT NULL'],
  ])('%s is %s', (text, expected) => {
    expect(typeOf(text)).toBe(expected);
  });

  test('the columns that are read are named in the order of the schema', () => {
    const result = compileExpression('user.age + count + COALESCE(id, 1) + count', schema);
    expect(result.ok && result.expression.columns).toEqual(['count', 'id', 'user']);
  });
});

describe('problems', () => {
  test.each([
    ['pagee', 'No column pagee. Did you mean page? | Did you mean page?'],
    ['zzz', 'No column zzz. | There are page, value, count, id, price, at, day, ok and 4 more'],
    ['"bob" = page', "No column bob. | For the text, use single quotes: 'bob'"],
    ['user.nme', 'No field nme. Did you mean name? | Did you mean name?'],
    ['page.x', 'STRING has no fields, so .x gives nothing. | Leave it out'],
    ['page > 1', 'STRING > INT: these cannot be compared. | Write CAST(… AS INT) around the left side'],
    ['page + 1', 'STRING + INT has no meaning. | To join texts write ||, to add numbers CAST(… AS DOUBLE)'],
    ['at - day', 'TIMESTAMP - DATE has no meaning. | Write TIMESTAMPDIFF(SECOND, earlier, later)'],
    [
      'value % 2',
      'The remainder of a DOUBLE is not exact, so % refuses it. | Write CAST(… AS BIGINT) or CAST(… AS DECIMAL(18, 3))',
    ],
    ['page AND ok', 'AND needs a condition, this is STRING. | Compare it with something, such as … > 0'],
    [
      'CAST(count AS TIMESTAMP)',
      'INT cannot be cast to TIMESTAMP. | Write TO_TIMESTAMP_LTZ(…, 3) for milliseconds, TO_TIMESTAMP_LTZ(…, 0) for seconds',
    ],
    [
      "DATE '2024-02-30'",
      "'2024-02-30' is no DATE in the form yyyy-MM-dd, or not in the calendar. | Write it like DATE '2024-02-29'",
    ],
    ['UPER(page)', 'There is no function UPER. | Did you mean UPPER?'],
    ['toString(page)', 'There is no function TOSTRING. | See the list of functions'],
    ['__proto__(page)', 'There is no function __PROTO__. | See the list of functions'],
    ['constructor', 'No column constructor. | There are page, value, count, id, price, at, day, ok and 4 more'],
    ['SUM(value)', 'SUM works on many rows; an expression sees one. | Use it in a window or group node'],
    ['NOW()', 'NOW would give another result each run, so it is not there. | Use the event time column'],
    ['UPPER(value)', 'UPPER needs STRING here, this is DOUBLE. | Write CAST(… AS STRING)'],
    ['UPPER(page, page)', 'UPPER does not take 2 arguments. | Write UPPER(text)'],
    ['IF(ok, 1)', 'IF does not take 2 arguments. | Write IF(condition, then, otherwise)'],
    ['EXTRACT(HOURS FROM at)', 'EXTRACT does not take HOURS here. | Did you mean HOUR?'],
    ['NULL', 'NULL alone cannot be a column. | Write CAST(NULL AS STRING), or the type you need'],
    ["INTERVAL '1' DAY", 'An INTERVAL DAY TO SECOND cannot be a column. | Add it to a time, or write the length in ms'],
    [
      "INTERVAL '1:99' HOUR TO MINUTE",
      "'1:99' is no length in HOUR TO MINUTE. | Write it like INTERVAL '1 12' DAY TO HOUR",
    ],
    [
      "CASE WHEN ok THEN 1 ELSE 'a' END",
      'The results of CASE must be of one type, these are INT and STRING. | Write CAST(… AS INT) where they differ',
    ],
    ['tags < tags', 'ARRAY<STRING> has no order. | Compare with = or <>'],
    [
      "REGEXP(page, '(a)\\1')",
      "The pattern '(a)\\1' cannot be used: the back reference \\1 cannot be matched in linear time. | Write a pattern without look-around, back references and nested classes",
    ],
    [
      "page LIKE 'a!b' ESCAPE '!'",
      "In the pattern 'a!b' the escape ! stands before no %, _ or !. | Write a pattern without look-around, back references and nested classes",
    ],
    [
      "DATE_FORMAT(at, 'YYYY')",
      'The letter Y of the pattern YYYY is not known. | Use y M d H h m s S a E D, and quotes around other letters',
    ],
    ['ARRAY_CONTAINS(tags, 1)', 'The array holds STRING, this is INT. | Write CAST(… AS STRING)'],
  ])('%s', (text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });

  test('a condition must be BOOLEAN', () => {
    const result = compilePredicate('value', schema);
    expect(result.ok ? [] : result.problems).toMatchObject([{ code: 'not-boolean', span: { from: 0, to: 5 } }]);
  });
});
