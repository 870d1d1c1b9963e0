import type { Buffers } from '../../../stream/buffers.ts';
import { FRESH_BUFFERS } from '../../../stream/buffers.ts';
import type { Column } from '../../../stream/column.ts';
import { isNull } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import { columnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { DataType } from '../../../stream/types.ts';
import { narrowed } from '../../../stream/value.ts';
import type { Ints } from '../ints.ts';
import { DictionaryNumbers } from './dictionary-numbers.ts';
import { NumberPlaces } from './number-places.ts';
import { TextPlaces, hashOf } from './text-places.ts';
import { NumberedValues } from './numbered-values.ts';

/** A key value as a primitive: BYTES as a string of its bytes, BIGINT as bigint only beyond ±2^53. */
export type Scalar = null | boolean | number | bigint | string;

/**
 * The number of row r is numbers[places[r]]: -1 where its value is not known yet, and then and where the place lies outside
 * the array `idOf` gives it. Good until a value is added.
 */
export interface Directory {
  readonly places: Int32Array;
  readonly numbers: Int32Array;
}

/** Types whose values are numbers as long as they are within ±2^53, not NULL and not NaN. */
const NUMBERS: ReadonlySet<DataType['kind']> = new Set(['INT', 'DATE', 'TIME', 'BIGINT', 'DOUBLE', 'TIMESTAMP']);

/** How `writeAll` lays out values. */
const MIXED = 0;
const ALL_NUMBERS = 1;
const ALL_TEXTS = 2;

/**
 * Numbers the distinct values of one column densely. A value lives as long as somebody holds it; its number is then
 * used again. NULL is a value like others, -0 equals 0 and NaN equals itself.
 */
export class ScalarTable extends NumberedValues {
  private readonly type: DataType;
  private readonly numbers = new NumberPlaces();
  private readonly texts = new TextPlaces();
  /** What is neither a number nor a text, and NaN. */
  private readonly ids = new Map<Scalar, number>();
  /** The value of each number; undefined, or beyond its end, for a number of `numbers`. */
  private others: (Scalar | undefined)[] = [];
  private readonly dictionaries = new DictionaryNumbers();
  private picked: Int32Array | Float64Array = new Int32Array(0);
  /** For `columnOf`: the place of each text in the dictionary that is made, and for which column that was. */
  private placeOf = new Int32Array(0);
  private madeFor = new Int32Array(0);
  private made = 0;
  /** Bytes of the texts that are alive: two a character. */
  textBytes = 0;

  constructor(type: DataType) {
    super();
    this.type = type;
  }

  /** The value's number; a new one when it was unknown. The caller holds it from here on, or lets go again. */
  idOf(column: Column, row: number): number {
    if (isNull(column.nulls, row)) return this.idOfScalar(null);
    if (column.kind === 'int' || column.kind === 'float') return this.idOfScalar(column.values[row]!);
    if (column.kind !== 'text') return this.idOfScalar(scalarAt(column, row));
    const text = column.ids[row]!;
    const known = this.dictionaries.of(column.dictionary, text + 1)[text]!;
    return known >= 0 ? known : this.learnt(column.dictionary, text);
  }

  /** How the numbers of a column's values are found in one array, as far as they are known; null where they are not. */
  directory(column: Column): Directory | null {
    if (column.nulls !== null) return null;
    if (column.kind === 'text') {
      return { places: column.ids, numbers: this.dictionaries.of(column.dictionary, column.dictionary.length) };
    }
    const numbers = column.kind === 'int' ? this.numbers.byValue : null;
    return column.kind === 'int' && numbers !== null ? { places: column.values, numbers } : null;
  }

  /**
   * Numbers of many values into `ids`: of the rows that `rows` lists, or of the first `count`. Unknown values get new
   * numbers, as with `idOf`.
   */
  idsOf(column: Column, rows: Int32Array | null, count: number, ids: Int32Array): void {
    if (column.nulls === null && column.kind === 'int') {
      const sought = rows === null ? column.values : this.pickInts(column.values, rows, count);
      for (let i = 0; (i = this.numbers.findInts(sought, i, count, ids)) < count; i++) {
        ids[i] = this.newNumber(sought[i]!);
      }
    } else if (column.nulls === null && column.kind === 'float') {
      const sought = rows === null ? column.values : this.pickFloats(column.values, rows, count);
      for (let i = 0; (i = this.numbers.findFloats(sought, i, count, ids)) < count; i++) {
        ids[i] = this.idOfScalar(sought[i]!);
      }
    } else if (column.nulls === null && column.kind === 'text') {
      const sought = rows === null ? column.ids : this.pickInts(column.ids, rows, count);
      this.idsOfTexts(column.dictionary, sought, count, ids);
    } else {
      for (let i = 0; i < count; i++) ids[i] = this.idOf(column, rows === null ? i : rows[i]!);
    }
  }

  private idsOfTexts(dictionary: readonly string[], sought: Int32Array, count: number, ids: Int32Array): void {
    const known = this.dictionaries.of(dictionary, dictionary.length);
    for (let i = 0; i < count; i++) {
      const id = known[sought[i]!]!;
      ids[i] = id >= 0 ? id : this.learnt(dictionary, sought[i]!);
    }
  }

  private learnt(dictionary: readonly string[], text: number): number {
    const id = this.idOfScalar(dictionary[text]!);
    this.dictionaries.learn(text, id);
    return id;
  }

  private pickInts(values: Int32Array, rows: Int32Array, count: number): Int32Array {
    let { picked } = this;
    if (!(picked instanceof Int32Array) || picked.length < count) this.picked = picked = new Int32Array(count);
    for (let i = 0; i < count; i++) picked[i] = values[rows[i]!]!;
    return picked;
  }

  private pickFloats(values: Float64Array, rows: Int32Array, count: number): Float64Array {
    let { picked } = this;
    if (!(picked instanceof Float64Array) || picked.length < count) this.picked = picked = new Float64Array(count);
    for (let i = 0; i < count; i++) picked[i] = values[rows[i]!]!;
    return picked;
  }

  idOfScalar(value: Scalar): number {
    if (typeof value === 'number' && value === value) {
      const known = this.numbers.find(value);
      return known >= 0 ? known : this.newNumber(value);
    }
    if (typeof value === 'string') return this.idOfText(value);
    const known = this.ids.get(value);
    if (known !== undefined) return known;
    const id = this.take();
    this.ids.set(value, id);
    this.put(id, value);
    return id;
  }

  private idOfText(text: string): number {
    const hash = hashOf(text);
    const known = this.texts.find(this.others, text, hash);
    if (known >= 0) return known;
    const id = this.take();
    this.texts.add(hash, id);
    this.put(id, text);
    this.textBytes += text.length * 2;
    return id;
  }

  private newNumber(value: number): number {
    const id = this.take();
    this.numbers.add(value + 0, id);
    if (id < this.others.length) this.others[id] = undefined;
    return id;
  }

  /** The list has no holes, and ends with what is no number. */
  private put(id: number, value: Scalar): void {
    while (this.others.length < id) this.others.push(undefined);
    if (id === this.others.length) this.others.push(value);
    else this.others[id] = value;
  }

  protected override remove(id: number): void {
    const value = this.others[id];
    if (value === undefined) this.numbers.remove(id);
    else {
      if (typeof value === 'string') {
        this.textBytes -= value.length * 2;
        this.dictionaries.forget(id);
        this.texts.remove(id);
      } else this.ids.delete(value);
      this.others[id] = undefined;
    }
    if (this.size === 1) this.others = [];
  }

  /** Nothing but numbers: what they are called takes no memory to speak of. */
  override get forgetsTogether(): boolean {
    return this.hasNumbersOnly;
  }

  private get hasNumbersOnly(): boolean {
    return this.ids.size === 0 && this.texts.size === 0;
  }

  protected override removeAll(ids: Ints): void {
    this.numbers.removeAll(ids);
  }

  private get areAllNumbers(): boolean {
    return this.hasNumbersOnly && NUMBERS.has(this.type.kind);
  }

  private scalarOf(id: number): Scalar {
    const value = this.others[id];
    return value === undefined ? this.numbers.values[id]! : value;
  }

  appendTo(builder: ColumnBuilder, id: number): void {
    const value = this.scalarOf(id);
    builder.append(this.type.kind === 'BYTES' && typeof value === 'string' ? bytesOf(value) : value);
  }

  /** The values of numbers as a column of their own, its arrays lent by `buffers`. */
  columnOf(ids: Int32Array, count: number, buffers: Buffers = FRESH_BUFFERS): Column {
    // Nothing but numbers in the table, or nothing but texts: there is nothing to look out for.
    if (this.hasNumbersOnly) {
      const numbers = this.numbersOf(ids, count, buffers);
      if (numbers !== null) return numbers;
    }
    if (this.type.kind === 'STRING' && !this.ids.has(null)) return this.textsOf(ids, count, buffers);
    const builder = columnBuilder(this.type);
    for (let i = 0; i < count; i++) this.appendTo(builder, ids[i]!);
    return builder.finish();
  }

  private numbersOf(ids: Int32Array, count: number, buffers: Buffers): Column | null {
    const { values } = this.numbers;
    switch (this.type.kind) {
      case 'INT':
      case 'DATE':
      case 'TIME': {
        const ints = buffers.ints(count);
        for (let i = 0; i < count; i++) ints[i] = values[ids[i]!]!;
        return { kind: 'int', values: ints, nulls: null };
      }
      case 'BIGINT':
      case 'DOUBLE':
      case 'TIMESTAMP': {
        const floats = buffers.floats(count);
        for (let i = 0; i < count; i++) floats[i] = values[ids[i]!]!;
        return { kind: 'float', values: floats, nulls: null };
      }
      default:
        return null;
    }
  }

  private textsOf(ids: Int32Array, count: number, buffers: Buffers): Column {
    const { others } = this;
    if (this.placeOf.length < others.length) {
      this.placeOf = new Int32Array(others.length * 2);
      this.madeFor = new Int32Array(others.length * 2);
    }
    const { placeOf, madeFor } = this;
    const column = ++this.made;
    const places = buffers.ints(count);
    const dictionary: string[] = [];
    for (let i = 0; i < count; i++) {
      const id = ids[i]!;
      if (madeFor[id] !== column) {
        madeFor[id] = column;
        placeOf[id] = dictionary.length;
        dictionary.push(others[id] as string);
      }
      places[i] = placeOf[id]!;
    }
    return { kind: 'text', ids: places, dictionary: dictionary.length === 0 ? [''] : dictionary, nulls: null };
  }

  write(writer: StateWriter, id: number): void {
    writeScalar(writer, this.scalarOf(id));
  }

  read(reader: StateReader): number {
    return this.idOfScalar(readScalar(reader));
  }

  /** Writes the values of many numbers: as one array where they are all of one kind. */
  writeAll(writer: StateWriter, ids: Int32Array, count: number): void {
    if (this.areAllNumbers) {
      writer.u8(ALL_NUMBERS);
      writer.floatsAt(this.numbers.values, ids, count);
      return;
    }
    const column = this.columnOf(ids, count);
    if (column.nulls === null && (column.kind === 'int' || column.kind === 'float')) {
      writer.u8(ALL_NUMBERS);
      writer.floats(column.kind === 'float' ? column.values : new Float64Array(column.values));
    } else if (column.nulls === null && column.kind === 'text') {
      writer.u8(ALL_TEXTS);
      writer.u32(column.dictionary.length);
      writer.texts(column.dictionary);
      if (column.dictionary.length !== count) writer.ints(column.ids.subarray(0, count));
    } else {
      writer.u8(MIXED);
      for (let i = 0; i < count; i++) this.write(writer, ids[i]!);
    }
  }

  /** The numbers of `count` values that `writeAll` wrote. */
  readAll(reader: StateReader, count: number, ids: Int32Array): void {
    const layout = reader.u8();
    if (layout === ALL_NUMBERS) {
      const values = new Float64Array(count);
      reader.floats(values);
      if (this.size === 0) this.numbers.reserve(count);
      this.idsOf({ kind: 'float', values, nulls: null }, null, count, ids);
    } else if (layout === ALL_TEXTS) {
      const dictionary = reader.texts(reader.u32());
      this.texts.reserve(this.texts.size + dictionary.length);
      if (dictionary.length === count) {
        // Numbers of distinct values, as they mostly are: each has a text of its own, in their order.
        for (let i = 0; i < count; i++) ids[i] = this.idOfText(dictionary[i]!);
        return;
      }
      const texts = new Int32Array(count);
      reader.ints(texts);
      this.idsOf({ kind: 'text', ids: texts, dictionary, nulls: null }, null, count, ids);
    } else for (let i = 0; i < count; i++) ids[i] = this.read(reader);
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
