import type { Column } from '../../../stream/column.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import { narrowed } from '../../../stream/value.ts';

/** A key value as a primitive: BYTES as a string of its bytes, BIGINT as bigint only beyond ±2^53. */
export type Scalar = null | boolean | number | bigint | string;

const RECENT_MASK = 4095;

/**
 * Numbers the distinct values of one column densely. A value lives as long as somebody holds it; its number is then
 * used again. NULL is a value like others, -0 equals 0 and NaN equals itself.
 */
export class ScalarTable {
  private readonly ids = new Map<Scalar, number>();
  private readonly values: Scalar[] = [];
  private readonly holders: number[] = [];
  private readonly free: number[] = [];
  private cachedDictionary: readonly unknown[] | null = null;
  private cache = new Int32Array(0);
  /** Numbers of values seen lately, by the value's low bits: most look-ups end here. */
  private readonly recent = new Int32Array(RECENT_MASK + 1).fill(-1);
  private readonly isBytes: boolean;
  /** Bytes of the texts that are alive: two a character. */
  textBytes = 0;

  constructor(isBytes: boolean) {
    this.isBytes = isBytes;
  }

  get size(): number {
    return this.ids.size;
  }

  /** The value's number; a new one when it was unknown. The caller holds it from here on, or lets go again. */
  idOf(column: Column, row: number): number {
    if (isNull(column.nulls, row)) return this.idOfScalar(null);
    if (column.kind === 'int' || column.kind === 'float') return this.idOfNumber(column.values[row]!);
    if (column.kind !== 'text') return this.idOfScalar(scalarAt(column, row));
    if (column.dictionary !== this.cachedDictionary) this.forgetCache(column.dictionary);
    const textId = column.ids[row]!;
    if (textId >= this.cache.length) this.growCache(column.dictionary.length);
    const text = column.dictionary[textId]!;
    const known = this.cache[textId]!;
    // A number may have been given to another value since: the value itself decides.
    if (known >= 0 && this.holders[known]! > 0 && this.values[known] === text) return known;
    const id = this.idOfScalar(text);
    this.cache[textId] = id;
    return id;
  }

  private idOfNumber(value: number): number {
    const place = value & RECENT_MASK;
    const recent = this.recent[place]!;
    if (recent >= 0 && this.values[recent] === value && this.holders[recent]! > 0) return recent;
    return (this.recent[place] = this.idOfScalar(value + 0));
  }

  idOfScalar(value: Scalar): number {
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    const id = this.free.pop() ?? this.values.length;
    this.values[id] = value;
    this.holders[id] = 0;
    this.ids.set(value, id);
    if (typeof value === 'string') this.textBytes += value.length * 2;
    return id;
  }

  hold(id: number): void {
    this.holders[id]!++;
  }

  /** Ends one hold; the last one forgets the value. */
  release(id: number): void {
    if (--this.holders[id]! > 0) return;
    this.forget(id);
  }

  private forget(id: number): void {
    const value = this.values[id]!;
    if (typeof value === 'string') this.textBytes -= value.length * 2;
    this.ids.delete(value);
    this.values[id] = null;
    this.free.push(id);
  }

  appendTo(builder: ColumnBuilder, id: number): void {
    const value = this.values[id]!;
    builder.append(this.isBytes && typeof value === 'string' ? bytesOf(value) : value);
  }

  write(writer: StateWriter, id: number): void {
    writeScalar(writer, this.values[id]!);
  }

  read(reader: StateReader): number {
    return this.idOfScalar(readScalar(reader));
  }

  private forgetCache(dictionary: readonly unknown[]): void {
    this.cachedDictionary = dictionary;
    if (this.cache.length < dictionary.length) this.cache = new Int32Array(dictionary.length);
    this.cache.fill(-1);
  }

  private growCache(length: number): void {
    const larger = new Int32Array(length * 2).fill(-1);
    larger.set(this.cache);
    this.cache = larger;
  }
}

export function scalarAt(column: Column, row: number): Scalar {
  if (isNull(column.nulls, row)) return null;
  switch (column.kind) {
    case 'bool':
      return column.values[row] === 1;
    case 'int':
      return column.values[row]!;
    case 'float':
      return column.values[row]! + 0;
    case 'long':
      return narrowed(column.values[row]!);
    case 'decimal':
      return column.values[row]!;
    case 'text':
      return column.dictionary[column.ids[row]!]!;
    case 'bytes':
      return column.dictionary[column.ids[row]!]!.reduce((text, byte) => text + String.fromCharCode(byte), '');
    case 'list':
    case 'map':
    case 'row':
      return null;
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function writeScalar(writer: StateWriter, value: Scalar): void {
  if (value === null) writer.u8(0);
  else if (typeof value === 'boolean') writer.u8(value ? 2 : 1);
  else if (typeof value === 'number') {
    writer.u8(3);
    writer.f64(value);
  } else if (typeof value === 'bigint') {
    writer.u8(4);
    writer.bigint(value);
  } else {
    writer.u8(5);
    writer.text(value);
  }
}

export function readScalar(reader: StateReader): Scalar {
  switch (reader.u8()) {
    case 0:
      return null;
    case 1:
      return false;
    case 2:
      return true;
    case 3:
      return reader.f64();
    case 4:
      return reader.bigint();
    default:
      return reader.text();
  }
}
