import { assert } from './assert.ts';
import type { Packing } from './packed-floats.ts';
import { pack, packingOf, unpack } from './packed-floats.ts';

const NAN_BITS = 0x7ff8_0000_0000_0000n;

const MACHINE_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Code units that are made into a string at once. */
const UNITS_AT_ONCE = 4096;

/** Numbers that are gathered at once on their way between arrays and bytes: they stay in the nearest cache. */
const GATHERED = 1024;
const gatheredFloats = new Float64Array(GATHERED);
const gatheredInts = new Int32Array(GATHERED);

/** V8 copies slices shorter than this; longer ones keep the whole text alive of which they are a part. */
const COPIED_SLICE = 13;

/** How texts lie: lengths in a byte each, units in a byte each. */
const SHORT = 1;
const NARROW = 2;

/** A buffer that is filled to one part in so many is handed out as it is. */
const LEAST_FILL = 1.25;

/** How a codec is to work; the bytes are the same in every case. */
export interface CodecOptions {
  /** About how many bytes there will be, so that the buffer need not grow. */
  readonly bytes?: number;
  /** Whether numbers lie in memory as they do in the bytes; then arrays of them are copied as they are. */
  readonly littleEndian?: boolean;
}

/**
 * Writes state as little-endian bytes. The same state always gives the same bytes.
 *
 * Methods in the plural write many values at once and no count: the reader has to know it. Give a `subarray` to write a
 * part of an array.
 */
export class StateWriter {
  private bytes: Uint8Array;
  private view: DataView;
  private at = 0;
  private readonly littleEndian: boolean;

  constructor(options: CodecOptions = {}) {
    this.bytes = new Uint8Array(Math.max(256, options.bytes ?? 0));
    this.view = new DataView(this.bytes.buffer);
    this.littleEndian = options.littleEndian ?? MACHINE_IS_LITTLE_ENDIAN;
  }

