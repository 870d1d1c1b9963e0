import { formatDateTime, NOTHING } from '../theme/format.ts';

/** A cell of a result as a table shows it. */
export function cellText(value: unknown, type: string): string {
  if (value === null || value === undefined) return NOTHING;
  if (type === 'TIMESTAMP' && typeof value === 'number') return formatDateTime(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isNumberType(type: string): boolean {
  return /^(INT|BIGINT|DOUBLE|DECIMAL)/.test(type);
}
