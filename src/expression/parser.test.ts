import { describe, expect, test } from 'vitest';
import { parseExpression } from './parser.ts';
import { printExpression } from './print.ts';

function canonical(text: string): string {
  const { ast, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  return printExpression(ast!);
}

function told(text: string): [string, string, number, number][] {
  return parseExpression(text).problems.map(({ message, fix, span }) => [message, fix, span.from, span.to]);
}

describe('reading', () => {
  test.each([
    ['a or b and not c = d + e * -f', 'a OR b AND NOT c = d + e * -f'],
    ['((a or b)) and c', '(a OR b) AND c'],
    ['a - (b - c) - d', 'a - (b - c) - d'],
    ['- - 1', '- -1'],
    ['not a is null', 'NOT a IS NULL'],
    ['(not a) is null', '(NOT a) IS NULL'],
    ['a = b is not true', 'a = b IS NOT TRUE'],
    ['a is not distinct from b + 1', 'a IS NOT DISTINCT FROM b + 1'],
    ['a not between symmetric 1 and 2 and b', 'a NOT BETWEEN SYMMETRIC 1 AND 2 AND b'],
    ["a not like 'x%' escape '!' or b", "a NOT LIKE 'x%' ESCAPE '!' OR b"],
    ["a similar to 'x|y'", "a SIMILAR TO 'x|y'"],
    ['a in (1, 2 + 3)', 'a IN (1, 2 + 3)'],
    ['`a b`.c."d""e"[1][\'k\'].f', "`a b`.c.`d\"e`[1]['k'].f"],
    ['`a``b`', '`a``b`'],
    ['`select`', '`select`'],
    ['date', 'date'],
    ["DATE '2024-01-01'", "DATE '2024-01-01'"],
    ["interval -'1-2' year to month", "INTERVAL -'1-2' YEAR TO MONTH"],
    ["interval '5' minutes", "INTERVAL '5' MINUTE"],
    ["'it''s' || x'", undefined],
    ['case a when 1 then 2 else 3 end', 'CASE a WHEN 1 THEN 2 ELSE 3 END'],
    ['cast(a as decimal(10,2))', 'CAST(a AS DECIMAL(10, 2))'],
    [
      'try_cast(a as array<map<string, row<x int, y timestamp(3)>>>)',
      'TRY_CAST(a AS ARRAY<MAP<STRING, ROW<x INT, y TIMESTAMP>>>)',
    ],
    ['extract(hour from t)', 'EXTRACT(HOUR FROM t)'],
    ["trim(leading 'x' from s)", "TRIM(LEADING 'x' FROM s)"],
    ['substring(s from 2 for 3)', 'SUBSTRING(s, 2, 3)'],
    ['position(a in b)', 'POSITION(a, b)'],
    ['overlay(s placing t from 1)', 'OVERLAY(s, t, 1)'],
    ['floor(t to day)', 'FLOOR(t TO DAY)'],
    ['timestampadd(sql_tsi_hour, 1, t)', 'TIMESTAMPADD(HOUR, 1, t)'],
    ['count(*) filter (where a > 1)', 'COUNT(*) FILTER (WHERE a > 1)'],
    ['sum(distinct a)', 'SUM(DISTINCT a)'],
    ["map['a', 1, 'b', 2]['a']", "MAP['a', 1, 'b', 2]['a']"],
    ['`map`[1]', '`map`[1]'],
    ['array[1, 2][1]', 'ARRAY[1, 2][1]'],
    ['f(a).b', 'F(a).b'],
    ['(a).b', '(a).b'],
    ['1 /* one */ + -- two\n 2', '1 + 2'],
    ['a != 1', 'a <> 1'],
    ['.5 + 1e3', '.5 + 1e3'],
  ])('%s', (text, expected) => {
    if (expected !== undefined) expect(canonical(text)).toBe(expected);
    else expect(parseExpression(text).problems).not.toEqual([]);
  });
});

describe('problems', () => {
  test('stand where the mistake is and say what to do', () => {
    expect(told('')).toEqual([['The expression is empty.', 'Write one, such as value > 10', 0, 0]]);
    expect(told("a = 'x")).toEqual([['This text has no end.', "Close it with '", 4, 6]]);
    expect(told('a == 1')).toEqual([['Expected a value, found =.', 'Write a column, a literal or a function', 3, 4]]);
    expect(told('a & b')[0]).toEqual(['The character & means nothing here.', 'Write AND', 2, 3]);
    expect(told('cast(a as itn)')).toEqual([['There is no type itn.', 'Did you mean INT?', 10, 13]]);
    expect(told('cast(a as varchar(10))')).toEqual([['There is no type varchar.', 'Did you mean STRING?', 10, 17]]);
    expect(told('interval 5 second')).toEqual([
      ['Expected the length in quotes, found 5.', "Write it as INTERVAL '5' SECOND", 9, 10],
    ]);
    expect(told('case when a then 1')).toEqual([
      ['Expected END to close CASE, found the end of the text.', 'Write END here', 18, 18],
    ]);
    expect(told('a betwen 1')[0]).toEqual([
      'Expected an operator or the end, found betwen.',
      'Put an operator before it, or leave it out',
      2,
      8,
    ]);
  });

  test('are all told, not only the first', () => {
    expect(told('(a + ) * f(, 2) and cast(b as foo)').map(([, , from]) => from)).toEqual([5, 11, 30]);
  });

  test('long and deep texts are refused', () => {
    expect(told('a'.repeat(4097))[0]?.[0]).toBe('The expression has 4097 characters, the limit is 4096.');
    expect(told(`${'('.repeat(2000)}a${')'.repeat(2000)}`)[0]?.[0]).toBe('This is nested too deeply to read.');
    expect(told('-'.repeat(1) + ' -'.repeat(70) + '1')[0]?.[0]).toBe('The expression is nested more than 64 deep.');
    expect(told(`${'not '.repeat(1000)}a`)[0]?.[0]).toBe('This is nested too deeply to read.');
    expect(told(Array.from({ length: 500 }, () => 'a').join(' and '))).toEqual([]);
  });

  test('any text is read without an exception', () => {
    for (const text of [
      '[',
      ']',
      ')',
      '(',
      '.',
      'a.',
      'a[',
      'f(',
      'case',
      'cast',
      'in',
      'a in',
      'a is',
      'interval',
      '`',
      '"',
      '😀',
      '/*',
      '--',
      'a b c d',
      'MAP[1]',
      'ARRAY[',
      'not',
    ]) {
      expect(parseExpression(text).problems.length, text).toBeGreaterThan(0);
    }
  });
});
