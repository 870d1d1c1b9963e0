import type { DataType } from '../stream/types.ts';
import type { Value } from '../stream/value.ts';

/** Order of two rows by columns, one after the other. NULL comes before everything, and last where descending. */
export function compareOrdered(
  order: readonly { readonly column: number; readonly type: DataType; readonly descending: boolean }[],
  a: readonly Value[],
  b: readonly Value[],
): number {
  for (const { column, type, descending } of order) {
    const compared = compareOne(a[column] ?? null, b[column] ?? null, type);
    if (compared !== 0) return descending ? -compared : compared;
  }
  return 0;
}

function compareOne(a: Value, b: Value, type: DataType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (type.kind === 'DECIMAL') return Math.sign(Number(a) - Number(b));
  if (typeof a === 'string' && typeof b === 'string') return compareCharacters(Array.from(a), Array.from(b));
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareCharacters(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const compared = (a[i]?.codePointAt(0) ?? 0) - (b[i]?.codePointAt(0) ?? 0);
    if (compared !== 0) return compared;
  }
  return a.length - b.length;
}

/** Whether lists of values are equal one for one: NULL equals NULL, NaN itself, 0 its negative. */
export function sameRow(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => sameValue(value, b[i] ?? null));
}

function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return sameRow(a as Value[], b as Value[]);
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
