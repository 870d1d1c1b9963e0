/** UTF-8 by hand: this room has no platform decoder, and has to name the byte that is wrong. */
import type { AsciiDecoder } from './ascii-reader.ts';
import { asciiText } from './ascii-reader.ts';

/** Bytes of a text. A lone surrogate becomes the three bytes that its number would have, which `decodeLoose` reads back. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      }
    }
    at = putCodePoint(bytes, at, code);
  }
  return bytes.slice(0, at);
}

/** Writes one code point at `at` and gives where the next one goes. */
export function putCodePoint(bytes: Uint8Array, at: number, code: number): number {
  let next = at;
  if (code < 0x80) bytes[next++] = code;
  else if (code < 0x800) {
    bytes[next++] = 0xc0 | (code >> 6);
    bytes[next++] = 0x80 | (code & 63);
  } else if (code < 0x10000) {
    bytes[next++] = 0xe0 | (code >> 12);
    bytes[next++] = 0x80 | ((code >> 6) & 63);
    bytes[next++] = 0x80 | (code & 63);
  } else {
    bytes[next++] = 0xf0 | (code >> 18);
    bytes[next++] = 0x80 | ((code >> 12) & 63);
    bytes[next++] = 0x80 | ((code >> 6) & 63);
    bytes[next++] = 0x80 | (code & 63);
  }
  return next;
}

/** Length of the well-formed character at `at`, 0 when there is none before `end`. `loose` lets surrogates pass. */
export function characterLength(bytes: Uint8Array, at: number, end: number, loose = false): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const second = bytes[at + 1]!;
  if (second >> 6 !== 2) return 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f && !loose) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let i = 2; i < length; i++) if (bytes[at + i]! >> 6 !== 2) return 0;
  return length;
}

/** Index of the first byte that is no UTF-8, -1 when all is well. */
export function invalidUtf8At(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end;) {
    if (bytes[at]! < 0x80) {
      at++;
      continue;
    }
    const length = characterLength(bytes, at, end);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** The text of the bytes [start, end), null when they are no UTF-8. */
export function decodeUtf8(
  bytes: Uint8Array,
  start: number,
  end: number,
  platform: AsciiDecoder | null = null,
): string | null {
  return decode(bytes, { start, end, platform }, 'strict');
}

/** As `decodeUtf8`, for bytes that `encodeUtf8` made: lone surrogates come back. What is damaged becomes U+FFFD. */
export function decodeLoose(
  bytes: Uint8Array,
  start: number,
  end: number,
  platform: AsciiDecoder | null = null,
): string {
  return decode(bytes, { start, end, platform }, 'loose') ?? '';
}

/** ASCII letters in a row from which on they are made a text of their own. */
const LONG_RUN = 16;

function decode(
  bytes: Uint8Array,
  range: { readonly start: number; readonly end: number; readonly platform: AsciiDecoder | null },
  mode: 'strict' | 'loose',
): string | null {
  const { start, end, platform } = range;
  let at = asciiEnd(bytes, start, end);
  if (at === end) return asciiText(bytes, start, end, platform);
  const parts: string[] = [];
  const units: number[] = [];
  for (let run = start; run < end; run = at) {
    at = asciiEnd(bytes, run, end);
    if (at - run >= LONG_RUN) {
      parts.push(String.fromCharCode(...units), asciiText(bytes, run, at, platform));
      units.length = 0;
    } else for (let i = run; i < at; i++) units.push(bytes[i]!);
    if (at < end) {
      const length = characterLength(bytes, at, end, mode === 'loose');
      if (length === 0 && mode === 'strict') return null;
      pushUnits(units, length === 0 ? 0xfffd : codePoint(bytes, at, length));
      at += Math.max(1, length);
    }
    if (units.length >= 4096) {
      parts.push(String.fromCharCode(...units));
      units.length = 0;
    }
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

/** Where the letters of one byte each end that begin at `start`. */
function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! < 0x80) at++;
  return at;
}

/** The code point of the well-formed character of `length` bytes at `at`. */
export function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at]!;
  if (length === 1) return first;
  if (length === 2) return ((first & 31) << 6) | (bytes[at + 1]! & 63);
  const middle = ((bytes[at + 1]! & 63) << 6) | (bytes[at + 2]! & 63);
  if (length === 3) return ((first & 15) << 12) | middle;
  return ((first & 7) << 18) | (middle << 6) | (bytes[at + 3]! & 63);
}

function pushUnits(units: number[], code: number): void {
  if (code < 0x10000) units.push(code);
  else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
}
