import type { Buffers } from './buffers.ts';
import { FRESH_BUFFERS } from './buffers.ts';
import type { Column, TextColumn } from './column.ts';
import { EXACT_LIMIT, isNull, nullBitmap, setNull } from './column.ts';
import { assert } from './assert.ts';
import type { DataType } from './types.ts';
import type { Value } from './value.ts';

/**
 * Grows one column. `finish` hands the rows out as an immutable column and leaves the builder empty.
 *
 * `append` takes a `Value` of the builder's type; a DECIMAL as its unscaled bigint. `appendFrom` copies one row of a
 * column that has the same type (its layout may differ where BIGINT has two).
 */
export interface ColumnBuilder {
  readonly length: number;
  append(value: Value): void;
  appendNull(): void;
  appendFrom(column: Column, row: number): void;
  /**
   * Appends `count` rows without NULL, whose values the caller writes into the array that comes back before anything else.
   * Null, and nothing appended, where values are not held as numbers.
   */
  appendRoom(count: number): Float64Array | Int32Array | null;
  /** `buffers` lends the arrays of the column where they are of a fixed size. */
  finish(buffers?: Buffers): Column;
}

export function columnBuilder(type: DataType): ColumnBuilder {
  switch (type.kind) {
    case 'BOOLEAN':
      return new BoolBuilder();
    case 'INT':
    case 'DATE':
    case 'TIME':
      return new IntBuilder();
    case 'DOUBLE':
    case 'TIMESTAMP':
      return new FloatBuilder();
    case 'BIGINT':
      return new BigintBuilder();
    case 'DECIMAL':
      return new DecimalBuilder();
    case 'STRING':
      return new TextBuilder();
    case 'BYTES':
      return new BytesBuilder();
    case 'ARRAY':
      return new ListBuilder(type.element);
    case 'MAP':
      return new MapBuilder(type.value);
    case 'ROW':
      return new RowBuilder(type.fields.map((field) => field.type));
  }
}

abstract class Base implements ColumnBuilder {
  length = 0;
  private nullRows: number[] = [];

  append(value: Value): void {
    if (value === null) this.appendNull();
    else {
      this.put(value);
      this.length++;
    }
  }

  appendNull(): void {
    this.nullRows.push(this.length);
    this.putNothing();
    this.length++;
  }

  appendFrom(column: Column, row: number): void {
    if (isNull(column.nulls, row)) this.appendNull();
    else {
      this.copy(column, row);
      this.length++;
    }
  }

  appendRoom(_count: number): Float64Array | Int32Array | null {
    return null;
  }

  finish(buffers: Buffers = FRESH_BUFFERS): Column {
    let nulls: Uint8Array | null = null;
    if (this.nullRows.length > 0) {
      nulls = nullBitmap(this.length);
      for (const row of this.nullRows) setNull(nulls, row);
    }
    const column = this.take(nulls, buffers);
    this.length = 0;
    this.nullRows = [];
    return column;
  }

  protected abstract put(value: NonNullable<Value>): void;
  protected abstract putNothing(): void;
  protected abstract copy(column: Column, row: number): void;
  protected abstract take(nulls: Uint8Array | null, buffers: Buffers): Column;
}

class BoolBuilder extends Base {
  private values: number[] = [];
  protected put(value: NonNullable<Value>): void {
    this.values.push(value === true ? 1 : 0);
  }
  protected putNothing(): void {
    this.values.push(0);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'bool', 'a BOOLEAN column');
    this.values.push(column.values[row]!);
  }
  protected take(nulls: Uint8Array | null): Column {
    const values = Uint8Array.from(this.values);
    this.values = [];
    return { kind: 'bool', values, nulls };
  }
}

/** The same values in an array that is no smaller. */
function withRoom<Values extends Int32Array | Float64Array>(values: Values, larger: Values): Values {
  larger.set(values);
  return larger;
}

