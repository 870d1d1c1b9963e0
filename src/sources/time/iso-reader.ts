import type { LocalTime } from './calendar.ts';

const ZERO = 48;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const COLON = 58;
const SPACE = 32;

/** Two digits as a number, NaN when they are none. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! - ZERO;
  const low = bytes[at + 1]! - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
}

/**
 * Reads an ISO 8601 date, or date and time, of exactly the bytes [start, end) into `into`. False when they are none;
 * whether the calendar has it is not checked here.
 *
 * Accepted: `2024-01-31`, `2024-01-31T09:05`, `2024-01-31 09:05:07.250`, with `Z`, ` UTC`, `+02:00`, `+0200` or `+02`
 * behind a time; years of six digits with a sign. Digits of a second beyond the third are cut off.
 */
export function readIso(bytes: Uint8Array, start: number, end: number, into: LocalTime): boolean {
  let at = start;
  let sign = 1;
  let year: number;
  if (bytes[at] === PLUS || bytes[at] === MINUS) {
    sign = bytes[at] === MINUS ? -1 : 1;
    year = twoDigits(bytes, at + 1) * 10_000 + twoDigits(bytes, at + 3) * 100 + twoDigits(bytes, at + 5);
    at += 7;
  } else {
    year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
    at += 4;
  }
  if (end - at < 6 || bytes[at] !== MINUS || bytes[at + 3] !== MINUS) return false;
  const month = twoDigits(bytes, at + 1);
  const day = twoDigits(bytes, at + 4);
  at += 6;
  if (Number.isNaN(year + month + day)) return false;
  into.reset();
  into.year = sign * year;
  into.month = month;
  into.day = day;
  if (at === end) return true;
  const separator = bytes[at]! | 0x20;
  if (separator !== 0x74 && bytes[at] !== SPACE) return false;
  return readClock(bytes, at + 1, end, into);
}

function readClock(bytes: Uint8Array, start: number, end: number, into: LocalTime): boolean {
  if (end - start < 5 || bytes[start + 2] !== COLON) return false;
  into.hour = twoDigits(bytes, start);
  into.minute = twoDigits(bytes, start + 3);
  let at = start + 5;
  if (bytes[at] === COLON && at + 3 <= end) {
    into.second = twoDigits(bytes, at + 1);
    at += 3;
    if (at < end && (bytes[at] === POINT || bytes[at] === COMMA)) {
      const digits = readFraction(bytes, at + 1, end, into);
      if (digits === 0) return false;
      at += 1 + digits;
    }
  }
  if (Number.isNaN(into.hour + into.minute + into.second)) return false;
  return at === end || readOffset(bytes, at, end, into) === end;
}

/** Digits of a fraction of a second; gives how many there were. */
export function readFraction(bytes: Uint8Array, start: number, end: number, into: LocalTime): number {
  let at = start;
  let millis = 0;
  let weight = 100;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) {
    millis += (bytes[at]! - ZERO) * weight;
    weight = weight === 1 || weight === 0 ? 0 : weight / 10;
    at++;
  }
  into.millis = millis;
  return at - start;
}

/** `Z`, `UTC`, `+02:00`, `+0200`, `+02`, a space before each allowed. Gives where it ends, -1 when there is none. */
export function readOffset(bytes: Uint8Array, start: number, end: number, into: LocalTime): number {
  let at = start;
  if (bytes[at] === SPACE && at + 1 < end) at++;
  const first = bytes[at]!;
  if ((first | 0x20) === 0x7a) {
    into.offsetMs = 0;
    return at + 1;
  }
  if (first === 0x55 && end - at >= 3 && bytes[at + 1] === 0x54 && bytes[at + 2] === 0x43) {
    into.offsetMs = 0;
    return at + 3;
  }
  if ((first !== PLUS && first !== MINUS) || end - at < 3) return -1;
  const hours = twoDigits(bytes, at + 1);
  at += 3;
  let minutes = 0;
  const colon = at < end && bytes[at] === COLON ? 1 : 0;
  if (end - at >= 2 + colon) {
    const digits = twoDigits(bytes, at + colon);
    if (!Number.isNaN(digits)) {
      minutes = digits;
      at += 2 + colon;
    } else if (colon === 1) return -1;
  }
  if (!(hours <= 18) || minutes > 59) return -1;
  into.offsetMs = (hours * 60 + minutes) * (first === MINUS ? -60_000 : 60_000);
  return at;
}
