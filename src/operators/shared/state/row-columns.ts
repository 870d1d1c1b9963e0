import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column } from '../../../stream/column.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { StoredCollections } from './stored-collections.ts';
import type { Rows, StoredColumn } from './stored-column.ts';
import { StoredBigints, StoredBooleans, StoredDecimals, StoredFloats, StoredInts } from './stored-numbers.ts';
import { StoredTexts } from './stored-texts.ts';

/** Whole rows, copied out of their batches into columns by handle. Which handles are in use is the caller's affair. */
export class RowColumns {
  readonly columns: readonly StoredColumn[];

  constructor(schema: Schema) {
    this.columns = schema.fields.map((field) => storedColumn(field.type));
  }

  /** Makes room for handles below `capacity`. */
  reserve(capacity: number): void {
    for (const stored of this.columns) stored.reserve(capacity);
  }

  /** Puts as many rows as there are handles. */
  putRows(columns: readonly Column[], rows: Rows, handles: Int32Array): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.putRows(columns[i]!, rows, handles);
  }

  clearRows(handles: Int32Array): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.clearRows(handles);
  }

  /** The rows of the handles, in their order, as columns of their own in lent arrays. */
  gather(handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    return this.columns.map((stored) => stored.gather(handles, buffers));
  }

  /** The same of the columns `which`. */
  gatherColumns(which: readonly number[], handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    return which.map((column) => this.columns[column]!.gather(handles, buffers));
  }

  /** Bytes of so many rows that are kept here. */
  bytesOf(rows: number): number {
    let bytes = rows * (8 + this.columns.length * 9);
    for (const stored of this.columns) bytes += stored.textBytes;
    return bytes;
  }

  /** Writes many rows at once, column by column. The bytes depend on the rows and their order alone. */
  writeRows(writer: StateWriter, handles: Int32Array): void {
    for (const stored of this.columns) stored.writeRows(writer, handles);
  }

  /** Reads as many rows as there are handles. */
  readRows(reader: StateReader, handles: Int32Array): void {
    for (const stored of this.columns) stored.readRows(reader, handles);
  }
}

function storedColumn(type: DataType): StoredColumn {
  switch (type.kind) {
    case 'INT':
    case 'DATE':
    case 'TIME':
      return new StoredInts();
    case 'DOUBLE':
    case 'TIMESTAMP':
      return new StoredFloats();
    case 'BIGINT':
      return new StoredBigints();
    case 'BOOLEAN':
      return new StoredBooleans();
    case 'DECIMAL':
      return new StoredDecimals();
    case 'STRING':
      return new StoredTexts();
    case 'ARRAY':
    case 'MAP':
    case 'ROW':
    case 'BYTES':
      return new StoredCollections(type);
  }
}
