import { decodeLoose, decodeUtf8, putCodePoint } from '../text/utf8-reader.ts';
import type { FieldBlock } from './field-block.ts';
import { JSON_ESCAPED, JSON_FALSE, JSON_TRUE, QUOTED_DOUBLED } from './field-block.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const TRUE = Uint8Array.of(116, 114, 117, 101);
const FALSE = Uint8Array.of(102, 97, 108, 115, 101);

/**
 * The bytes of a field as they are meant: doubled quotes and JSON escapes resolved. `bytes`, `start` and `end` hold
 * until the next call; `resolved` says that they are a copy, in which a lone surrogate may stand as three bytes.
 */
export class FieldText {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  resolved = false;
  private scratch = new Uint8Array(256);

  /** Takes field number `i` of the block. */
  take(block: FieldBlock, i: number): void {
    const kind = block.kinds[i]!;
    this.bytes = block.bytes;
    this.start = block.starts[i]!;
    this.end = block.ends[i]!;
    this.resolved = false;
    if (kind === QUOTED_DOUBLED) this.undouble();
    else if (kind === JSON_ESCAPED) this.unescape();
    else if (kind === JSON_TRUE || kind === JSON_FALSE) {
      this.bytes = kind === JSON_TRUE ? TRUE : FALSE;
      this.start = 0;
      this.end = this.bytes.length;
    }
  }

  /** Leaves out spaces at both ends. */
  trim(): void {
    while (this.start < this.end && this.bytes[this.start] === 32) this.start++;
    while (this.end > this.start && this.bytes[this.end - 1] === 32) this.end--;
  }

  /** The text, null when the bytes are no UTF-8. */
  text(): string | null {
    return this.resolved ? decodeLoose(this.bytes, this.start, this.end) : decodeUtf8(this.bytes, this.start, this.end);
  }

  private room(): Uint8Array {
    const size = this.end - this.start;
    if (this.scratch.length < size) this.scratch = new Uint8Array(size * 2);
    return this.scratch;
  }

  private undouble(): void {
    const into = this.room();
    let out = 0;
    for (let at = this.start; at < this.end; at++) {
      const byte = this.bytes[at]!;
      into[out++] = byte;
      if (byte === QUOTE) at++;
    }
    this.give(into, out);
    this.resolved = false;
  }

  private unescape(): void {
    const { bytes, end } = this;
    const into = this.room();
    let out = 0;
    for (let at = this.start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte !== BACKSLASH) {
        into[out++] = byte;
        continue;
      }
      const letter = bytes[++at]!;
      if (letter !== 117) {
        into[out++] = ESCAPES[letter]!;
        continue;
      }
      let code = hex4(bytes, at + 1);
      at += 4;
      if (code >> 10 === 0x36 && bytes[at + 1] === BACKSLASH && bytes[at + 2] === 117) {
        const low = hex4(bytes, at + 3);
        if (low >> 10 === 0x37) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
      }
      out = putCodePoint(into, out, code);
    }
    this.give(into, out);
  }

  private give(into: Uint8Array, length: number): void {
    this.bytes = into;
    this.start = 0;
    this.end = length;
    this.resolved = true;
  }
}

/** What a letter behind a backslash stands for; the scanner has seen to it that the letter is one of them. */
const ESCAPES = new Uint8Array(128);
for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPES[letter!.charCodeAt(0)] = meaning!.charCodeAt(0);
}

function hex4(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i]!;
    value = (value << 4) | (byte <= 57 ? byte - 48 : (byte | 32) - 87);
  }
  return value;
}
