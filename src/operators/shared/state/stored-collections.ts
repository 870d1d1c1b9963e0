import type { Column } from '../../../stream/column.ts';
import { columnBytes } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType } from '../../../stream/types.ts';
import { readCell, writeCell } from '../../../stream/value-codec.ts';
import type { Rows, StoredColumn } from './stored-column.ts';

/** Collections and bytes: one column of one row each. */
export class StoredCollections implements StoredColumn {
  textBytes = 0;
  private readonly values: (Column | null)[] = [];
  private readonly type: DataType;

  constructor(type: DataType) {
    this.type = type;
  }

  reserve(): void {
    // Values of any size have no room to be made beforehand.
  }

  put(handle: number, column: Column, row: number): void {
    const builder = columnBuilder(this.type);
    builder.appendFrom(column, row);
    this.keep(handle, builder.finish());
  }

  putRows(column: Column, rows: Rows, handles: Int32Array): void {
    for (let i = 0; i < handles.length; i++) this.put(handles[i]!, column, rows === null ? i : rows[i]!);
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

  clearRows(handles: Int32Array): void {
    for (const handle of handles) this.clear(handle);
  }

  appendTo(builder: ColumnBuilder, handle: number): void {
    builder.appendFrom(this.values[handle]!, 0);
  }

  gather(handles: Int32Array): Column {
    const builder = columnBuilder(this.type);
    for (const handle of handles) {
      const value = this.values[handle];
      if (value === null || value === undefined) builder.appendNull();
      else builder.appendFrom(value, 0);
    }
    return builder.finish();
  }

  write(writer: StateWriter, handle: number): void {
    writeCell(writer, this.values[handle]!, 0);
  }

  read(reader: StateReader, handle: number): void {
    const builder = columnBuilder(this.type);
    builder.append(readCell(reader, this.type));
    this.keep(handle, builder.finish());
  }

  writeRows(writer: StateWriter, handles: Int32Array): void {
    for (const handle of handles) this.write(writer, handle);
  }

  readRows(reader: StateReader, handles: Int32Array): void {
    for (const handle of handles) this.read(reader, handle);
  }
}
