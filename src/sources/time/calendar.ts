export const DAY_MS = 86_400_000;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days of a month, 1..12, in the proleptic Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Days from 1970-01-01 to a date that exists. Years count from 0 as ISO 8601 does. */
export function daysFromDate(year: number, month: number, day: number): number {
  // Years that begin in March end with the leap day, and 400 of them always have 146,097 days.
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** A point of local time, field by field. What is out of the calendar is a fault, never carried over. */
export class LocalTime {
  year = 1970;
  month = 1;
  day = 1;
  hour = 0;
  minute = 0;
  second = 0;
  millis = 0;
  /** Offset from UTC that the text states; NaN when it states none. */
  offsetMs = Number.NaN;

  reset(): void {
    this.year = 1970;
    this.month = this.day = 1;
    this.hour = this.minute = this.second = this.millis = 0;
    this.offsetMs = Number.NaN;
  }

  /** What no calendar or clock has, null when all is well. 24:00:00 is the end of its day; 23:59:60 is a leap second. */
  fault(): string | null {
    const { year, month, day, hour, minute, second } = this;
    if (month < 1 || month > 12) return `there is no month ${month}`;
    if (day < 1 || day > daysInMonth(year, month)) return `month ${month} of ${year} has no day ${day}`;
    if (hour > 24 || (hour === 24 && (minute > 0 || second > 0 || this.millis > 0))) return `there is no hour ${hour}`;
    if (minute > 59) return `there is no minute ${minute}`;
    if (second > 60 || (second === 60 && minute !== 59)) return `there is no second ${second}`;
    return null;
  }

  /** Milliseconds since 1970 on the clock that the text was read from. A leap second is the second after it. */
  toMs(): number {
    const timeMs = this.hour * 3_600_000 + this.minute * 60_000 + this.second * 1000 + this.millis;
    return daysFromDate(this.year, this.month, this.day) * DAY_MS + timeMs;
  }
}
