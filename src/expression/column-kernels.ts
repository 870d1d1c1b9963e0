import type { Column, Nulls, TextColumn } from '../stream/column.ts';
import { isNull, nullBitmap, setNull } from '../stream/column.ts';
import { columnBuilder } from '../stream/column-builder.ts';
import { DOUBLE } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';
import { bigintValue } from './cast-value.ts';
import type { Frame } from './frame.ts';
import { RowFailure } from './functions/definition.ts';
import type { ExprType } from './expr-type.ts';
import { isDataType } from './expr-type.ts';

/** Rows that are NULL in either. */
export function eitherNull(a: Nulls, b: Nulls, length: number): Nulls {
  if (a === null || b === null || a === b) return a ?? b;
  const bytes = (length + 7) >> 3;
  const both = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) both[i] = a[i]! | b[i]!;
  return both;
}

/** The bitmap, or null where none of the rows that are asked for is NULL: what comes after then has less to look at. */
export function nullsAmong(nulls: Nulls, { rows, length }: Frame): Nulls {
  if (nulls === null) return null;
  let any = 0;
  if (rows === null) for (let i = 0; i < (length + 7) >> 3; i++) any |= nulls[i]!;
  else for (let i = 0; i < rows.length; i++) any |= nulls[rows[i]! >> 3]! & (1 << (rows[i]! & 7));
  return any === 0 ? null : nulls;
}

/** How many rows a kernel is asked for. */
export function asked(frame: Frame): number {
  return frame.rows === null ? frame.length : frame.rows.length;
}

/** The `i`-th row that is asked for. */
export function askedRow(frame: Frame, i: number): number {
  return frame.rows === null ? i : frame.rows[i]!;
}

/** One value of a column as an expression's value: as `cell`, but DECIMAL unscaled. */
export function readValue(column: Column, type: ExprType, row: number): Value {
  if (isNull(column.nulls, row)) return null;
  switch (column.kind) {
    case 'bool':
      return column.values[row] === 1;
    case 'int':
    case 'float':
      return column.values[row]!;
    case 'long':
      return bigintValue(column.values[row]!);
    case 'decimal':
      return column.values[row]!;
    case 'text':
    case 'bytes':
      return column.dictionary[column.ids[row]!]!;
    case 'list': {
      const items: Value[] = [];
      const element = type.kind === 'ARRAY' ? type.element : type;
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++)
        items.push(readValue(column.child, element, i));
      return items;
    }
    case 'map': {
      const entries = new Map<string, Value>();
      const item = type.kind === 'MAP' ? type.value : type;
      for (let i = column.offsets[row]!; i < column.offsets[row + 1]!; i++) {
        entries.set(column.keys.dictionary[column.keys.ids[i]!]!, readValue(column.child, item, i));
      }
      return entries;
    }
    case 'row': {
      const fields = new Map<string, Value>();
      if (type.kind === 'ROW')
        type.fields.forEach((field, i) => fields.set(field.name, readValue(column.children[i]!, field.type, row)));
      return fields;
    }
  }
}

/** A column being made: rows are set in ascending order, those left out hold nothing that anyone may read. */
export interface Output {
  /** A `RowFailure` is noted in the frame's errors and leaves NULL. */
  set(row: number, value: Value | RowFailure): void;
  finish(): Column;
}

export function outputFor(type: ExprType, frame: Frame): Output {
  switch (type.kind) {
    case 'BOOLEAN':
      return new NumberOutput(frame, 'bool');
    case 'INT':
    case 'DATE':
    case 'TIME':
      return new NumberOutput(frame, 'int');
    case 'DOUBLE':
    case 'TIMESTAMP':
    case 'INTERVAL':
    case 'NULL':
    case 'UNKNOWN':
      return new NumberOutput(frame, 'float');
    case 'BIGINT':
      return new BigintOutput(frame);
    case 'DECIMAL':
      return new DecimalOutput(frame);
    case 'STRING':
      return new TextOutput(frame);
    default:
      return new BuilderOutput(frame, type);
  }
}

abstract class Base implements Output {
  private readonly frame: Frame;
  protected nulls: Uint8Array | null = null;
  protected readonly length: number;
  constructor(frame: Frame) {
    this.frame = frame;
    this.length = frame.length;
  }
  set(row: number, value: Value | RowFailure): void {
    if (value instanceof RowFailure) this.frame.errors.fail(row, value.message);
    else if (value !== null) {
      this.put(row, value);
      return;
    }
    setNull((this.nulls ??= nullBitmap(this.length)), row);
  }
  protected abstract put(row: number, value: NonNullable<Value>): void;
  abstract finish(): Column;
}