class IntBuilder extends Base {
  private values: Int32Array = new Int32Array(16);
  override appendRoom(count: number): Int32Array {
    const from = this.length;
    this.length += count;
    if (this.length > this.values.length) this.values = withRoom(this.values, new Int32Array(this.length * 2));
    return this.values.subarray(from, this.length);
  }
  protected put(value: NonNullable<Value>): void {
    this.push(Number(value));
  }
  protected putNothing(): void {
    this.push(0);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'int', 'an INT column');
    this.push(column.values[row]!);
  }
  private push(value: number): void {
    if (this.length === this.values.length) this.values = withRoom(this.values, new Int32Array(this.length * 2));
    this.values[this.length] = value;
  }
  protected take(nulls: Uint8Array | null, buffers: Buffers): Column {
    return { kind: 'int', values: withRoom(this.values.subarray(0, this.length), buffers.ints(this.length)), nulls };
  }
}

class FloatBuilder extends Base {
  private values: Float64Array = new Float64Array(16);
  override appendRoom(count: number): Float64Array {
    const from = this.length;
    this.length += count;
    if (this.length > this.values.length) this.values = withRoom(this.values, new Float64Array(this.length * 2));
    return this.values.subarray(from, this.length);
  }
  protected put(value: NonNullable<Value>): void {
    this.push(Number(value));
  }
  protected putNothing(): void {
    this.push(0);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'float', 'a DOUBLE column');
    this.push(column.values[row]!);
  }
  private push(value: number): void {
    if (this.length === this.values.length) this.values = withRoom(this.values, new Float64Array(this.length * 2));
    this.values[this.length] = value;
  }
  protected take(nulls: Uint8Array | null, buffers: Buffers): Column {
    const values = withRoom(this.values.subarray(0, this.length), buffers.floats(this.length));
    return { kind: 'float', values, nulls };
  }
}

class BigintBuilder extends Base {
  private values: Float64Array = new Float64Array(16);
  /** Set, and then the one that counts, from the first value on that a double cannot hold. */
  private wide: bigint[] | null = null;
  override appendRoom(count: number): Float64Array | null {
    if (this.wide !== null) return null;
    const from = this.length;
    this.length += count;
    if (this.length > this.values.length) this.values = withRoom(this.values, new Float64Array(this.length * 2));
    return this.values.subarray(from, this.length);
  }
  protected put(value: NonNullable<Value>): void {
    if (typeof value === 'bigint') this.pushWide(value);
    else this.push(Number(value));
  }
  protected putNothing(): void {
    this.push(0);
  }
  protected copy(column: Column, row: number): void {
    if (column.kind === 'long') this.pushWide(column.values[row]!);
    else {
      assert(column.kind === 'float', 'a BIGINT column');
      this.push(column.values[row]!);
    }
  }
  private push(value: number): void {
    if (this.wide !== null) {
      this.wide.push(BigInt(value));
      return;
    }
    if (this.length === this.values.length) this.values = withRoom(this.values, new Float64Array(this.length * 2));
    this.values[this.length] = value;
  }
  private pushWide(value: bigint): void {
    const near = Number(value);
    if (this.wide === null && Math.abs(near) <= EXACT_LIMIT && BigInt(near) === value) {
      this.push(near);
      return;
    }
    this.wide ??= Array.from(this.values.subarray(0, this.length), BigInt);
    this.wide.push(value);
  }
  protected take(nulls: Uint8Array | null, buffers: Buffers): Column {
    const wide = this.wide;
    this.wide = null;
    if (wide !== null) return { kind: 'long', values: BigInt64Array.from(wide), nulls };
    const values = withRoom(this.values.subarray(0, this.length), buffers.floats(this.length));
    return { kind: 'float', values, nulls };
  }
}

class DecimalBuilder extends Base {
  private values: bigint[] = [];
  protected put(value: NonNullable<Value>): void {
    assert(typeof value === 'bigint', 'an unscaled DECIMAL');
    this.values.push(value);
  }
  protected putNothing(): void {
    this.values.push(0n);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'decimal', 'a DECIMAL column');
    this.values.push(column.values[row]!);
  }
  protected take(nulls: Uint8Array | null): Column {
    const values = this.values;
    this.values = [];
    return { kind: 'decimal', values, nulls };
  }
}

