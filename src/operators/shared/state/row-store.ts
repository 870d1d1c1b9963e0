import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column } from '../../../stream/column.ts';
import { nullBitmap, setNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Field, Schema } from '../../../stream/types.ts';
import { RowColumns } from './row-columns.ts';
import type { Rows } from './stored-column.ts';
import { widened } from './stored-column.ts';

/** In place of a row's handle: there is no row, its columns are NULL. */
export const NO_ROW = -1;

const FIRST_CAPACITY = 16;

/** Whole rows that an operator keeps. The handle of a row is used again once it was released. */
export class RowStore {
  readonly fields: readonly Field[];
  private readonly stored: RowColumns;
  /** Handles to be used again, the last first: their memory is the warmest. */
  private free = new Int32Array(0);
  private freeCount = 0;
  private next = 0;
  private capacity = 0;

  constructor(schema: Schema) {
    this.fields = schema.fields;
    this.stored = new RowColumns(schema);
    this.reserve(FIRST_CAPACITY);
  }

  private reserve(capacity: number): void {
    this.capacity = capacity;
    this.free = widened(this.free, capacity);
    this.stored.reserve(capacity);
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
    const stored = this.stored.columns;
    for (let i = 0; i < stored.length; i++) stored[i]!.put(handle, columns[i]!, row);
    return handle;
  }

  /** Puts many rows at once, and their handles into `handles`, which is as long as they are many. */
  putRows(columns: readonly Column[], rows: Rows, handles: Int32Array): void {
    this.takeMany(handles);
    this.stored.putRows(columns, rows, handles);
  }

  release(handle: number): void {
    for (const column of this.stored.columns) column.clear(handle);
    this.free[this.freeCount++] = handle;
  }

  releaseRows(handles: Int32Array): void {
    this.stored.clearRows(handles);
    this.free.set(handles, this.freeCount);
    this.freeCount += handles.length;
  }

  /** Appends the row's values, one a builder from `at` on. */
  appendTo(builders: readonly ColumnBuilder[], at: number, handle: number): void {
    this.stored.columns.forEach((column, i) => column.appendTo(builders[at + i]!, handle));
  }

  /** The rows of the handles, in their order, as columns of their own in lent arrays; NULL throughout for `NO_ROW`. */
  gather(handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    let signs = 0;
    for (let i = 0; i < handles.length; i++) signs |= handles[i]!;
    if (signs >= 0) return this.stored.gather(handles, buffers);
    const missing = nullBitmap(handles.length);
    const present = handles.map((handle, i) => {
      if (handle !== NO_ROW) return handle;
      setNull(missing, i);
      return 0;
    });
    return this.stored.gather(present, buffers).map((column) => withNulls(column, missing));
  }

  /** The same of the columns `which`. */
  gatherColumns(which: readonly number[], handles: Int32Array, buffers: Buffers = FRESH_BUFFERS): Column[] {
    return this.stored.gatherColumns(which, handles, buffers);
  }

  get rows(): number {
    return this.next - this.freeCount;
  }

  get bytes(): number {
    return this.stored.bytesOf(this.rows);
  }

  write(writer: StateWriter, handle: number): void {
    for (const column of this.stored.columns) column.write(writer, handle);
  }

  read(reader: StateReader): number {
    const handle = this.take();
    for (const column of this.stored.columns) column.read(reader, handle);
    return handle;
  }

  /** Writes many rows at once, column by column. The bytes depend on the rows and their order alone. */
  writeRows(writer: StateWriter, handles: Int32Array): void {
    this.stored.writeRows(writer, handles);
  }

  /** Reads as many rows as there are places in `handles`, which are then theirs. */
  readRows(reader: StateReader, handles: Int32Array): void {
    this.takeMany(handles);
    this.stored.readRows(reader, handles);
  }
}

/** The column with more rows NULL. */
function withNulls(column: Column, missing: Uint8Array): Column {
  const { nulls } = column;
  return { ...column, nulls: nulls === null ? missing : missing.map((bits, i) => bits | nulls[i]!) };
}