class NumberOutput extends Base {
  private readonly column:
    | { kind: 'bool'; values: Uint8Array }
    | { kind: 'int'; values: Int32Array }
    | { kind: 'float'; values: Float64Array };
  constructor(frame: Frame, kind: 'bool' | 'int' | 'float') {
    super(frame);
    const n = frame.length;
    if (kind === 'bool') this.column = { kind, values: new Uint8Array(n) };
    else if (kind === 'int') this.column = { kind, values: new Int32Array(n) };
    else this.column = { kind, values: new Float64Array(n) };
  }
  protected put(row: number, value: NonNullable<Value>): void {
    this.column.values[row] = Number(value);
  }
  finish(): Column {
    return { ...this.column, nulls: this.nulls };
  }
}

class BigintOutput extends Base {
  private readonly values = new Float64Array(this.length);
  /** Once a value needs it, the one that counts. */
  private wide: BigInt64Array | null = null;
  protected put(row: number, value: NonNullable<Value>): void {
    if (typeof value === 'bigint') this.wide ??= BigInt64Array.from(this.values, BigInt);
    if (this.wide !== null) this.wide[row] = BigInt(value as bigint | number);
    else this.values[row] = Number(value);
  }
  finish(): Column {
    if (this.wide !== null) return { kind: 'long', values: this.wide, nulls: this.nulls };
    return { kind: 'float', values: this.values, nulls: this.nulls };
  }
}

class DecimalOutput extends Base {
  private readonly values = new Array<bigint>(this.length).fill(0n);
  protected put(row: number, value: NonNullable<Value>): void {
    this.values[row] = value as bigint;
  }
  finish(): Column {
    return { kind: 'decimal', values: this.values, nulls: this.nulls };
  }
}

class TextOutput extends Base {
  private readonly ids = new Int32Array(this.length);
  private readonly dictionary: string[] = [''];
  private readonly known = new Map<string, number>([['', 0]]);
  protected put(row: number, value: NonNullable<Value>): void {
    const text = value as string;
    let id = this.known.get(text);
    if (id === undefined) {
      id = this.dictionary.length;
      this.known.set(text, id);
      this.dictionary.push(text);
    }
    this.ids[row] = id;
  }
  finish(): TextColumn {
    return { kind: 'text', ids: this.ids, dictionary: this.dictionary, nulls: this.nulls };
  }
}

class BuilderOutput extends Base {
  private readonly builder;
  constructor(frame: Frame, type: ExprType) {
    super(frame);
    this.builder = columnBuilder(isDataType(type) ? type : DOUBLE);
  }
  override set(row: number, value: Value | RowFailure): void {
    while (this.builder.length < row) this.builder.appendNull();
    super.set(row, value);
    if (this.builder.length === row) this.builder.appendNull();
  }
  protected put(_row: number, value: NonNullable<Value>): void {
    this.builder.append(value);
  }
  finish(): Column {
    while (this.builder.length < this.length) this.builder.appendNull();
    return this.builder.finish();
  }
}

/** A column that holds `value` in every row. */
export function constantColumn(type: ExprType, value: Value, frame: Frame): Column {
  const n = frame.length;
  const nulls = value === null ? nullBitmap(n).fill(0xff) : null;
  const number = typeof value === 'number' || typeof value === 'boolean' ? Number(value) : 0;
  switch (type.kind) {
    case 'BOOLEAN':
      return { kind: 'bool', values: new Uint8Array(n).fill(number), nulls };
    case 'INT':
    case 'DATE':
    case 'TIME':
      return { kind: 'int', values: new Int32Array(n).fill(number), nulls };
    case 'BIGINT':
      if (typeof value === 'bigint') return { kind: 'long', values: new BigInt64Array(n).fill(value), nulls };
      return { kind: 'float', values: new Float64Array(n).fill(number), nulls };
    case 'DECIMAL':
      return { kind: 'decimal', values: new Array<bigint>(n).fill(typeof value === 'bigint' ? value : 0n), nulls };
    case 'STRING':
      return { kind: 'text', ids: new Int32Array(n), dictionary: [typeof value === 'string' ? value : ''], nulls };
    case 'BYTES':
    case 'ARRAY':
    case 'MAP':
    case 'ROW': {
      const output = outputFor(type, { ...frame, rows: null });
      for (let row = 0; row < n; row++) output.set(row, value);
      return output.finish();
    }
    default:
      return { kind: 'float', values: new Float64Array(n).fill(number), nulls };
  }
}