  private room(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.at + count, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  u8(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  u32(value: number): void {
    this.room(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  f64(value: number): void {
    this.room(8);
    this.view.setFloat64(this.at, value, true);
    // A NaN has many patterns of bits, and which one an operation leaves is the machine's affair.
    if (value !== value) this.view.setBigUint64(this.at, NAN_BITS, true);
    this.at += 8;
  }

  /** Doubles; each stretch of them in as few bytes as its whole numbers take. */
  floats(values: Float64Array): void {
    for (let from = 0; from < values.length; from += GATHERED) this.packed(values.subarray(from, from + GATHERED));
  }

  private packed(values: Float64Array): void {
    const packing = packingOf(values);
    const { width, base } = packing;
    this.u8(width);
    if (width === 8) {
      this.wide(values);
      return;
    }
    this.f64(base);
    this.room(values.length * width);
    pack(values, packing, this.bytes, this.at);
    this.at += values.length * width;
  }

  /** Doubles, as `f64` writes each. */
  private wide(values: Float64Array): void {
    const { length } = values;
    this.room(length * 8);
    const { view, at } = this;
    if (this.littleEndian) this.copy(values);
    else for (let i = 0; i < length; i++) view.setFloat64(at + i * 8, values[i]!, true);
    for (let i = 0; i < length; i++) if (values[i] !== values[i]) view.setBigUint64(at + i * 8, NAN_BITS, true);
    this.at = at + length * 8;
  }

  /** The doubles at `places[0 .. count - 1]`, as `floats` writes them. */
  floatsAt(values: Float64Array, places: Int32Array, count: number): void {
    for (let from = 0; from < count; from += GATHERED) {
      const part = gatheredFloats.subarray(0, Math.min(GATHERED, count - from));
      for (let i = 0; i < part.length; i++) part[i] = values[places[from + i]!]!;
      this.packed(part);
    }
  }

  /** The whole numbers at `places[0 .. count - 1]`, as `ints` writes them. */
  intsAt(values: Int32Array, places: Int32Array, count: number): void {
    this.room(count * 4);
    for (let from = 0; from < count; from += GATHERED) {
      const part = gatheredInts.subarray(0, Math.min(GATHERED, count - from));
      for (let i = 0; i < part.length; i++) part[i] = values[places[from + i]!]!;
      this.ints(part);
    }
  }

  /** Whole numbers of 32 bits. */
  ints(values: Int32Array | Uint32Array): void {
    const { length } = values;
    this.room(length * 4);
    const { view, at } = this;
    if (this.littleEndian) this.copy(values);
    else for (let i = 0; i < length; i++) view.setInt32(at + i * 4, values[i]!, true);
    this.at = at + length * 4;
  }

  /** Whole numbers of 64 bits. */
  longs(values: BigInt64Array): void {
    const { length } = values;
    this.room(length * 8);
    const { view, at } = this;
    if (this.littleEndian) this.copy(values);
    else for (let i = 0; i < length; i++) view.setBigInt64(at + i * 8, values[i]!, true);
    this.at = at + length * 8;
  }

  /** Bytes as they are; `raw` also writes how many. */
  u8s(values: Uint8Array): void {
    this.room(values.length);
    this.bytes.set(values, this.at);
    this.at += values.length;
  }

  private copy(values: ArrayBufferView): void {
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.at);
  }

  bigint(value: bigint): void {
    this.text(value.toString(36));
  }

  /** Every UTF-16 unit as it is: a lone surrogate survives. */
  text(value: string): void {
    this.u32(value.length);
    this.room(value.length * 2);
    this.units(value);
  }

  /** Texts one after the other: first all lengths, then all units; each of them in a byte where all can be. */
  texts(values: readonly string[]): void {
    const { length } = values;
    const lengths = new Int32Array(length);
    let units = 0;
    let longest = 0;
    for (let i = 0; i < length; i++) {
      units += lengths[i] = values[i]!.length;
      longest = Math.max(longest, lengths[i]!);
    }
    const flagAt = this.at;
    this.u8(longest < 256 ? SHORT : 0);
    if (longest < 256) this.u8s(new Uint8Array(lengths));
    else this.ints(lengths);
    this.room(units * 2);
    if (this.narrowUnits(values)) this.bytes[flagAt]! |= NARROW;
    else for (let i = 0; i < length; i++) this.units(values[i]!);
  }

  /** There is room for them. False, with nothing written, where one takes more than a byte. */
  private narrowUnits(values: readonly string[]): boolean {
    const { bytes } = this;
    let at = this.at;
    let all = 0;
    for (const value of values) {
      for (let i = 0; i < value.length; i++) all |= bytes[at++] = value.charCodeAt(i);
      if (all > 255) return false;
    }
    this.at = at;
    return true;
  }

  /** There is room for them. */
  private units(value: string): void {
    const { bytes } = this;
    let at = this.at;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      bytes[at++] = unit;
      bytes[at++] = unit >> 8;
    }
    this.at = at;
  }

  raw(value: Uint8Array): void {
    this.u32(value.length);
    this.u8s(value);
  }

  /** The bytes; nothing may be written any more. Their buffer may be somewhat larger. */
  finish(): Uint8Array {
    const { bytes, at } = this;
    return at * LEAST_FILL > bytes.length ? bytes.subarray(0, at) : bytes.slice(0, at);
  }
}

/** Reads what a `StateWriter` wrote, in the same order. Bytes that end too early are an `AssertionError`. */
export class StateReader {
  private readonly view: DataView;
  private at = 0;
  private readonly littleEndian: boolean;

  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, options: Pick<CodecOptions, 'littleEndian'> = {}) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = options.littleEndian ?? MACHINE_IS_LITTLE_ENDIAN;
  }

