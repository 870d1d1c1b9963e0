/**
 * Calendar arithmetic in the proleptic Gregorian calendar, UTC, without the platform's Date. Days count from 1970-01-01,
 * milliseconds from its midnight; both may be negative. Months are 1 to 12.
 */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 of a date; months beyond 1..12 and days beyond the month carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  // Years start in March here, so that the leap day is the last of its year.
  const monthsSinceMarch = month - 3;
  const y = year + Math.floor(monthsSinceMarch / 12);
  const m = monthsSinceMarch - Math.floor(monthsSinceMarch / 12) * 12;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  const day = dayOfYear - Math.floor((153 * m + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Day of that month, or the month's last day where it has fewer: 31 January + 1 month is 28 or 29 February. */
export function addMonthsToDays(days: number, months: number): number {
  const { year, month, day } = civilFromDays(days);
  const total = year * 12 + (month - 1) + months;
  const newYear = Math.floor(total / 12);
  const newMonth = total - newYear * 12 + 1;
  return daysFromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

export function addMonths(timeMs: number, months: number): number {
  const days = Math.floor(timeMs / DAY_MS);
  return addMonthsToDays(days, months) * DAY_MS + (timeMs - days * DAY_MS);
}

/** `yyyy-MM-dd`, one-digit months and days allowed, as days; null when that day does not exist. */
export function parseDate(text: string): number | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  return match === null ? null : checkedDays(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `HH:mm:ss` with an optional fraction, digits beyond the third are cut off, as ms of the day; null when there is none such. */
export function parseTime(text: string): number | null {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{0,9}))?)?$/u.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + Number((match[4] ?? '').padEnd(3, '0').slice(0, 3));
}

/** `yyyy-MM-dd` alone or with a blank and `HH:mm:ss[.fraction]`, as epoch ms; null when that moment does not exist. */
export function parseTimestamp(text: string): number | null {
  const blank = text.indexOf(' ');
  const days = parseDate(blank < 0 ? text : text.slice(0, blank));
  if (days === null) return null;
  if (blank < 0) return days * DAY_MS;
  const time = text.slice(blank + 1);
  const ms = /^\d+:\d+:\d+/u.test(time) ? parseTime(time) : null;
  return ms === null ? null : days * DAY_MS + ms;
}

/** Days of a date that must exist, else null. */
export function checkedDays(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return daysFromCivil(year, month, day);
}

export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  const sign = year < 0 ? '-' : '';
  return `${sign}${digits(Math.abs(year), 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** `HH:mm:ss`, with `.SSS` where there are milliseconds. */
export function formatTime(ms: number): string {
  const fraction = ms % SECOND_MS;
  return `${clock(ms)}${fraction === 0 ? '' : `.${digits(fraction, 3)}`}`;
}

/** `yyyy-MM-dd HH:mm:ss.SSS`, as Flink prints a TIMESTAMP(3). */
export function formatTimestamp(timeMs: number): string {
  const days = Math.floor(timeMs / DAY_MS);
  const ms = timeMs - days * DAY_MS;
  return `${formatDate(days)} ${clock(ms)}.${digits(ms % SECOND_MS, 3)}`;
}

function clock(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  const minute = Math.floor(ms / MINUTE_MS) % 60;
  return `${digits(hour, 2)}:${digits(minute, 2)}:${digits(Math.floor(ms / SECOND_MS) % 60, 2)}`;
}

export function digits(value: number, count: number): string {
  return String(Math.floor(value)).padStart(count, '0');
}
