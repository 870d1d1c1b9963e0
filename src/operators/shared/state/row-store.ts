import type { Column } from '../../../stream/column.ts';
import { columnBytes } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { readCell, writeCell } from '../../../stream/value-codec.ts';
import { grownFloats } from '../aggregates/grow.ts';
import type { Scalar } from './scalar-table.ts';
import { readScalar, scalarAt, writeScalar } from './scalar-table.ts';

/**
 * Whole rows that an operator keeps, copied out of their batches. A row is known by a handle, which is used again once
 * the row was released.
 */
export class RowStore {
  private readonly columns: readonly StoredColumn[];
  private readonly free: number[] = [];
  private next = 0;

  constructor(schema: Schema) {
    this.columns = schema.fields.map((field) => storedColumn(field.type));
  }

  put(columns: readonly Column[], row: number): number {
    const handle = this.free.pop() ?? this.next++;
    this.columns.forEach((stored, i) => stored.put(handle, columns[i]!, row));
    return handle;
  }

  release(handle: number): void {
    for (const stored of this.columns) stored.clear(handle);
    this.free.push(handle);
  }

  /** Appends the row's values, one a builder from `at` on. */
  appendTo(builders: readonly ColumnBuilder[], at: number, handle: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.appendTo(builders[at + i]!, handle);
  }

  get rows(): number {
    return this.next - this.free.length;
  }

  get bytes(): number {
    let bytes = this.rows * (8 + this.columns.length * 9);
    for (const stored of this.columns) bytes += stored.textBytes;
    return bytes;
  }

  write(writer: StateWriter, handle: number): void {
    for (const stored of this.columns) stored.write(writer, handle);
  }

  read(reader: StateReader): number {
    const handle = this.free.pop() ?? this.next++;
    for (const stored of this.columns) stored.read(reader, handle);
    return handle;
  }
}

interface StoredColumn {
  /** Bytes beside the fixed ones: of texts and collections. */
  readonly textBytes: number;
  put(handle: number, column: Column, row: number): void;
  clear(handle: number): void;
  appendTo(builder: ColumnBuilder, handle: number): void;
  write(writer: StateWriter, handle: number): void;
  read(reader: StateReader, handle: number): void;
}

function storedColumn(type: DataType): StoredColumn {
  switch (type.kind) {
    case 'INT':
    case 'DOUBLE':
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      return new StoredNumbers();
    case 'ARRAY':
    case 'MAP':
    case 'ROW':
    case 'BYTES':
      return new StoredCollections(type);
    default:
      return new StoredScalars();
  }
}

/** Numbers and times in doubles, NULL as a flag. */
class StoredNumbers implements StoredColumn {
  readonly textBytes = 0;
  private values = new Float64Array(16);
  private readonly nulls = new Set<number>();

  put(handle: number, column: Column, row: number): void {
    const value = scalarAt(column, row);
    if (handle >= this.values.length) this.values = grownFloats(this.values, handle + 1) as Float64Array<ArrayBuffer>;
    if (typeof value === 'number') this.values[handle] = value;
    else this.nulls.add(handle);
  }

  clear(handle: number): void {
    if (this.nulls.size > 0) this.nulls.delete(handle);
  }

  appendTo(builder: ColumnBuilder, handle: number): void {
    if (this.nulls.size > 0 && this.nulls.has(handle)) builder.appendNull();
    else builder.append(this.values[handle]!);
  }

  write(writer: StateWriter, handle: number): void {
    writeScalar(writer, this.nulls.has(handle) ? null : this.values[handle]!);
  }

  read(reader: StateReader, handle: number): void {
    const value = readScalar(reader);
    if (handle >= this.values.length) this.values = grownFloats(this.values, handle + 1) as Float64Array<ArrayBuffer>;
    if (typeof value === 'number') this.values[handle] = value;
    else this.nulls.add(handle);
  }
}

/** BOOLEAN, BIGINT, DECIMAL and STRING. */
class StoredScalars implements StoredColumn {
  textBytes = 0;
  private readonly values: Scalar[] = [];

  put(handle: number, column: Column, row: number): void {
    this.keep(handle, scalarAt(column, row));
  }

  private keep(handle: number, value: Scalar): void {
    this.values[handle] = value;
    if (typeof value === 'string') this.textBytes += value.length * 2;
  }

  clear(handle: number): void {
    const value = this.values[handle];
    if (typeof value === 'string') this.textBytes -= value.length * 2;
    this.values[handle] = null;
  }

  appendTo(builder: ColumnBuilder, handle: number): void {
    builder.append(this.values[handle]!);
  }

  write(writer: StateWriter, handle: number): void {
    writeScalar(writer, this.values[handle]!);
  }

  read(reader: StateReader, handle: number): void {
    this.keep(handle, readScalar(reader));
  }
}

/** Collections and bytes: one column of one row each. */
class StoredCollections implements StoredColumn {
  textBytes = 0;
  private readonly values: (Column | null)[] = [];
  private readonly type: DataType;

  constructor(type: DataType) {
    this.type = type;
  }

  put(handle: number, column: Column, row: number): void {
    const builder = columnBuilder(this.type);
    builder.appendFrom(column, row);
    this.keep(handle, builder.finish());
  }

  private keep(handle: number, value: Column): void {
    this.values[handle] = value;
    this.textBytes += columnBytes(value);
  }

  clear(handle: number): void {
    const value = this.values[handle];
    if (value !== null && value !== undefined) this.textBytes -= columnBytes(value);
    this.values[handle] = null;
  }

  appendTo(builder: ColumnBuilder, handle: number): void {
    builder.appendFrom(this.values[handle]!, 0);
  }

  write(writer: StateWriter, handle: number): void {
    writeCell(writer, this.values[handle]!, 0);
  }

  read(reader: StateReader, handle: number): void {
    const builder = columnBuilder(this.type);
    builder.append(readCell(reader, this.type));
    this.keep(handle, builder.finish());
  }
}