class TextBuilder extends Base {
  private ids = new Int32Array(16);
  private dictionary: string[] = [];
  private readonly known = new Map<string, number>();
  protected put(value: NonNullable<Value>): void {
    this.push(this.intern(String(value)));
  }
  protected putNothing(): void {
    this.push(0);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'text', 'a STRING column');
    this.push(this.intern(column.dictionary[column.ids[row]!]!));
  }
  private intern(text: string): number {
    let id = this.known.get(text);
    if (id === undefined) {
      id = this.dictionary.length;
      this.known.set(text, id);
      this.dictionary.push(text);
    }
    return id;
  }
  private push(id: number): void {
    if (this.length === this.ids.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[this.length] = id;
  }
  protected take(nulls: Uint8Array | null): TextColumn {
    const dictionary = this.dictionary.length === 0 ? [''] : this.dictionary;
    this.dictionary = [];
    this.known.clear();
    return { kind: 'text', ids: this.ids.slice(0, this.length), dictionary, nulls };
  }
}

class BytesBuilder extends Base {
  private values: Uint8Array[] = [];
  protected put(value: NonNullable<Value>): void {
    assert(value instanceof Uint8Array, 'bytes');
    this.values.push(value);
  }
  protected putNothing(): void {
    this.values.push(new Uint8Array(0));
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'bytes', 'a BYTES column');
    this.values.push(column.dictionary[column.ids[row]!]!);
  }
  protected take(nulls: Uint8Array | null): Column {
    const dictionary = this.values;
    this.values = [];
    return { kind: 'bytes', ids: Int32Array.from(dictionary, (_, i) => i), dictionary, nulls };
  }
}

class ListBuilder extends Base {
  private offsets: number[] = [0];
  private readonly child: ColumnBuilder;
  constructor(element: DataType) {
    super();
    this.child = columnBuilder(element);
  }
  protected put(value: NonNullable<Value>): void {
    assert(Array.isArray(value), 'an array');
    for (const item of value as readonly Value[]) this.child.append(item);
    this.offsets.push(this.child.length);
  }
  protected putNothing(): void {
    this.offsets.push(this.child.length);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'list', 'an ARRAY column');
    for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) this.child.appendFrom(column.child, i);
    this.offsets.push(this.child.length);
  }
  protected take(nulls: Uint8Array | null): Column {
    const offsets = Int32Array.from(this.offsets);
    this.offsets = [0];
    return { kind: 'list', offsets, child: this.child.finish(), nulls };
  }
}

class MapBuilder extends Base {
  private offsets: number[] = [0];
  private readonly keys = new TextBuilder();
  private readonly child: ColumnBuilder;
  constructor(value: DataType) {
    super();
    this.child = columnBuilder(value);
  }
  protected put(value: NonNullable<Value>): void {
    assert(value instanceof Map, 'a map');
    for (const [key, item] of value as ReadonlyMap<string, Value>) {
      this.keys.append(key);
      this.child.append(item);
    }
    this.offsets.push(this.child.length);
  }
  protected putNothing(): void {
    this.offsets.push(this.child.length);
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'map', 'a MAP column');
    for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) {
      this.keys.appendFrom(column.keys, i);
      this.child.appendFrom(column.child, i);
    }
    this.offsets.push(this.child.length);
  }
  protected take(nulls: Uint8Array | null): Column {
    const offsets = Int32Array.from(this.offsets);
    this.offsets = [0];
    return { kind: 'map', offsets, keys: this.keys.finish() as TextColumn, child: this.child.finish(), nulls };
  }
}

class RowBuilder extends Base {
  private readonly children: readonly ColumnBuilder[];
  constructor(types: readonly DataType[]) {
    super();
    this.children = types.map(columnBuilder);
  }
  protected put(value: NonNullable<Value>): void {
    assert(value instanceof Map, 'a row');
    const values = [...(value as ReadonlyMap<string, Value>).values()];
    this.children.forEach((child, i) => child.append(values[i] ?? null));
  }
  protected putNothing(): void {
    for (const child of this.children) child.appendNull();
  }
  protected copy(column: Column, row: number): void {
    assert(column.kind === 'row', 'a ROW column');
    this.children.forEach((child, i) => child.appendFrom(column.children[i]!, row));
  }
  protected take(nulls: Uint8Array | null): Column {
    return { kind: 'row', children: this.children.map((child) => child.finish()), nulls };
  }
}
