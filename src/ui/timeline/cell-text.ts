import type { TableColumn } from '../../app/run-state.ts';
import { formatDateTime } from '../theme/format.ts';

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** A cell as the table shows it: times as times, numbers grouped, NULL by name. */
export function cellText(value: TableColumn['values'][number], type: string): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return type === 'TIMESTAMP' ? formatDateTime(value) : numberText(value, type);
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

function numberText(value: number, type: string): string {
  if (type === 'INT' || type === 'BIGINT' || type === 'DOUBLE') return figures.format(value).replace('-', '\u2212');
  return String(value);
}

export function isRightAligned(type: string): boolean {
  return type === 'INT' || type === 'BIGINT' || type === 'DOUBLE' || type.startsWith('DECIMAL');
}
