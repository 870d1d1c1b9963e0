import { formatDate, formatTime } from '../theme/format.ts';

/** Whether times of a column need their date: not while all are of one day. */
export function needsDate(values: readonly unknown[], type: string): boolean {
  if (type !== 'TIMESTAMP') return false;
  return new Set(values.filter((value) => typeof value === 'number').map(formatDate)).size > 1;
}

/** A time of day, for a column whose times are all of one day; null for any other value. */
export function timeOfDayText(value: unknown, type: string): string | null {
  return type === 'TIMESTAMP' && typeof value === 'number' ? formatTime(value) : null;
}
