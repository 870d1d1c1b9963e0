import type { Column } from '../../../stream/column.ts';
import type { DataType, Field } from '../../../stream/types.ts';
import type { Scalar } from './scalar-table.ts';
import { scalarAt } from './scalar-table.ts';

const scratch = new DataView(new ArrayBuffer(8));

/**
 * The key of one row as Kafka's serializers write it, the columns one after the other: a character of 0 to 255 for each
 * byte, so that `<` orders keys as its stores do. Whole numbers are big-endian two's complement (`IntegerSerializer`,
 * `LongSerializer`), so that negative ones stand behind the others; strings are UTF-8. NULL has no bytes.
 */
export function keyBytesAt(columns: readonly Column[], fields: readonly Field[], row: number): string {
  let bytes = '';
  for (let i = 0; i < fields.length; i++) bytes += scalarBytes(scalarAt(columns[i]!, row), fields[i]!.type);
  return bytes;
}

/** The same of values. */
export function keyBytesOf(values: readonly Scalar[], fields: readonly Field[]): string {
  return fields.map((field, i) => scalarBytes(values[i] ?? null, field.type)).join('');
}

function scalarBytes(value: Scalar, type: DataType): string {
  if (value === null) return '';
  switch (type.kind) {
    case 'BOOLEAN':
      return value === true ? '\x01' : '\x00';
    case 'INT':
    case 'DATE':
    case 'TIME':
      scratch.setInt32(0, Number(value));
      return scratchBytes(4);
    case 'BIGINT':
    case 'TIMESTAMP':
      scratch.setBigInt64(0, BigInt(value));
      return scratchBytes(8);
    case 'DOUBLE':
      scratch.setFloat64(0, Number(value));
      return scratchBytes(8);
    case 'DECIMAL':
      // Both halves of 128 bits: enough for 38 digits.
      scratch.setBigInt64(0, BigInt(value) >> 64n);
      return scratchBytes(8) + lowBytes(BigInt(value));
    case 'STRING':
      return utf8(String(value));
    default:
      return String(value);
  }
}

function lowBytes(value: bigint): string {
  scratch.setBigUint64(0, BigInt.asUintN(64, value));
  return scratchBytes(8);
}

function scratchBytes(count: number): string {
  let bytes = '';
  for (let i = 0; i < count; i++) bytes += String.fromCharCode(scratch.getUint8(i));
  return bytes;
}

function utf8(text: string): string {
  let bytes = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes += character;
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), tail(code));
    // String.getBytes (Java): half a surrogate pair is a question mark
    else if (code >= 0xd800 && code < 0xe000) bytes += '?';
    else if (code < 0x10000) bytes += String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes += String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
