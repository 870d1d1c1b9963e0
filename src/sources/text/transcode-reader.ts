import type { Encoding } from '../file/file-config.ts';
import { putCodePoint } from './utf8-reader.ts';

/** Windows-1252 from 0x80 to 0x9f; what it leaves undefined stands for itself, as on the web. */
const HIGH_CONTROLS = [
  0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d,
  0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,
  0x017e, 0x0178,
] as const;

/** Turns text of one encoding into UTF-8, piece by piece. Lone UTF-16 surrogates become U+FFFD and are counted. */
export class Transcoder {
  replaced = 0;
  private readonly encoding: Encoding;
  private carry = -1;
  private high = 0;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  push(chunk: Uint8Array, final: boolean): Uint8Array {
    if (this.encoding === 'utf-8') return chunk;
    return this.encoding === 'windows-1252' ? fromWindows(chunk) : this.fromUtf16(chunk, final);
  }

  private fromUtf16(chunk: Uint8Array, final: boolean): Uint8Array {
    const big = this.encoding === 'utf-16be';
    const bytes = new Uint8Array((chunk.length + 4) * 2);
    let out = 0;
    for (const byte of chunk) {
      if (this.carry < 0) {
        this.carry = byte;
        continue;
      }
      const unit = big ? (this.carry << 8) | byte : (byte << 8) | this.carry;
      this.carry = -1;
      out = this.unit(bytes, out, unit);
    }
    if (final && (this.high !== 0 || this.carry >= 0)) {
      this.replaced++;
      out = putCodePoint(bytes, out, 0xfffd);
    }
    return bytes.subarray(0, out);
  }

  private unit(bytes: Uint8Array, at: number, unit: number): number {
    let out = at;
    const isLow = unit >> 10 === 0x37;
    if (this.high !== 0 && isLow) {
      const code = 0x10000 + ((this.high - 0xd800) << 10) + (unit - 0xdc00);
      this.high = 0;
      return putCodePoint(bytes, out, code);
    }
    if (this.high !== 0) {
      this.replaced++;
      out = putCodePoint(bytes, out, 0xfffd);
      this.high = 0;
    }
    if (unit >> 10 === 0x36) {
      this.high = unit;
      return out;
    }
    if (isLow) this.replaced++;
    return putCodePoint(bytes, out, isLow ? 0xfffd : unit);
  }
}

function fromWindows(chunk: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(chunk.length * 3);
  let out = 0;
  for (const byte of chunk) {
    out = putCodePoint(bytes, out, byte >= 0x80 && byte < 0xa0 ? (HIGH_CONTROLS[byte - 0x80] ?? byte) : byte);
  }
  return bytes.subarray(0, out);
}
