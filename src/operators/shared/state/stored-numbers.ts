import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column, Nulls } from '../../../stream/column.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import { narrowed } from '../../../stream/value.ts';
import type { Scalar } from './scalar-table.ts';
import type { Rows } from './stored-column.ts';
import { StoredScalars, widened } from './stored-column.ts';

/** INT, DATE and TIME. */
export class StoredInts extends StoredScalars {
  private values = new Int32Array(0);

  protected grow(capacity: number): void {
    this.values = widened(this.values, capacity);
  }

  protected putValue(handle: number, value: NonNullable<Scalar>): void {
    this.values[handle] = Number(value);
  }

  protected putNothing(handle: number): void {
    this.values[handle] = 0;
  }

  protected putValues(column: Column, rows: Rows, handles: Int32Array): boolean {
    if (column.kind !== 'int') return false;
    const { values } = this;
    const from = column.values;
    const count = handles.length;
    if (rows === null) for (let i = 0; i < count; i++) values[handles[i]!] = from[i]!;
    else for (let i = 0; i < count; i++) values[handles[i]!] = from[rows[i]!]!;
    return true;
  }

  protected valueOf(handle: number): number {
    return this.values[handle]!;
  }

  protected columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column {
    return { kind: 'int', values: this.valuesOf(handles, buffers), nulls };
  }

  private valuesOf(handles: Int32Array, buffers: Buffers): Int32Array {
    const { values } = this;
    const count = handles.length;
    const gathered = buffers.ints(count);
    for (let i = 0; i < count; i++) gathered[i] = values[handles[i]!]!;
    return gathered;
  }

  protected writeValues(writer: StateWriter, handles: Int32Array): void {
    writer.ints(this.valuesOf(handles, FRESH_BUFFERS));
  }

  protected readValues(reader: StateReader, handles: Int32Array): void {
    const read = new Int32Array(handles.length);
    reader.ints(read);
    for (let i = 0; i < handles.length; i++) this.values[handles[i]!] = read[i]!;
  }
}

/** DOUBLE, TIMESTAMP, and BIGINT as long as a double holds it. -0 is kept as 0. */
export class StoredFloats extends StoredScalars {
  protected values = new Float64Array(0);

  protected grow(capacity: number): void {
    this.values = widened(this.values, capacity);
  }

  protected putValue(handle: number, value: NonNullable<Scalar>): void {
    this.values[handle] = Number(value);
  }

  protected putNothing(handle: number): void {
    this.values[handle] = 0;
  }

  protected putValues(column: Column, rows: Rows, handles: Int32Array): boolean {
    if (column.kind !== 'float') return false;
    const { values } = this;
    const from = column.values;
    const count = handles.length;
    if (rows === null) for (let i = 0; i < count; i++) values[handles[i]!] = from[i]! + 0;
    else for (let i = 0; i < count; i++) values[handles[i]!] = from[rows[i]!]! + 0;
    return true;
  }

  protected valueOf(handle: number): NonNullable<Scalar> {
    return this.values[handle]!;
  }

  protected columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column {
    return { kind: 'float', values: this.floatsOf(handles, buffers), nulls };
  }

  private floatsOf(handles: Int32Array, buffers: Buffers): Float64Array {
    const { values } = this;
    const count = handles.length;
    const gathered = buffers.floats(count);
    for (let i = 0; i < count; i++) gathered[i] = values[handles[i]!]!;
    return gathered;
  }

  protected writeValues(writer: StateWriter, handles: Int32Array): void {
    writer.floats(this.floatsOf(handles, FRESH_BUFFERS));
  }

  protected readValues(reader: StateReader, handles: Int32Array): void {
    const read = new Float64Array(handles.length);
    reader.floats(read);
    for (let i = 0; i < handles.length; i++) this.values[handles[i]!] = read[i]!;
  }
}

/** BIGINT: doubles, and beside them the few values that a double does not hold. */
export class StoredBigints extends StoredFloats {
  private readonly wide = new Map<number, bigint>();

  protected override putValue(handle: number, value: NonNullable<Scalar>): void {
    const narrow = typeof value === 'bigint' ? narrowed(value) : value;
    if (typeof narrow !== 'bigint') super.putValue(handle, narrow);
    else {
      super.putNothing(handle);
      this.wide.set(handle, narrow);
    }
  }

  override clear(handle: number): void {
    super.clear(handle);
    if (this.wide.size > 0) this.wide.delete(handle);
  }

