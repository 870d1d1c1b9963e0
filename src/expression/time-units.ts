import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
  addMonths,
  addMonthsToDays,
  civilFromDays,
  daysFromCivil,
} from './civil-time.ts';

/** Units of FLOOR, CEIL, TIMESTAMPADD and TIMESTAMPDIFF. MILLISECOND is Tidemark's own. */
export const MS_UNITS = new Map([
  ['MILLISECOND', 1],
  ['SECOND', SECOND_MS],
  ['MINUTE', MINUTE_MS],
  ['HOUR', HOUR_MS],
  ['DAY', DAY_MS],
  ['WEEK', 7 * DAY_MS],
]);
export const MONTH_UNITS = new Map([
  ['MONTH', 1],
  ['QUARTER', 3],
  ['YEAR', 12],
]);
export const TIME_UNITS: readonly string[] = [...MS_UNITS.keys(), ...MONTH_UNITS.keys()];
export const EXTRACT_UNITS: readonly string[] = [
  ...TIME_UNITS,
  'DECADE',
  'CENTURY',
  'MILLENNIUM',
  'DOW',
  'ISODOW',
  'DOY',
  'ISOYEAR',
  'EPOCH',
];

/** One part of a time. DOW counts Sunday as 1, ISODOW Monday; WEEK is the ISO week; EPOCH seconds since 1970. */
export function extract(unit: string, timeMs: number): number {
  const days = Math.floor(timeMs / DAY_MS);
  const ms = timeMs - days * DAY_MS;
  switch (unit) {
    case 'MILLISECOND':
      return ms % SECOND_MS;
    case 'SECOND':
      return Math.floor(ms / SECOND_MS) % 60;
    case 'MINUTE':
      return Math.floor(ms / MINUTE_MS) % 60;
    case 'HOUR':
      return Math.floor(ms / HOUR_MS);
    case 'EPOCH':
      return Math.floor(timeMs / SECOND_MS);
    case 'DOW':
      return dayOfWeek(days) + 1;
    case 'ISODOW':
      return dayOfWeek(days) === 0 ? 7 : dayOfWeek(days);
    default:
      return extractDate(unit, days);
  }
}

/** Sunday is 0. 1970-01-01 was a Thursday. */
function dayOfWeek(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

function extractDate(unit: string, days: number): number {
  const { year, month, day } = civilFromDays(days);
  switch (unit) {
    case 'DAY':
      return day;
    case 'MONTH':
      return month;
    case 'QUARTER':
      return Math.floor((month + 2) / 3);
    case 'YEAR':
      return year;
    case 'DECADE':
      return Math.floor(year / 10);
    case 'CENTURY':
      return year > 0 ? Math.floor((year + 99) / 100) : -Math.floor((99 - (year - 1)) / 100);
    case 'MILLENNIUM':
      return year > 0 ? Math.floor((year + 999) / 1000) : -Math.floor((999 - (year - 1)) / 1000);
    case 'DOY':
      return days - daysFromCivil(year, 1, 1) + 1;
    default: {
      // The ISO week belongs to the year of its Thursday.
      const thursday = days - ((dayOfWeek(days) + 6) % 7) + 3;
      const isoYear = civilFromDays(thursday).year;
      return unit === 'ISOYEAR' ? isoYear : Math.floor((thursday - daysFromCivil(isoYear, 1, 1)) / 7) + 1;
    }
  }
}

/** Start of the unit that holds the time. Weeks start on Sunday, as in Calcite's `DateTimeUtils.julianDateFloor`. */
export function floorTo(unit: string, timeMs: number): number {
  const days = Math.floor(timeMs / DAY_MS);
  if (unit === 'WEEK') return (days - dayOfWeek(days)) * DAY_MS;
  const step = MS_UNITS.get(unit);
  if (step !== undefined) return Math.floor(timeMs / step) * step;
  const { year, month } = civilFromDays(days);
  const months = MONTH_UNITS.get(unit) ?? 1;
  return daysFromCivil(year, Math.floor((month - 1) / months) * months + 1, 1) * DAY_MS;
}

/** The time itself where it is a start, else the start of the next unit. */
export function ceilTo(unit: string, timeMs: number): number {
  const floor = floorTo(unit, timeMs);
  return floor === timeMs ? timeMs : addUnits(unit, 1, floor);
}

export function addUnits(unit: string, count: number, timeMs: number): number {
  const step = MS_UNITS.get(unit);
  return step !== undefined ? timeMs + count * step : addMonths(timeMs, count * (MONTH_UNITS.get(unit) ?? 1));
}

/** Whole units from one time to another, cut off; months by Calcite's `DateTimeUtils.subtractMonths`. */
export function unitsBetween(unit: string, fromMs: number, toMs: number): number {
  const step = MS_UNITS.get(unit);
  if (step !== undefined) return Math.trunc((toMs - fromMs) / step) + 0;
  return Math.trunc(monthsBetween(fromMs, toMs) / (MONTH_UNITS.get(unit) ?? 1)) + 0;
}

function monthsBetween(fromMs: number, toMs: number): number {
  const [from, to] = [Math.floor(fromMs / DAY_MS), Math.floor(toMs / DAY_MS)];
  const [a, b] = [civilFromDays(from), civilFromDays(to)];
  let months = (b.year - a.year) * 12 + b.month - a.month;
  while (addMonthsToDays(from, months) < to) months++;
  while (addMonthsToDays(from, months) > to) months--;
  const sameDay = addMonthsToDays(from, months) === to;
  return sameDay && toMs - to * DAY_MS < fromMs - from * DAY_MS ? months - 1 : months;
}
