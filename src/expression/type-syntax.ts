import type { DataType, Field } from '../stream/types.ts';
import { BIGINT, BOOLEAN, BYTES, DATE, DOUBLE, INT, STRING, TIME, TIMESTAMP, decimal, field } from '../stream/types.ts';
import { closestName } from './expression-problem.ts';
import type { TokenStream } from './token-stream.ts';

/** Largest precision of a DECIMAL, as in Flink. */
export const MAX_PRECISION = 38;

const SIMPLE_TYPES = new Map<string, DataType>([
  ['BOOLEAN', BOOLEAN],
  ['INT', INT],
  ['INTEGER', INT],
  ['BIGINT', BIGINT],
  ['DOUBLE', DOUBLE],
  ['STRING', STRING],
  ['BYTES', BYTES],
  ['DATE', DATE],
  ['TIME', TIME],
  ['TIMESTAMP', TIMESTAMP],
  ['TIMESTAMP_LTZ', TIMESTAMP],
]);

/** Types of Flink that Tidemark has not, and what to write instead. */
const OTHER_TYPES = new Map([
  ['TINYINT', 'INT'],
  ['SMALLINT', 'INT'],
  ['FLOAT', 'DOUBLE'],
  ['REAL', 'DOUBLE'],
  ['CHAR', 'STRING'],
  ['VARCHAR', 'STRING'],
  ['BINARY', 'BYTES'],
  ['VARBINARY', 'BYTES'],
  ['TEXT', 'STRING'],
  ['LONG', 'BIGINT'],
  ['BOOL', 'BOOLEAN'],
  ['DATETIME', 'TIMESTAMP'],
]);

/** A type as `typeName` writes it: `DECIMAL(10, 2)`, `ARRAY<STRING>`, `MAP<STRING, INT>`, `ROW<a INT>`, `TIMESTAMP(3)`. */
export function parseType(stream: TokenStream): DataType {
  const token = stream.token;
  const word = token.upper;
  if (word === '') {
    stream.unexpected('Expected a type', 'Write a type, such as STRING or BIGINT');
    return STRING;
  }
  stream.next();
  switch (word) {
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
      return parseDecimal(stream);
    case 'ARRAY':
      return { kind: 'ARRAY', element: angled(stream, () => parseType(stream)) };
    case 'MAP':
      return { kind: 'MAP', value: angled(stream, () => parseMapTypes(stream)) };
    case 'ROW':
      return { kind: 'ROW', fields: angled(stream, () => parseFields(stream)) };
    default:
  }
  const simple = SIMPLE_TYPES.get(word);
  if (simple === undefined) {
    const instead =
      OTHER_TYPES.get(word) ?? closestName(word, [...SIMPLE_TYPES.keys(), 'DECIMAL', 'ARRAY', 'MAP', 'ROW']);
    const fix =
      instead === null
        ? 'Use one of BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL, STRING, BYTES, DATE, TIME, TIMESTAMP'
        : `Did you mean ${instead}?`;
    stream.problem(`There is no type ${token.text}.`, fix, token.span, 'unknown-type');
    if (stream.acceptSymbol('(')) stream.list(')', 'after the length');
    return SIMPLE_TYPES.get(instead ?? '') ?? STRING;
  }
  if (word === 'DOUBLE') stream.acceptWord('PRECISION');
  if (word === 'TIME' || word.startsWith('TIMESTAMP')) parseTimePrecision(stream);
  return simple;
}

function parseDecimal(stream: TokenStream): DataType {
  const from = stream.token.span.from;
  if (!stream.acceptSymbol('(')) return decimal(10, 0);
  const precision = parseWhole(stream);
  const scale = stream.acceptSymbol(',') ? parseWhole(stream) : 0;
  stream.expectSymbol(')', 'after the scale');
  if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
    const message = `DECIMAL(${precision}, ${scale}) is impossible.`;
    stream.problem(
      message,
      `Precision is 1 to ${MAX_PRECISION}, scale 0 to the precision`,
      stream.spanFrom(from),
      'unknown-type',
    );
    return decimal(MAX_PRECISION, 0);
  }
  return decimal(precision, scale);
}

/** Times are milliseconds whatever is written here, so up to three digits are taken. */
function parseTimePrecision(stream: TokenStream): void {
  if (stream.acceptSymbol('(')) {
    const span = stream.token.span;
    const digits = parseWhole(stream);
    stream.expectSymbol(')', 'after the digits');
    if (digits > 3)
      stream.problem(
        `Times have 3 digits behind the second, not ${digits}.`,
        'Write 3, or leave it out',
        span,
        'unknown-type',
      );
  }
  if (stream.isWord('WITHOUT') && stream.isWord('TIME', 1) && stream.isWord('ZONE', 2))
    for (let i = 0; i < 3; i++) stream.next();
}

function parseMapTypes(stream: TokenStream): DataType {
  const span = stream.token.span;
  const key = parseType(stream);
  if (key.kind !== 'STRING') stream.problem('Keys of a map are STRING.', 'Write MAP<STRING, …>', span, 'unknown-type');
  stream.expectSymbol(',', 'between the types of key and value');
  return parseType(stream);
}

function parseFields(stream: TokenStream): Field[] {
  const fields: Field[] = [];
  do {
    const name = stream.expectName('the name of a field');
    if (name === null) break;
    const type = parseType(stream);
    const notNull = stream.isWord('NOT') && stream.isWord('NULL', 1);
    if (notNull) for (let i = 0; i < 2; i++) stream.next();
    if (fields.some((other) => other.name === name.text)) {
      stream.problem(`The field ${name.text} is there twice.`, 'Rename one of them', name.span, 'unknown-type');
    } else fields.push(field(name.text, type, !notNull));
  } while (stream.acceptSymbol(','));
  return fields;
}

function angled<T>(stream: TokenStream, inner: () => T): T {
  stream.expectSymbol('<', 'before the inner type');
  const result = inner();
  stream.expectSymbol('>', 'after the inner type');
  return result;
}

function parseWhole(stream: TokenStream): number {
  const token = stream.token;
  if (token.type !== 'number' || !/^\d{1,9}$/u.test(token.text)) {
    stream.unexpected('Expected a whole number', 'Write digits only');
    return 0;
  }
  stream.next();
  return Number(token.text);
}
