import type { Column } from '../../../stream/column.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import { compareNumbers, compareText } from '../../../stream/compare.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType } from '../../../stream/types.ts';
import type { Value } from '../../../stream/value.ts';
import { narrowed } from '../../../stream/value.ts';
import type { Scalar } from '../state/scalar-table.ts';

/**
 * One cell of any type, as a column builder takes it and the same whatever the column's layout: DECIMAL as its unscaled
 * bigint, BIGINT as bigint only beyond ±2^53, a ROW as a Map by the place of each field.
 */
export function valueAt(column: Column, row: number): Value {
  if (isNull(column.nulls, row)) return null;
  switch (column.kind) {
    case 'bool':
      return column.values[row] === 1;
    case 'int':
    case 'float':
      return column.values[row]!;
    case 'long':
      return narrowed(column.values[row]!);
    case 'decimal':
      return column.values[row]!;
    case 'text':
      return column.dictionary[column.ids[row]!]!;
    case 'bytes':
      return column.dictionary[column.ids[row]!]!;
    case 'list':
      return range(column.offsets, row).map((i) => valueAt(column.child, i));
    case 'map':
      return new Map(
        range(column.offsets, row).map((i) => [column.keys.dictionary[column.keys.ids[i]!]!, valueAt(column.child, i)]),
      );
    case 'row':
      return new Map(column.children.map((child, i) => [String(i), valueAt(child, row)]));
  }
}

function range(offsets: Int32Array, row: number): readonly number[] {
  const from = offsets[row]!;
  return Array.from({ length: offsets[row + 1]! - from }, (_, i) => from + i);
}

/** A column of one row that holds the value. */
export function columnOf(type: DataType, value: Value): Column {
  const builder: ColumnBuilder = columnBuilder(type);
  builder.append(value);
  return builder.finish();
}

/** The same for equal values of one type and for no others: -0 equals 0, NaN itself, maps whatever their order. */
export function identityOf(value: Value): Scalar {
  if (typeof value === 'number') return value + 0;
  return typeof value === 'object' && value !== null ? encoded(value) : value;
}

function encoded(value: Value): string {
  if (value === null) return 'n';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value + 0);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `x${value.join('.')}`;
  if (isArray(value)) return `[${value.map(encoded).join(',')}]`;
  const entries = [...value].map(([key, item]) => `${JSON.stringify(key)}:${encoded(item)}`);
  return `{${entries.sort().join(',')}}`;
}

/** Order of two values of one type, neither NULL: texts by code point, NaN above all numbers, rows by their first field. */
export function compareValues(a: Value, b: Value): number {
  if (a instanceof Map && b instanceof Map) return compareValues(rankOf(a), rankOf(b));
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b);
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

/** What a value is ranked by: of a row its first field. */
export function rankOf(value: Value): Value {
  return value instanceof Map ? ((value as ReadonlyMap<string, Value>).values().next().value ?? null) : value;
}

/** Bytes that a value takes: eight a number, two a character. */
export function bytesOf(value: Value): number {
  if (typeof value === 'string') return value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Uint8Array) return value.length;
  if (isArray(value)) return value.reduce<number>((sum, item) => sum + bytesOf(item), 8);
  let sum = 8;
  for (const [key, item] of value) sum += key.length * 2 + bytesOf(item);
  return sum;
}

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const BIGINT = 4;
const TEXT = 5;
const BYTES = 6;
const LIST = 7;
const MAP = 8;

export function writeValue(writer: StateWriter, value: Value): void {
  if (value === null) writer.u8(NULL);
  else if (typeof value === 'boolean') writer.u8(value ? TRUE : FALSE);
  else if (typeof value === 'number') {
    writer.u8(NUMBER);
    writer.f64(value);
  } else if (typeof value === 'bigint') {
    writer.u8(BIGINT);
    writer.bigint(value);
  } else if (typeof value === 'string') {
    writer.u8(TEXT);
    writer.text(value);
  } else if (value instanceof Uint8Array) {
    writer.u8(BYTES);
    writer.raw(value);
  } else if (isArray(value)) {
    writer.u8(LIST);
    writer.u32(value.length);
    for (const item of value) writeValue(writer, item);
  } else {
    writer.u8(MAP);
    writer.u32(value.size);
    for (const [key, item] of value) {
      writer.text(key);
      writeValue(writer, item);
    }
  }
}

export function readValue(reader: StateReader): Value {
  switch (reader.u8()) {
    case NULL:
      return null;
    case FALSE:
      return false;
    case TRUE:
      return true;
    case NUMBER:
      return reader.f64();
    case BIGINT:
      return reader.bigint();
    case TEXT:
      return reader.text();
    case BYTES:
      return reader.raw();
    case LIST:
      return Array.from({ length: reader.u32() }, () => readValue(reader));
    default:
      return new Map(Array.from({ length: reader.u32() }, () => [reader.text(), readValue(reader)] as const));
  }
}

function isArray(value: NonNullable<Value>): value is readonly Value[] {
  return Array.isArray(value);
}
