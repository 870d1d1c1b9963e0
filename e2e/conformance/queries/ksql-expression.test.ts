import { expect, test } from 'vitest';
import { fromKsql } from './ksql-expression.ts';

test.each([
  ['AS_VALUE(K)', '(K)'],
  ['LEN ( NAME ) + 1', 'CHAR_LENGTH ( NAME ) + 1'],
  ['ucase(\'LEN(x)\') || "LEN"(1)', 'UPPER(\'LEN(x)\') || "LEN"(1)'],
  ['LEN + MYLEN(K)', 'LEN + MYLEN(K)'],
])('%s', (expression, expected) => {
  expect(fromKsql(expression)).toBe(expected);
});