  override clearRows(handles: Int32Array): void {
    super.clearRows(handles);
    if (this.wide.size > 0) for (let i = 0; i < handles.length; i++) this.wide.delete(handles[i]!);
  }

  protected override valueOf(handle: number): NonNullable<Scalar> {
    return (this.wide.size > 0 ? this.wide.get(handle) : undefined) ?? super.valueOf(handle);
  }

  protected override columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column {
    const { wide } = this;
    if (wide.size === 0 || !handles.some((handle) => wide.has(handle))) return super.columnOf(handles, nulls, buffers);
    const values = BigInt64Array.from(handles as Iterable<number>, (handle) => BigInt(this.valueOf(handle)));
    return { kind: 'long', values, nulls };
  }

  protected override writeValues(writer: StateWriter, handles: Int32Array): void {
    super.writeValues(writer, handles);
    const { wide } = this;
    const places = wide.size === 0 ? [] : [...handles.keys()].filter((place) => wide.has(handles[place]!));
    writer.u32(places.length);
    for (const place of places) {
      writer.u32(place);
      writer.bigint(wide.get(handles[place]!)!);
    }
  }

  protected override readValues(reader: StateReader, handles: Int32Array): void {
    super.readValues(reader, handles);
    const places = reader.u32();
    for (let i = 0; i < places; i++) {
      const handle = handles[reader.u32()]!;
      this.wide.set(handle, reader.bigint());
    }
  }
}

export class StoredBooleans extends StoredScalars {
  private values = new Uint8Array(0);

  protected grow(capacity: number): void {
    this.values = widened(this.values, capacity);
  }

  protected putValue(handle: number, value: NonNullable<Scalar>): void {
    this.values[handle] = value === true ? 1 : 0;
  }

  protected putNothing(handle: number): void {
    this.values[handle] = 0;
  }

  protected putValues(column: Column, rows: Rows, handles: Int32Array): boolean {
    if (column.kind !== 'bool') return false;
    const { values } = this;
    const from = column.values;
    for (let i = 0; i < handles.length; i++) values[handles[i]!] = from[rows === null ? i : rows[i]!]!;
    return true;
  }

  protected valueOf(handle: number): boolean {
    return this.values[handle] === 1;
  }

  protected columnOf(handles: Int32Array, nulls: Nulls, buffers: Buffers): Column {
    return { kind: 'bool', values: this.bytesOf(handles, buffers), nulls };
  }

  private bytesOf(handles: Int32Array, buffers: Buffers): Uint8Array {
    const gathered = buffers.bytes(handles.length);
    for (let i = 0; i < handles.length; i++) gathered[i] = this.values[handles[i]!]!;
    return gathered;
  }

  protected writeValues(writer: StateWriter, handles: Int32Array): void {
    writer.u8s(this.bytesOf(handles, FRESH_BUFFERS));
  }

  protected readValues(reader: StateReader, handles: Int32Array): void {
    const read = new Uint8Array(handles.length);
    reader.u8s(read);
    for (let i = 0; i < handles.length; i++) this.values[handles[i]!] = read[i]!;
  }
}

/** Unscaled values. */
export class StoredDecimals extends StoredScalars {
  private readonly values: bigint[] = [];

  protected grow(): void {
    // An array of values of any size has no room to be made beforehand.
  }

  protected putValue(handle: number, value: NonNullable<Scalar>): void {
    this.values[handle] = BigInt(value);
  }

  protected putNothing(handle: number): void {
    this.values[handle] = 0n;
  }

  protected putValues(column: Column, rows: Rows, handles: Int32Array): boolean {
    if (column.kind !== 'decimal') return false;
    for (let i = 0; i < handles.length; i++) this.values[handles[i]!] = column.values[rows === null ? i : rows[i]!]!;
    return true;
  }

  protected valueOf(handle: number): bigint {
    return this.values[handle]!;
  }

  protected columnOf(handles: Int32Array, nulls: Nulls): Column {
    return { kind: 'decimal', values: Array.from(handles, (handle) => this.values[handle]!), nulls };
  }

  protected writeValues(writer: StateWriter, handles: Int32Array): void {
    for (const handle of handles) writer.bigint(this.values[handle]!);
  }

  protected readValues(reader: StateReader, handles: Int32Array): void {
    for (const handle of handles) this.values[handle] = reader.bigint();
  }
}
