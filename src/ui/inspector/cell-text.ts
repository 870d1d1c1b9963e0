import { formatDate, formatDateTime, formatTime, NOTHING } from '../theme/format.ts';

/** Whether times of a column need their date: not while all are of one day. */
export function needsDate(values: readonly unknown[], type: string): boolean {
  if (type !== 'TIMESTAMP') return false;
  return new Set(values.filter((value) => typeof value === 'number').map(formatDate)).size > 1;
}

/** A cell of a result as a table shows it. */
export function cellText(value: unknown, type: string, withDate: boolean): string {
  if (value === null || value === undefined) return NOTHING;
  if (type === 'TIMESTAMP' && typeof value === 'number') return withDate ? formatDateTime(value) : formatTime(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isNumberType(type: string): boolean {
  return /^(INT|BIGINT|DOUBLE|DECIMAL)/.test(type);
}
