/** Text, or the offset of the first byte that is no UTF-8. A byte order mark is skipped. */
export type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly offset: number };

const CHUNK_UNITS = 8192;

/**
 * Strict UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF). Written out because the library of this room
 * has no `TextDecoder`.
 */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const parts: string[] = [];
  let units: number[] = [];
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return { ok: false, offset: at };
    const point = codePoint(bytes, at, length);
    if (point >= 0x1_0000) units.push(0xd800 + ((point - 0x1_0000) >> 10), 0xdc00 + ((point - 0x1_0000) & 0x3ff));
    else units.push(point);
    at += length;
    if (units.length >= CHUNK_UNITS) {
      parts.push(String.fromCharCode(...units));
      units = [];
    }
  }
  parts.push(String.fromCharCode(...units));
  return { ok: true, text: parts.join('') };
}

/** Bytes of the character at `at`; 0 when it is no valid one. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  const point = codePoint(bytes, at, length);
  const isOverlong = (length === 3 && point < 0x800) || (length === 4 && point < 0x1_0000);
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return isOverlong || isSurrogate || point > 0x10_ffff ? 0 : length;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let point = length === 1 ? first : first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}
