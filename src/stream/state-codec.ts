import { assert } from './assert.ts';

const NAN_BITS = 0x7ff8_0000_0000_0000n;

/** Writes state as little-endian bytes. The same state always gives the same bytes. */
export class StateWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private at = 0;

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

  bigint(value: bigint): void {
    this.text(value.toString(36));
  }

  /** Every UTF-16 unit as it is: a lone surrogate survives. */
  text(value: string): void {
    this.u32(value.length);
    this.room(value.length * 2);
    for (let i = 0; i < value.length; i++) {
      this.view.setUint16(this.at, value.charCodeAt(i), true);
      this.at += 2;
    }
  }

  raw(value: Uint8Array): void {
    this.u32(value.length);
    this.room(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }
}

/** Reads what a `StateWriter` wrote, in the same order. Bytes that end too early are an `AssertionError`. */
export class StateReader {
  private readonly view: DataView;
  private at = 0;

  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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

  bigint(): bigint {
    const text = this.text();
    const negative = text.startsWith('-');
    let value = 0n;
    for (const digit of negative ? text.slice(1) : text) value = value * 36n + BigInt(parseInt(digit, 36));
    return negative ? -value : value;
  }

  text(): string {
    const length = this.u32();
    const at = this.take(length * 2);
    const parts: string[] = [];
    for (let i = 0; i < length; i += 4096) {
      const units: number[] = [];
      for (let j = i; j < Math.min(length, i + 4096); j++) units.push(this.view.getUint16(at + j * 2, true));
      parts.push(String.fromCharCode(...units));
    }
    return parts.join('');
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
