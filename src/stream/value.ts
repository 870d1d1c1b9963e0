import type { Column } from './column.ts';
import { EXACT_LIMIT, isNull } from './column.ts';
import type { DataType, Schema } from './types.ts';

/**
 * One cell as a plain value, for the edges of the system: tests, files, the screen. By type: BOOLEAN boolean; INT, DATE
 * (days), TIME (ms of the day), TIMESTAMP (epoch ms), DOUBLE number; BIGINT number, or bigint beyond ±2^53; DECIMAL its
 * digits as a string; STRING string; BYTES Uint8Array; ARRAY an array; MAP and ROW a Map in order. NULL is null.
 */
export type Value =
  null | boolean | number | bigint | string | Uint8Array | readonly Value[] | ReadonlyMap<string, Value>;

/** What JSON can hold of a `Value`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function cell(column: Column, type: DataType, row: number): Value {
  if (isNull(column.nulls, row)) return null;
  switch (column.kind) {
    case 'bool':
      return column.values[row] === 1;
    case 'int':
    case 'float':
      return column.values[row]!;
    case 'long': {
      return narrowed(column.values[row]!);
    }
    case 'decimal':
      return formatDecimal(column.values[row]!, type.kind === 'DECIMAL' ? type.scale : 0);
    case 'text':
      return column.dictionary[column.ids[row]!]!;
    case 'bytes':
      return column.dictionary[column.ids[row]!]!;
    case 'list': {
      const items: Value[] = [];
      const element = type.kind === 'ARRAY' ? type.element : type;
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) items.push(cell(column.child, element, i));
      return items;
    }
    case 'map': {
      const entries = new Map<string, Value>();
      const valueType = type.kind === 'MAP' ? type.value : type;
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) {
        entries.set(column.keys.dictionary[column.keys.ids[i]!]!, cell(column.child, valueType, i));
      }
      return entries;
    }
    case 'row': {
      const fields = new Map<string, Value>();
      if (type.kind !== 'ROW') return fields;
      type.fields.forEach((field, i) => fields.set(field.name, cell(column.children[i]!, field.type, row)));
      return fields;
    }
  }
}

/** A BIGINT as a number while it is within ±2^53, so that no layout shows. */
export function narrowed(value: bigint): number | bigint {
  const near = Number(value);
  return Math.abs(near) <= EXACT_LIMIT && BigInt(near) === value ? near : value;
}

/** `unscaled` / 10^`scale`, with exactly `scale` digits behind the point. */
export function formatDecimal(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * A value as the outside contract writes it: whole numbers beyond 2^53, decimals, NaN and infinities as strings, times
 * as ms, DATE as `yyyy-mm-dd`, bytes as base64, NULL as null.
 */
export function toJson(value: Value, type: DataType): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (type.kind === 'DATE') return isoDate(value);
    return Number.isFinite(value) ? value : String(value);
  }
  if (value instanceof Uint8Array) return base64(value);
  if (isArray(value)) {
    const element = type.kind === 'ARRAY' ? type.element : type;
    return value.map((item) => toJson(item, element));
  }
  const entries: [string, Json][] = [];
  for (const [name, item] of value) {
    const itemType = type.kind === 'ROW' ? type.fields.find((field) => field.name === name)?.type : undefined;
    entries.push([name, toJson(item, itemType ?? (type.kind === 'MAP' ? type.value : type))]);
  }
  return Object.fromEntries(entries);
}

/** One row of a batch as a plain object, in the schema's order. Own properties only, whatever the columns are called. */
export function rowToJson(columns: readonly Column[], schema: Schema, row: number): { readonly [name: string]: Json } {
  const entries = schema.fields.map(
    (field, i) => [field.name, toJson(cell(columns[i]!, field.type, row), field.type)] as const,
  );
  return Object.fromEntries(entries);
}

function isArray(value: readonly Value[] | ReadonlyMap<string, Value>): value is readonly Value[] {
  return Array.isArray(value);
}

/** Days since 1970 as `yyyy-mm-dd`. */
export function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().replace(/T.*/, '');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64[word >> 18]! + BASE64[(word >> 12) & 63]!;
    text += i + 1 < bytes.length ? BASE64[(word >> 6) & 63]! : '=';
    text += i + 2 < bytes.length ? BASE64[word & 63]! : '=';
  }
  return text;
}
