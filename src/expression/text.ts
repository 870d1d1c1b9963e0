/** Text as Flink sees it: positions count code points, order is that of the UTF-8 bytes. */

const SURROGATE = /[\uD800-\uDFFF]/;

/** Whether every character is one UTF-16 unit, so that units and code points count alike. */
export function isPlain(text: string): boolean {
  return !SURROGATE.test(text);
}

/** How many code points. */
export function textLength(text: string): number {
  if (isPlain(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Code points [from, to), both within the text. */
export function sliceText(text: string, from: number, to: number): string {
  return isPlain(text) ? text.slice(from, to) : Array.from(text).slice(from, to).join('');
}

/** Negative, 0 or positive, in the order of the UTF-8 bytes, which is that of the code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
  // Surrogates (D800..DFFF) stand for code points above FFFF and so come after E000..FFFF.
  const leftHigh = left >= 0xd800 && left <= 0xdfff;
  const rightHigh = right >= 0xd800 && right <= 0xdfff;
  return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1;
}

/** A double as Java's `Double.toString`: 1.0, 1.0E10, 1.0E-5, NaN, Infinity. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** UTF-8 bytes of a text; half of a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0) ?? 0;
    const point = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return Uint8Array.from(bytes);
}

/** Text of UTF-8 bytes; each byte that does not belong becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    let point = length === 1 ? first : first & (0xff >> (length + 1));
    let valid = length > 0 && first < 0xf5;
    for (let k = 1; valid && k < length; k++) {
      const next = bytes[i + k] ?? 0;
      valid = (next & 0xc0) === 0x80;
      point = (point << 6) | (next & 63);
    }
    const shortest = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
    valid &&= point >= shortest && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    text += valid ? String.fromCodePoint(point) : '\uFFFD';
    i += valid ? length : 1;
  }
  return text;
}
