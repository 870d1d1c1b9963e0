import type { DataType } from '../stream/types.ts';
import { EXACT_LIMIT } from '../stream/column.ts';
import { type Value, formatDecimal } from '../stream/value.ts';
import { DAY_MS, formatDate, formatTime, formatTimestamp, parseDate, parseTime, parseTimestamp } from './civil-time.ts';
import { decimalToNumber, fitsPrecision, parseDecimal, powerOfTen, rescale } from './decimal.ts';
import { RowFailure } from './functions/definition.ts';
import { decodeUtf8, encodeUtf8, javaDouble } from './text.ts';
import type { ExprType } from './expr-type.ts';
import { exprTypeName, isDataType } from './expr-type.ts';

/**
 * CAST of one value that is not NULL, by the rules of Flink 2.0 (`org.apache.flink.table.planner.functions.casting`):
 * text is trimmed and must be whole, times must exist in the calendar, numbers narrow as in Java (whole numbers wrap,
 * doubles saturate), a DECIMAL that does not fit is NULL.
 */
export function castValue(value: NonNullable<Value>, from: ExprType, to: ExprType): Value | RowFailure {
  switch (to.kind) {
    case 'BOOLEAN':
      return toBoolean(value, from);
    case 'INT':
      return toInt(value, from);
    case 'BIGINT':
      return toBigint(value, from);
    case 'DOUBLE':
      return toDouble(value, from);
    case 'DECIMAL':
      return toDecimal(value, from, to);
    case 'STRING':
      return toText(value, from);
    case 'BYTES':
      return typeof value === 'string' ? encodeUtf8(value) : value;
    case 'DATE':
      if (from.kind === 'STRING') return parsed(value, parseDate, 'a date (yyyy-MM-dd)');
      return from.kind === 'TIMESTAMP' ? Math.floor(Number(value) / DAY_MS) : value;
    case 'TIME':
      if (from.kind === 'STRING') return parsed(value, parseTime, 'a time (HH:mm:ss)');
      return from.kind === 'TIMESTAMP' ? Number(value) - Math.floor(Number(value) / DAY_MS) * DAY_MS : value;
    case 'TIMESTAMP':
      if (from.kind === 'STRING') return parsed(value, parseTimestamp, 'a timestamp (yyyy-MM-dd HH:mm:ss)');
      return from.kind === 'DATE' ? Number(value) * DAY_MS : value;
    case 'ARRAY':
      return castItems(value, from, to);
    default:
      return value;
  }
}

/** Whether CAST from one type to the other is allowed at all. */
export function castable(from: ExprType, to: DataType): boolean {
  if (from.kind === 'NULL' || from.kind === 'UNKNOWN') return true;
  if (!isDataType(from)) return to.kind === 'STRING';
  const numbers = ['INT', 'BIGINT', 'DOUBLE', 'DECIMAL'];
  switch (to.kind) {
    case 'STRING':
      return true;
    case 'BOOLEAN':
    case 'INT':
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL':
      return numbers.includes(from.kind) || from.kind === 'STRING' || from.kind === 'BOOLEAN';
    case 'BYTES':
      return from.kind === 'STRING' || from.kind === 'BYTES';
    case 'DATE':
    case 'TIME':
      return from.kind === 'STRING' || from.kind === 'TIMESTAMP' || from.kind === to.kind;
    case 'TIMESTAMP':
      return from.kind === 'STRING' || from.kind === 'DATE' || from.kind === 'TIMESTAMP';
    case 'ARRAY':
      return from.kind === 'ARRAY' && castable(from.element, to.element);
    case 'MAP':
      return from.kind === 'MAP' && exprTypeName(from) === exprTypeName(to);
    case 'ROW':
      return from.kind === 'ROW' && exprTypeName(from) === exprTypeName(to);
  }
}

/** Whether an allowed CAST can fail a row: only where text or a double is read. */
export function castCanFail(from: ExprType, to: ExprType): boolean {
  if (from.kind === 'STRING') return to.kind !== 'STRING' && to.kind !== 'BYTES';
  if (from.kind === 'DOUBLE') return to.kind === 'DECIMAL';
  return from.kind === 'ARRAY' && to.kind === 'ARRAY' && castCanFail(from.element, to.element);
}

/** Whether an allowed CAST can give NULL for a value: a DECIMAL that has too many digits. */
export function castCanBeNull(from: ExprType, to: ExprType): boolean {
  if (to.kind !== 'DECIMAL') return false;
  if (from.kind === 'DECIMAL') return to.scale < from.scale || to.precision - to.scale < from.precision - from.scale;
  if (from.kind === 'INT' || from.kind === 'BIGINT') return to.precision - to.scale < (from.kind === 'INT' ? 10 : 19);
  return from.kind !== 'BOOLEAN' || to.precision === to.scale;
}

/** A BIGINT as `Value` has it: a number as long as that is exact. Wraps beyond 64 bits, as Java's long. */
export function bigintValue(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value);
  const near = Number(wrapped);
  return near <= EXACT_LIMIT && near >= -EXACT_LIMIT && BigInt(near) === wrapped ? near : wrapped;
}

function failure(value: Value, what: string): RowFailure {
  const text = String(value);
  return new RowFailure(`'${text.length > 40 ? `${text.slice(0, 40)}…` : text}' is not ${what}`);
}

/** Java's `String.trim`: all up to the blank. */
function trim(value: Value): string {
  return String(value)
    .replace(/^[\0-\x20]+/, '')
    .replace(/[\0-\x20]+$/, '');
}

function parsed(value: Value, parse: (text: string) => number | null, what: string): Value | RowFailure {
  return parse(trim(value)) ?? failure(value, what);
}

