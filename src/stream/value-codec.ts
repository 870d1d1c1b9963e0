import type { Column } from './column.ts';
import { isNull } from './column.ts';
import type { StateReader, StateWriter } from './state-codec.ts';
import type { DataType } from './types.ts';
import type { Value } from './value.ts';

/** Writes one cell of any type, nested ones included. */
export function writeCell(writer: StateWriter, column: Column, row: number): void {
  if (isNull(column.nulls, row)) {
    writer.u8(0);
    return;
  }
  writer.u8(1);
  switch (column.kind) {
    case 'bool':
      writer.u8(column.values[row]!);
      break;
    case 'int':
    case 'float':
      writer.u8(0);
      writer.f64(column.values[row]!);
      break;
    case 'long': {
      writer.u8(1);
      writer.bigint(column.values[row]!);
      break;
    }
    case 'decimal':
      writer.bigint(column.values[row]!);
      break;
    case 'text':
      writer.text(column.dictionary[column.ids[row]!]!);
      break;
    case 'bytes':
      writer.raw(column.dictionary[column.ids[row]!]!);
      break;
    case 'list':
      writer.u32(column.offsets[row + 1]! - column.offsets[row]!);
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) writeCell(writer, column.child, i);
      break;
    case 'map':
      writer.u32(column.offsets[row + 1]! - column.offsets[row]!);
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) {
        writer.text(column.keys.dictionary[column.keys.ids[i]!]!);
        writeCell(writer, column.child, i);
      }
      break;
    case 'row':
      for (const child of column.children) writeCell(writer, child, row);
      break;
  }
}

/** Reads what `writeCell` wrote, as a column builder of the type takes it: DECIMAL as its unscaled bigint. */
export function readCell(reader: StateReader, type: DataType): Value {
  if (reader.u8() === 0) return null;
  switch (type.kind) {
    case 'BOOLEAN':
      return reader.u8() === 1;
    case 'DECIMAL':
      return reader.bigint();
    case 'STRING':
      return reader.text();
    case 'BYTES':
      return reader.raw();
    case 'ARRAY': {
      const { element } = type;
      return Array.from({ length: reader.u32() }, () => readCell(reader, element));
    }
    case 'MAP': {
      const { value } = type;
      return new Map(Array.from({ length: reader.u32() }, () => [reader.text(), readCell(reader, value)] as const));
    }
    case 'ROW':
      return new Map(type.fields.map((field) => [field.name, readCell(reader, field.type)] as const));
    default:
      return reader.u8() === 1 ? reader.bigint() : reader.f64();
  }
}
