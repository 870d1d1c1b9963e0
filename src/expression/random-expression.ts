import type { Schema } from '../stream/types.ts';
import { BIGINT, BOOLEAN, DATE, DOUBLE, INT, STRING, TIME, TIMESTAMP, decimal, field } from '../stream/types.ts';

/**
 * Random well-typed expressions as text, for property tests. All choices come from `Choices`, where 0 is the simplest, so
 * that a test library can shrink them.
 */
export interface Choices {
  /** A whole number in [0, bound). */
  below(bound: number): number;
}

export type RandomKind = 'BOOLEAN' | 'INT' | 'BIGINT' | 'DOUBLE' | 'DECIMAL' | 'STRING' | 'DATE' | 'TIME' | 'TIMESTAMP';
export const RANDOM_KINDS: readonly RandomKind[] = [
  'BOOLEAN',
  'INT',
  'BIGINT',
  'DOUBLE',
  'DECIMAL',
  'STRING',
  'DATE',
  'TIME',
  'TIMESTAMP',
];

/** The columns that random expressions read. */
export const RANDOM_SCHEMA: Schema = {
  fields: [
    field('ok', BOOLEAN),
    field('i', INT),
    field('j', INT),
    field('b', BIGINT),
    field('d', DOUBLE),
    field('e', decimal(8, 2)),
    field('s', STRING),
    field('u', STRING),
    field('day', DATE),
    field('clock', TIME),
    field('t', TIMESTAMP),
    field('a', { kind: 'ARRAY', element: INT }),
    field('m', { kind: 'MAP', value: STRING }),
    field('r', { kind: 'ROW', fields: [field('x', INT), field('y', STRING)] }),
  ],
};

const COLUMNS: Record<RandomKind, readonly string[]> = {
  BOOLEAN: ['ok'],
  INT: ['i', 'j', 'r.x', 'a[1]'],
  BIGINT: ['b'],
  DOUBLE: ['d'],
  DECIMAL: ['e'],
  STRING: ['s', 'u', 'r.y', "m['k']"],
  DATE: ['day'],
  TIME: ['clock'],
  TIMESTAMP: ['t'],
};

const LITERALS: Record<RandomKind, readonly string[]> = {
  BOOLEAN: ['TRUE', 'FALSE', 'CAST(NULL AS BOOLEAN)'],
  INT: ['0', '1', '2', '-3', '2147483647', 'CAST(NULL AS INT)'],
  BIGINT: ['CAST(5 AS BIGINT)', '9007199254740993', '4611686018427387904', 'CAST(0 AS BIGINT)'],
  DOUBLE: ['1e0', '2.5e0', '0e0', '-1e9'],
  DECIMAL: ['0.5', '12.25', '-3.125'],
  STRING: ["''", "'a'", "'ab'", "'B c'", "'12'", "'2024-02-29'", "'é𝄞'", 'CAST(NULL AS STRING)'],
  DATE: ["DATE '2024-02-29'", "DATE '1969-12-31'"],
  TIME: ["TIME '00:00:00'", "TIME '23:59:59'"],
  TIMESTAMP: ["TIMESTAMP '2024-02-29 12:30:00'", "TIMESTAMP '1969-12-31 23:59:59'"],
};

/**
 * Shapes by the type of the result: `{INT}` stands for an expression of that type, `{same}` for one of the same type as the
 * result, `{any}` for one of a type that is chosen once for the whole shape.
 */
export type Shapes = Record<RandomKind, readonly string[]>;