function toBoolean(value: NonNullable<Value>, from: ExprType): Value | RowFailure {
  if (from.kind !== 'STRING') return typeof value === 'boolean' ? value : Number(value) !== 0;
  // BinaryStringDataUtil.TRUE_STRINGS, FALSE_STRINGS
  const word = trim(value).toLowerCase();
  if (['t', 'true', 'y', 'yes', '1'].includes(word)) return true;
  return ['f', 'false', 'n', 'no', '0'].includes(word) ? false : failure(value, 'a BOOLEAN');
}

/** Digits with an optional fraction, which is cut off (BinaryStringDataUtil.toLong), or null. */
function parseWhole(value: Value): bigint | null {
  const match = /^([+-]?\d+)(?:\.\d*)?$/.exec(trim(value)) ?? /^([+-]?)\.\d*$/.exec(trim(value));
  if (match === null) return null;
  const digits = match[1] ?? '';
  if (digits.length > 400) return null;
  return digits === '' || digits === '-' || digits === '+' ? 0n : BigInt(digits);
}

function toInt(value: NonNullable<Value>, from: ExprType): Value | RowFailure {
  if (from.kind === 'STRING') {
    const whole = parseWhole(value);
    return whole === null || whole !== BigInt.asIntN(32, whole) ? failure(value, 'an INT') : Number(whole);
  }
  if (from.kind === 'DECIMAL') return Number(BigInt.asIntN(32, BigInt.asIntN(64, truncated(value, from.scale))));
  if (from.kind === 'DOUBLE') return saturate(Number(value), -2147483648, 2147483647);
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  return Number(value) | 0;
}

function toBigint(value: NonNullable<Value>, from: ExprType): Value | RowFailure {
  if (from.kind === 'STRING') {
    const whole = parseWhole(value);
    return whole === null || whole !== BigInt.asIntN(64, whole) ? failure(value, 'a BIGINT') : bigintValue(whole);
  }
  if (from.kind === 'DECIMAL') return bigintValue(truncated(value, from.scale));
  if (from.kind !== 'DOUBLE') return typeof value === 'bigint' ? value : Number(value);
  const number = Number(value);
  if (number >= 2 ** 63) return 2n ** 63n - 1n;
  if (number <= -(2 ** 63)) return -(2n ** 63n);
  return Number.isNaN(number) ? 0 : bigintValue(BigInt(Math.trunc(number)));
}

function truncated(value: Value, scale: number): bigint {
  return BigInt(value as bigint) / powerOfTen(scale);
}

/** Java's narrowing of a double: NaN is 0, beyond the range its end. */
function saturate(value: number, low: number, high: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(high, Math.max(low, Math.trunc(value))) + 0;
}

function toDouble(value: NonNullable<Value>, from: ExprType): Value | RowFailure {
  if (from.kind === 'DECIMAL') return decimalToNumber(value as bigint, from.scale);
  if (from.kind !== 'STRING') return Number(value);
  const text = trim(value);
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(text)) return Number(text.replace(/[dDfF]$/, ''));
  if (/^[+-]?Infinity$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?NaN$/.test(text) ? NaN : failure(value, 'a DOUBLE');
}

function toDecimal(value: NonNullable<Value>, from: ExprType, to: DataType & { kind: 'DECIMAL' }): Value | RowFailure {
  let unscaled: bigint | null;
  if (from.kind === 'DECIMAL') unscaled = rescale(value as bigint, from.scale, to.scale);
  else if (from.kind === 'STRING') unscaled = parseDecimal(trim(value), to.scale);
  else if (from.kind === 'DOUBLE') unscaled = parseDecimal(String(value), to.scale);
  else unscaled = BigInt(value as number | bigint | boolean) * powerOfTen(to.scale);
  if (unscaled === null) return failure(value, `a ${exprTypeName(to)}`);
  return fitsPrecision(unscaled, to.precision) ? unscaled : null;
}

/** As Flink prints it: TRUE, 1.0E10, 2024-01-31 10:00:00.000, [1, 2], {a=1}, (1, a). */
function toText(value: Value, from: ExprType): string {
  if (value === null) return 'NULL';
  switch (from.kind) {
    case 'BOOLEAN':
      return value === true ? 'TRUE' : 'FALSE';
    case 'DOUBLE':
      return javaDouble(Number(value));
    case 'DECIMAL':
      return formatDecimal(value as bigint, from.scale);
    case 'DATE':
      return formatDate(Number(value));
    case 'TIME':
      return formatTime(Number(value));
    case 'TIMESTAMP':
      return formatTimestamp(Number(value));
    case 'BYTES':
      return decodeUtf8(value as Uint8Array);
    case 'ARRAY':
      return `[${(value as readonly Value[]).map((item) => toText(item, from.element)).join(', ')}]`;
    case 'MAP':
      return `{${entries(value)
        .map(([key, item]) => `${key}=${toText(item, from.value)}`)
        .join(', ')}}`;
    case 'ROW':
      return `(${entries(value)
        .map(([, item], i) => toText(item, from.fields[i]?.type ?? from))
        .join(', ')})`;
    default:
      return String(value);
  }
}

function entries(value: Value): [string, Value][] {
  return [...(value as ReadonlyMap<string, Value>)];
}

function castItems(value: Value, from: ExprType, to: DataType & { kind: 'ARRAY' }): Value | RowFailure {
  if (from.kind !== 'ARRAY') return value;
  const items: Value[] = [];
  for (const item of value as readonly Value[]) {
    const result = item === null ? null : castValue(item, from.element, to.element);
    if (result instanceof RowFailure) return result;
    items.push(result);
  }
  return items;
}