  private take(count: number): number {
    const at = this.at;
    assert(at + count <= this.bytes.length, 'a snapshot ends too early');
    this.at += count;
    return at;
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  /** Fills an array, or a `subarray` of one, with what `floats` wrote. */
  floats(into: Float64Array): void {
    for (let from = 0; from < into.length; from += GATHERED) this.unpacked(into.subarray(from, from + GATHERED));
  }

  private unpacked(into: Float64Array): void {
    const width = this.u8() as Packing['width'];
    if (width === 8) {
      this.wide(into);
      return;
    }
    const base = this.f64();
    const at = this.take(into.length * width);
    unpack(into, { width, base }, this.bytes, at);
  }

  private wide(into: Float64Array): void {
    const { length } = into;
    const at = this.take(length * 8);
    if (this.littleEndian) this.copy(into, at);
    else for (let i = 0; i < length; i++) into[i] = this.view.getFloat64(at + i * 8, true);
  }

  /** Puts `count` doubles that `floats` or `floatsAt` wrote to `places[0 .. count - 1]`. */
  floatsTo(into: Float64Array, places: Int32Array, count: number): void {
    for (let from = 0; from < count; from += GATHERED) {
      const part = gatheredFloats.subarray(0, Math.min(GATHERED, count - from));
      this.unpacked(part);
      for (let i = 0; i < part.length; i++) into[places[from + i]!] = part[i]!;
    }
  }

  /** The same for whole numbers of 32 bits. */
  intsTo(into: Int32Array, places: Int32Array, count: number): void {
    for (let from = 0; from < count; from += GATHERED) {
      const part = gatheredInts.subarray(0, Math.min(GATHERED, count - from));
      this.ints(part);
      for (let i = 0; i < part.length; i++) into[places[from + i]!] = part[i]!;
    }
  }

  /** Fills an array, or a `subarray` of one, with what `ints` wrote. */
  ints(into: Int32Array | Uint32Array): void {
    const { length } = into;
    const at = this.take(length * 4);
    if (this.littleEndian) this.copy(into, at);
    else for (let i = 0; i < length; i++) into[i] = this.view.getInt32(at + i * 4, true);
  }

  /** Fills an array, or a `subarray` of one, with what `longs` wrote. */
  longs(into: BigInt64Array): void {
    const { length } = into;
    const at = this.take(length * 8);
    if (this.littleEndian) this.copy(into, at);
    else for (let i = 0; i < length; i++) into[i] = this.view.getBigInt64(at + i * 8, true);
  }

  /** Fills an array, or a `subarray` of one, with what `u8s` wrote. */
  u8s(into: Uint8Array): void {
    const at = this.take(into.length);
    into.set(this.bytes.subarray(at, at + into.length));
  }

  private copy(into: ArrayBufferView, at: number): void {
    const target = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    target.set(this.bytes.subarray(at, at + target.length));
  }

  bigint(): bigint {
    const text = this.text();
    const negative = text.startsWith('-');
    let value = 0n;
    for (const digit of negative ? text.slice(1) : text) value = value * 36n + BigInt(parseInt(digit, 36));
    return negative ? -value : value;
  }

  text(): string {
    return textOf(this.unitsOf(this.u32()));
  }

  /** `count` texts that `texts` wrote. */
  texts(count: number): string[] {
    const layout = this.u8();
    const lengths = (layout & SHORT) === 0 ? new Int32Array(count) : new Uint8Array(count);
    if (lengths instanceof Int32Array) this.ints(lengths);
    else this.u8s(lengths);
    let total = 0;
    for (let i = 0; i < count; i++) total += lengths[i]!;
    const units = (layout & NARROW) === 0 ? this.unitsOf(total) : this.bytesOf(total);
    const texts = new Array<string>(count);
    let piece = '';
    let pieceFrom = 0;
    let at = 0;
    for (let i = 0; i < count; i++) {
      const end = at + lengths[i]!;
      if (end - at >= COPIED_SLICE) texts[i] = textOf(units.subarray(at, end));
      else {
        if (end > pieceFrom + piece.length) {
          pieceFrom = at;
          piece = textOf(units.subarray(at, at + UNITS_AT_ONCE));
        }
        texts[i] = piece.slice(at - pieceFrom, end - pieceFrom);
      }
      at = end;
    }
    return texts;
  }

  private bytesOf(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  private unitsOf(length: number): Uint16Array {
    const at = this.take(length * 2);
    const units = new Uint16Array(length);
    if (this.littleEndian) this.copy(units, at);
    else for (let i = 0; i < length; i++) units[i] = this.view.getUint16(at + i * 2, true);
    return units;
  }

  raw(): Uint8Array {
    const length = this.u32();
    const at = this.take(length);
    return this.bytes.slice(at, at + length);
  }

  atEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

function textOf(units: Uint16Array | Uint8Array): string {
  if (units.length <= UNITS_AT_ONCE) return String.fromCharCode.apply(null, units as unknown as number[]);
  const parts: string[] = [];
  for (let i = 0; i < units.length; i += UNITS_AT_ONCE) {
    parts.push(String.fromCharCode.apply(null, units.subarray(i, i + UNITS_AT_ONCE) as unknown as number[]));
  }
  return parts.join('');
}
