import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column } from '../../../stream/column.ts';
import { nullBitmap, setNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType, Schema } from '../../../stream/types.ts';
import { StoredCollections } from './stored-collections.ts';
import type { Rows, StoredColumn } from './stored-column.ts';
import { widened } from './stored-column.ts';
import { StoredBigints, StoredBooleans, StoredDecimals, StoredFloats, StoredInts } from './stored-numbers.ts';
import { StoredTexts } from './stored-texts.ts';

/** In place of a row's handle: there is no row, its columns are NULL. */
export const NO_ROW = -1;

const FIRST_CAPACITY = 16;

/**
 * Whole rows that an operator keeps, copied out of their batches into columns by handle. A handle is used again once its
 * row was released.
 */
export class RowStore {
  private readonly columns: readonly StoredColumn[];
  /** Handles to be used again, the last first: their memory is the warmest. */
  private free = new Int32Array(0);
  private freeCount = 0;
  private next = 0;
  private capacity = 0;

  constructor(schema: Schema) {
    this.columns = schema.fields.map((field) => storedColumn(field.type));
    this.reserve(FIRST_CAPACITY);
  }

  private reserve(capacity: number): void {
    this.capacity = capacity;
    this.free = widened(this.free, capacity);
    for (const stored of this.columns) stored.reserve(capacity);
  }

  /** Every handle is below this. */
  get handleBound(): number {
    return this.capacity;
  }

  private take(): number {
    if (this.freeCount > 0) return this.free[--this.freeCount]!;
    if (this.next === this.capacity) this.reserve(this.capacity * 2);
    return this.next++;
  }

  private takeMany(handles: Int32Array): void {
    const count = handles.length;
    const used = Math.min(count, this.freeCount);
    const { free, freeCount } = this;
    for (let i = 0; i < used; i++) handles[i] = free[freeCount - 1 - i]!;
    this.freeCount -= used;
    const { next } = this;
    this.next += count - used;
    if (this.next > this.capacity) this.reserve(Math.max(this.next, this.capacity * 2));
    for (let i = used; i < count; i++) handles[i] = next + i - used;
  }

  put(columns: readonly Column[], row: number): number {
    const handle = this.take();
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.put(handle, columns[i]!, row);
    return handle;
  }

  /** Puts many rows at once, and their handles into `handles`, which is as long as they are many. */
  putRows(columns: readonly Column[], rows: Rows, handles: Int32Array): void {
    this.takeMany(handles);
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.putRows(columns[i]!, rows, handles);
  }

  release(handle: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.clear(handle);
    this.free[this.freeCount++] = handle;
  }

  releaseRows(handles: Int32Array): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.clearRows(handles);
    this.free.set(handles, this.freeCount);
    this.freeCount += handles.length;
  }

  /** Appends the row's values, one a builder from `at` on. */
  appendTo(builders: readonly ColumnBuilder[], at: number, handle: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.appendTo(builders[at + i]!, handle);
  }

  /** The rows of the handles, in their order, as columns of their own in lent arrays; NULL throughout for `NO_ROW`. */
  gather(handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    let signs = 0;
    for (let i = 0; i < handles.length; i++) signs |= handles[i]!;
    if (signs >= 0) return this.columns.map((stored) => stored.gather(handles, buffers));
    const missing = nullBitmap(handles.length);
    const present = handles.map((handle, i) => {
      if (handle !== NO_ROW) return handle;
      setNull(missing, i);
      return 0;
    });
    return this.columns.map((stored) => withNulls(stored.gather(present, buffers), missing));
  }

  /** The same of the columns `which`. */
  gatherColumns(which: readonly number[], handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    return which.map((column) => this.columns[column]!.gather(handles, buffers));
  }

  get rows(): number {
    return this.next - this.freeCount;
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
    const handle = this.take();
    for (const stored of this.columns) stored.read(reader, handle);
    return handle;
  }

  /** Writes many rows at once, column by column. The bytes depend on the rows and their order alone. */
  writeRows(writer: StateWriter, handles: Int32Array): void {
    for (const stored of this.columns) stored.writeRows(writer, handles);
  }

  /** Reads as many rows as there are places in `handles`, which are then theirs. */
  readRows(reader: StateReader, handles: Int32Array): void {
    this.takeMany(handles);
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

/** The column with more rows NULL. */
function withNulls(column: Column, missing: Uint8Array): Column {
  const { nulls } = column;
  return { ...column, nulls: nulls === null ? missing : missing.map((bits, i) => bits | nulls[i]!) };
}
