import { DAY_MS, daysFromDate, daysInMonth } from './calendar.ts';

const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const COLON = 58;
const SPACE = 32;
const LETTER_T = 84;
const LETTER_Z = 90;
/** `2024-01-31T09:05:07` */
const SHORTEST = 19;

/**
 * ISO 8601 as programs write it, by fixed places: `2024-01-31T09:05:07`, a space for the T, a fraction of up to nine
 * digits, and `Z` or `+02:00` behind it or nothing. Of these only times that every clock shows: no 24:00, no leap second.
 * All else is left to those who read every way of writing, and say what is wrong; what is read here they read the same.
 */
export class CommonIsoTime {
  /** What the clock showed, as milliseconds since 1970. */
  localMs = 0;
  /** Offset from UTC that the text states; NaN when it states none. */
  offsetMs = Number.NaN;
  private date = -1;
  private dateMs = 0;

  /** False when the bytes [start, end) are not written so. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < SHORTEST) return false;
    const b = bytes;
    const s = start;
    if (b[s + 4] !== MINUS || b[s + 7] !== MINUS || b[s + 13] !== COLON || b[s + 16] !== COLON) return false;
    if (b[s + 10] !== LETTER_T && b[s + 10] !== SPACE) return false;
    const year = twoDigits(b, s) * 100 + twoDigits(b, s + 2);
    const month = twoDigits(b, s + 5);
    const day = twoDigits(b, s + 8);
    const hour = twoDigits(b, s + 11);
    const minute = twoDigits(b, s + 14);
    const second = twoDigits(b, s + 17);
    // What is no digit is far above all of them.
    if (year > 9999 || month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59) return false;
    const date = (year << 9) | (month << 5) | day;
    if (date !== this.date && !this.takeDate(date, { year, month, day })) return false;
    let at = s + SHORTEST;
    let millis = 0;
    if (at < end && b[at] === POINT) {
      let weight = 100;
      const first = ++at;
      for (; at < end && (b[at]! - ZERO) >>> 0 <= 9; at++) {
        millis += (b[at]! - ZERO) * weight;
        weight = weight === 100 ? 10 : weight === 10 ? 1 : 0;
      }
      if (at === first || at - first > 9) return false;
    }
    this.localMs = this.dateMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + millis;
    return this.readOffset(b, at, end);
  }

  /** Most times are of the same day as those before them. */
  private takeDate(
    date: number,
    { year, month, day }: { readonly year: number; readonly month: number; readonly day: number },
  ): boolean {
    if (day < 1 || day > daysInMonth(year, month)) return false;
    this.date = date;
    this.dateMs = daysFromDate(year, month, day) * DAY_MS;
    return true;
  }

  private readOffset(b: Uint8Array, at: number, end: number): boolean {
    if (at === end) {
      this.offsetMs = Number.NaN;
      return true;
    }
    const sign = b[at];
    if (at + 1 === end) {
      this.offsetMs = 0;
      return sign === LETTER_Z;
    }
    if (at + 6 !== end || b[at + 3] !== COLON || (sign !== PLUS && sign !== MINUS)) return false;
    const hours = twoDigits(b, at + 1);
    const minutes = twoDigits(b, at + 4);
    if (hours > 18 || minutes > 59) return false;
    this.offsetMs = (hours * 60 + minutes) * (sign === MINUS ? -60_000 : 60_000);
    return true;
  }
}

/** Two digits as a number, more than 9999 when they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const high = (bytes[at]! - ZERO) >>> 0;
  const low = (bytes[at + 1]! - ZERO) >>> 0;
  return high <= 9 && low <= 9 ? high * 10 + low : 100_000;
}
