import type { Buffers } from '../../../stream/buffers.ts';
import type { Column, Nulls } from '../../../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { Scalar } from './scalar-table.ts';
import { readScalar, scalarAt, writeScalar } from './scalar-table.ts';

/** Rows of a batch, in order: physical rows, or null for the first ones that there are. */
export type Rows = Int32Array | null;

/**
 * One column of a `RowStore`: values by the handle of their row. There is room for every handle, as `reserve` saw to; a
 * value is put where none is, and cleared before its handle is used again.
 */
export interface StoredColumn {
  /** Bytes beside the fixed ones: of texts and collections that are alive. */
  readonly textBytes: number;
  /** Makes room for handles below `capacity`. */
  reserve(capacity: number): void;
  put(handle: number, column: Column, row: number): void;
  /** Puts as many rows as there are handles. */
  putRows(column: Column, rows: Rows, handles: Int32Array): void;
  clear(handle: number): void;
  clearRows(handles: Int32Array): void;
  appendTo(builder: ColumnBuilder, handle: number): void;
  /** The values of the handles as a column of its own, in lent arrays. */
  gather(handles: Int32Array, buffers: Buffers): Column;
  write(writer: StateWriter, handle: number): void;
  read(reader: StateReader, handle: number): void;
  /** Writes many values at once: bytes that depend on the values alone. */
  writeRows(writer: StateWriter, handles: Int32Array): void;
  readRows(reader: StateReader, handles: Int32Array): void;
}

/** A column of scalar values. What is NULL stands apart from the values, under which lies then what `putNothing` left. */
export abstract class StoredScalars implements StoredColumn {
  textBytes = 0;
  /** 1 by the handle of each NULL. No longer than it has to be: most columns have none. */
  private nullFlags = new Uint8Array(0);
  private nullCount = 0;
  private capacity = 0;

  reserve(capacity: number): void {
    this.capacity = capacity;
    if (this.nullFlags.length > 0) this.nullFlags = widened(this.nullFlags, capacity);
    this.grow(capacity);
  }

  protected abstract grow(capacity: number): void;
  protected abstract putValue(handle: number, value: NonNullable<Scalar>): void;
  protected abstract putNothing(handle: number): void;
  /** Puts the values of a column's rows, whatever lies under a NULL. False where the column is laid out in another way. */
  protected abstract putValues(column: Column, rows: Rows, handles: Int32Array): boolean;
  protected abstract valueOf(handle: number): NonNullable<Scalar>;
  protected abstract columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column;
  protected abstract writeValues(writer: StateWriter, handles: Int32Array): void;
  protected abstract readValues(reader: StateReader, handles: Int32Array): void;

  put(handle: number, column: Column, row: number): void {
    this.putScalar(handle, scalarAt(column, row));
  }

  private putScalar(handle: number, value: Scalar): void {
    if (value === null) this.putNull(handle);
    else this.putValue(handle, value);
  }

  private putNull(handle: number): void {
    if (this.nullFlags.length === 0) this.nullFlags = new Uint8Array(this.capacity);
    this.nullFlags[handle] = 1;
    this.nullCount++;
    this.putNothing(handle);
  }

  putRows(column: Column, rows: Rows, handles: Int32Array): void {
    const { nulls } = column;
    if (nulls === null) {
      if (this.putValues(column, rows, handles)) return;
    } else if (!hasNull(nulls, rows, handles.length) && this.putValues(column, rows, handles)) return;
    for (let i = 0; i < handles.length; i++) this.put(handles[i]!, column, rows === null ? i : rows[i]!);
  }

  private isNull(handle: number): boolean {
    return this.nullCount > 0 && this.nullFlags[handle] === 1;
  }

  clear(handle: number): void {
    if (!this.isNull(handle)) return;
    this.nullFlags[handle] = 0;
    this.nullCount--;
  }

  clearRows(handles: Int32Array): void {
    if (this.nullCount === 0) return;
    for (let i = 0; i < handles.length; i++) this.clear(handles[i]!);
  }

  private scalarOf(handle: number): Scalar {
    return this.isNull(handle) ? null : this.valueOf(handle);
  }

  appendTo(builder: ColumnBuilder, handle: number): void {
    builder.append(this.scalarOf(handle));
  }

  gather(handles: Int32Array, buffers: Buffers): Column {
    return this.columnOf(handles, this.nullsOf(handles), buffers);
  }

  private nullsOf(handles: Int32Array): Nulls {
    if (this.nullCount === 0) return null;
    let nulls: Uint8Array | null = null;
    for (let i = 0; i < handles.length; i++) {
      if (this.nullFlags[handles[i]!] !== 1) continue;
      nulls ??= nullBitmap(handles.length);
      setNull(nulls, i);
    }
    return nulls;
  }

  write(writer: StateWriter, handle: number): void {
    writeScalar(writer, this.scalarOf(handle));
  }

  read(reader: StateReader, handle: number): void {
    this.putScalar(handle, readScalar(reader));
  }

  writeRows(writer: StateWriter, handles: Int32Array): void {
    const nulls = this.nullsOf(handles);
    writer.u8(nulls === null ? 0 : 1);
    if (nulls !== null) writer.u8s(nulls);
    this.writeValues(writer, handles);
  }

  readRows(reader: StateReader, handles: Int32Array): void {
    const nulls = reader.u8() === 0 ? null : nullBitmap(handles.length);
    if (nulls !== null) reader.u8s(nulls);
    this.readValues(reader, handles);
    if (nulls === null) return;
    for (let i = 0; i < handles.length; i++) if (isNull(nulls, i)) this.putNull(handles[i]!);
  }
}

function hasNull(nulls: Uint8Array, rows: Rows, count: number): boolean {
  for (let i = 0; i < count; i++) if (isNull(nulls, rows === null ? i : rows[i]!)) return true;
  return false;
}

/** The same numbers with room for `capacity`. */
export function widened<T extends Uint8Array | Uint16Array | Int32Array | Float64Array>(
  values: T,
  capacity: number,
): T {
  if (values.length >= capacity) return values;
  const larger = new (values.constructor as new (length: number) => T)(capacity);
  larger.set(values);
  return larger;
}