const ANY_KIND: readonly string[] = [
  'CASE WHEN {BOOLEAN} THEN {same} ELSE {same} END',
  'CASE WHEN {BOOLEAN} THEN {same} END',
  'COALESCE({same}, {same})',
  'NULLIF({same}, {same})',
  'IF({BOOLEAN}, {same}, {same})',
];
const UNITS = ['SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

export const ALL_SHAPES: Shapes = {
  BOOLEAN: [
    ...['=', '<>', '<', '<=', '>', '>='].map((operator) => `{any} ${operator} {any}`),
    ...['AND', 'OR', 'AND', 'OR'].map((operator) => `({BOOLEAN}) ${operator} ({BOOLEAN})`),
    ...[
      'NOT ({BOOLEAN})',
      '({any}) IS NULL',
      '({any}) IS NOT NULL',
      '({BOOLEAN}) IS TRUE',
      '({BOOLEAN}) IS NOT FALSE',
      '({BOOLEAN}) IS UNKNOWN',
    ],
    ...[
      '{any} IS DISTINCT FROM {any}',
      '{any} IS NOT DISTINCT FROM {any}',
      '{any} IN ({any}, {any})',
      '{any} NOT IN ({any}, {any})',
    ],
    ...[
      '{INT} IN (1, 2, NULL)',
      "{STRING} IN ('a', 'ab')",
      '{any} BETWEEN {any} AND {any}',
      '{any} NOT BETWEEN SYMMETRIC {any} AND {any}',
    ],
    ...[
      "{STRING} LIKE 'a%'",
      "{STRING} LIKE '%b%'",
      "{STRING} LIKE '_b'",
      '{STRING} LIKE {STRING}',
      "{STRING} NOT LIKE '%!_%' ESCAPE '!'",
      "REGEXP({STRING}, 'a|b+c')",
    ],
    ...[
      'TRY_CAST({STRING} AS BOOLEAN)',
      'STARTSWITH({STRING}, {STRING})',
      'ARRAY_CONTAINS(a, {INT})',
      '{INT} < {DOUBLE}',
      '2 < {INT}',
      '1 >= {DOUBLE}',
      '{DOUBLE} >= 1 AND {INT} < 2 AND {BIGINT} <> 0',
      '0.908 * {INT} > 3',
      '0.5 * {BIGINT} < {INT} - 0.25',
      '{DECIMAL} >= {INT}',
      '{BIGINT} = {INT}',
    ],
    ...ANY_KIND,
  ],
  INT: [
    ...[
      '{INT} + {INT}',
      '{INT} - {INT}',
      '{INT} * ({INT})',
      '{INT} / ({INT})',
      '{INT} % ({INT})',
      '-({INT})',
      'MOD({INT}, {INT})',
      '{INT} * 2',
      '{INT} + 1',
      '{INT} / 4',
      '{INT} % -3',
      '5 - {INT}',
    ],
    ...[
      'CHAR_LENGTH({STRING})',
      'POSITION({STRING} IN {STRING})',
      'CAST({STRING} AS INT)',
      'TRY_CAST({STRING} AS INT)',
      'CAST({BIGINT} AS INT)',
      'CAST({DOUBLE} AS INT)',
    ],
    ...[
      'CAST({DECIMAL} AS INT)',
      'CAST({BOOLEAN} AS INT)',
      'ABS({INT})',
      'SIGN({INT})',
      'GREATEST({INT}, {INT})',
      'CARDINALITY(a)',
      'a[{INT}]',
      'ROUND({INT}, -1)',
    ],
    ...UNITS.map((unit) => `TIMESTAMPDIFF(${unit}, {TIMESTAMP}, {TIMESTAMP})`),
    ...ANY_KIND,
  ],
  BIGINT: [
    ...[
      '{BIGINT} + {BIGINT}',
      '{BIGINT} - {INT}',
      '({BIGINT}) * ({BIGINT})',
      '({BIGINT}) / ({BIGINT})',
      '{BIGINT} % ({BIGINT})',
      '-({BIGINT})',
      '{BIGINT} * -3',
      '{BIGINT} / 3',
      '{BIGINT} % 7',
      '7 - {BIGINT}',
      'ABS({BIGINT})',
    ],
    ...[
      'CAST({INT} AS BIGINT)',
      'CAST({DOUBLE} AS BIGINT)',
      'TRY_CAST({STRING} AS BIGINT)',
      'EXTRACT(YEAR FROM {TIMESTAMP})',
      'DAYOFWEEK({DATE})',
      'HOUR({TIMESTAMP})',
      'HOUR({TIME})',
      'UNIX_TIMESTAMP({TIMESTAMP})',
    ],
    ...ANY_KIND,
  ],
  DOUBLE: [
    ...[
      '{DOUBLE} + {DOUBLE}',
      '{DOUBLE} - {INT}',
      '{DOUBLE} * ({DECIMAL})',
      '{DOUBLE} / ({DOUBLE})',
      '-({DOUBLE})',
      '{DOUBLE} * 2 + 1',
      '3 * ({DOUBLE}) - 2.5e0',
      '1e0 + {DOUBLE}',
      '({DOUBLE} + 1) / 4',
      'ABS({DOUBLE})',
      'FLOOR({DOUBLE})',
      'CEIL({DOUBLE})',
    ],
    ...[
      'ROUND({DOUBLE}, 1)',
      'SQRT({DOUBLE})',
      'CAST({INT} AS DOUBLE)',
      'CAST({BIGINT} AS DOUBLE)',
      'CAST({DECIMAL} AS DOUBLE)',
      'TRY_CAST({STRING} AS DOUBLE)',
      'CAST({STRING} AS DOUBLE)',
    ],
    ...ANY_KIND,
  ],
  DECIMAL: [
    ...[
      '{DECIMAL} + {DECIMAL}',
      '{DECIMAL} - {INT}',
      '{DECIMAL} * ({DECIMAL})',
      '{DECIMAL} / ({DECIMAL})',
      '{DECIMAL} % ({DECIMAL})',
      '-({DECIMAL})',
      '0.908 * {INT}',
      '0.5 * {BIGINT} + {INT}',
      '1.5 - CAST({INT} AS DECIMAL(4, 1))',
      '({INT} - 1.25) * ({BIGINT} + 0.5)',
      'ABS({DECIMAL})',
    ],
    ...[
      'CAST({INT} AS DECIMAL(5, 2))',
      'CAST({DOUBLE} AS DECIMAL(10, 3))',
      'TRY_CAST({STRING} AS DECIMAL(6, 2))',
      'FLOOR({DECIMAL})',
      'ROUND({DECIMAL}, 1)',
    ],
    ...ANY_KIND,
  ],
  STRING: [
    ...[
      '{STRING} || {STRING}',
      'UPPER({STRING})',
      'LOWER({STRING})',
      'TRIM({STRING})',
      "TRIM(LEADING 'a' FROM {STRING})",
      'SUBSTRING({STRING}, {INT}, {INT})',
      'REVERSE({STRING})',
    ],
    ...[
      'CONCAT({STRING}, {STRING})',
      "CONCAT_WS(',', {STRING}, {STRING})",
      'LPAD({STRING}, 5, {STRING})',
      'REPLACE({STRING}, {STRING}, {STRING})',
      'LEFT({STRING}, {INT})',
    ],
    ...[
      'CAST({any} AS STRING)',
      "DATE_FORMAT({TIMESTAMP}, 'yyyy-MM-dd HH:mm')",
      'SPLIT_INDEX({STRING}, {STRING}, 0)',
      "SPLIT_INDEX({STRING}, 'b', {INT})",
      "REPLACE({STRING}, 'a', 'bb')",
      "UPPER(REPLACE({STRING}, 'b', ''))",
      "REGEXP_EXTRACT({STRING}, '(a)(b)?', 2)",
      'm[{STRING}]',
    ],
    ...["REGEXP_REPLACE({STRING}, '[a-c]', {STRING})", ...ANY_KIND],
  ],
  DATE: [
    "{DATE} + INTERVAL '1' DAY",
    "{DATE} - INTERVAL '1' MONTH",
    'CAST({TIMESTAMP} AS DATE)',
    'TRY_CAST({STRING} AS DATE)',
    'FLOOR({DATE} TO MONTH)',
    ...ANY_KIND,
  ],
  TIME: ["{TIME} + INTERVAL '90' MINUTE", 'CAST({TIMESTAMP} AS TIME)', 'TRY_CAST({STRING} AS TIME)', ...ANY_KIND],
  TIMESTAMP: [
    ...[
      "{TIMESTAMP} + INTERVAL '1' DAY",
      "{TIMESTAMP} - INTERVAL '1-2' YEAR TO MONTH",
      '{TIMESTAMP} + {INT} * 1000',
      '{TIMESTAMP} - {BIGINT}',
      'CAST({DATE} AS TIMESTAMP)',
    ],
    ...[
      'TRY_CAST({STRING} AS TIMESTAMP)',
      'TIMESTAMPADD(MONTH, {INT} % 100, {TIMESTAMP})',
      "{DATE} + INTERVAL '5' HOUR",
      ...UNITS.map((unit) => `FLOOR({TIMESTAMP} TO ${unit})`),
      ...ANY_KIND,
    ],
  ],
};

export interface Grammar {
  readonly columns: Partial<Record<RandomKind, readonly string[]>>;
  readonly literals: Partial<Record<RandomKind, readonly string[]>>;
  readonly shapes: Partial<Shapes>;
}

export const FULL_GRAMMAR: Grammar = { columns: COLUMNS, literals: LITERALS, shapes: ALL_SHAPES };

/** An expression of a kind, at most `depth` shapes deep. */
export function randomExpression(
  choices: Choices,
  kind: RandomKind,
  depth: number,
  grammar: Grammar = FULL_GRAMMAR,
): string {
  const pick = (list: readonly string[]): string => list[choices.below(list.length)] ?? '';
  const shapes = grammar.shapes[kind] ?? [];
  if (depth === 0 || shapes.length === 0 || choices.below(5) === 0) {
    return choices.below(4) < 3
      ? pick(grammar.columns[kind] ?? [])
      : pick(grammar.literals[kind] ?? grammar.columns[kind] ?? []);
  }
  const kinds = RANDOM_KINDS.filter((one) => grammar.columns[one] !== undefined);
  const any = kinds[choices.below(kinds.length)] ?? kind;
  return pick(shapes).replace(/\{(\w+)\}/g, (_, name: string) => {
    const inner = name === 'same' ? kind : name === 'any' ? any : (name as RandomKind);
    const text = randomExpression(choices, inner, depth - 1, grammar);
    return /^[\w.']*$/.test(text) ? text : `(${text})`;
  });
}
