import { EXACT_LIMIT } from '../../stream/column.ts';
import { asciiText } from '../text/ascii-reader.ts';

const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Most digits of a whole number that a double always holds exactly. */
const EXACT_DIGITS = 15;

/** What `readDouble` found beside the value. */
export interface NumberFinding {
  /** Whole digits that the double does not hold exactly. */
  inexact: boolean;
}

/**
 * The number that is written in the bytes [start, end), rounded as ECMAScript does, NaN when none is: digits with an
 * optional sign, point and exponent, nothing else. No hexadecimal, no words. Infinity when it is too large for a double.
 */
export function readDouble(bytes: Uint8Array, start: number, end: number, finding?: NumberFinding): number {
  let at = start;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  const digitsStart = at;
  let mantissa = 0;
  let digit = bytes[at]! - 48;
  while (at < end && digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digit = bytes[++at]! - 48;
  }
  let digits = at - digitsStart;
  let fraction = 0;
  if (at < end && bytes[at] === 46) {
    const pointAt = at++;
    digit = bytes[at]! - 48;
    while (at < end && digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++at]! - 48;
    }
    fraction = at - pointAt - 1;
    digits += fraction;
  }
  if (digits === 0) return Number.NaN;
  if (at === end && isExact(mantissa, fraction)) {
    const value = fraction === 0 ? mantissa : mantissa / POWERS[fraction]!;
    return negative ? -value : value;
  }
  return readLongNumber(bytes, { start, end, at }, { mantissa, fraction, negative }, finding);
}

/**
 * Whether a whole number below 2^53 and a power of ten that a double holds exactly say the value: then one division or
 * multiplication rounds it once, as it must be. A sum of digits that comes out below 2^53 was never rounded.
 */
function isExact(mantissa: number, power: number): boolean {
  return mantissa < EXACT_LIMIT && power < POWERS.length;
}

/** Numbers with an exponent or with many digits. What is not exact goes to the platform, as a text that is known to be a number. */
function readLongNumber(
  bytes: Uint8Array,
  place: { readonly start: number; readonly end: number; readonly at: number },
  digits: { readonly mantissa: number; readonly fraction: number; readonly negative: boolean },
  finding: NumberFinding | undefined,
): number {
  const { start, end } = place;
  const { mantissa, fraction } = digits;
  let { at } = place;
  if (at < end && (bytes[at]! | 32) === 101) {
    at++;
    const isBelow = bytes[at] === 45;
    if (isBelow || bytes[at] === 43) at++;
    const exponentStart = at;
    let exponent = 0;
    for (; at < end && bytes[at]! >= 48 && bytes[at]! <= 57; at++) exponent = exponent * 10 + bytes[at]! - 48;
    if (at === exponentStart) return Number.NaN;
    const power = (isBelow ? -exponent : exponent) - fraction;
    if (at === end && isExact(mantissa, Math.abs(power))) {
      const value = power < 0 ? mantissa / POWERS[-power]! : mantissa * POWERS[power]!;
      return digits.negative ? -value : value;
    }
  }
  if (at !== end) return Number.NaN;
  const text = asciiText(bytes, start, end);
  const value = Number(text);
  if (finding !== undefined && fraction === 0 && place.at === end && Math.abs(value) > EXACT_LIMIT) {
    finding.inexact ||= BigInt(text.replace('+', '')) !== BigInt(value);
  }
  return value;
}

/**
 * A whole number of at most 15 digits, NaN for anything else: more digits, a point, an exponent, no number at all.
 */
export function readShortWhole(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  if (at === end || end - at > EXACT_DIGITS) return Number.NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** A whole number of any length, null when it is none. A fraction of zeros and an exponent do not make a whole number. */
export function readLongWhole(bytes: Uint8Array, start: number, end: number): bigint | null {
  if (end - start > 60) return null;
  const text = asciiText(bytes, start, end);
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : null;
}

/**
 * `1.234,50` as `1234.50`: points stand between groups of three digits, a comma before the fraction. Null when the bytes
 * are not written so.
 */
export function withoutComma(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const text = asciiText(bytes, start, end);
  if (!/^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?([eE][+-]?\d+)?$/.test(text)) return null;
  const plain = text.replaceAll('.', '').replace(',', '.');
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
