import type { Value } from '../stream/value.ts';
import type { ReferenceRow } from './reference.ts';

/** A table by key as a plain list, for references. */
export interface ReferenceTable {
  /** The row that stands under the key of `row`; null where there is none. */
  find(row: ReferenceRow): ReferenceRow | null;
  /** Puts the row in the place of the one with its key, or takes that one out if it deletes. Returns what stood there. */
  take(row: ReferenceRow): ReferenceRow | null;
}

/** `key`: which columns tell rows apart. NULL is a value like others. */
export function tableOf(key: readonly number[]): ReferenceTable {
  const rows: ReferenceRow[] = [];
  const placeOf = (row: ReferenceRow): number =>
    rows.findIndex((kept) => key.every((column) => sameValue(kept.values[column] ?? null, row.values[column] ?? null)));
  return {
    find: (row) => rows[placeOf(row)] ?? null,
    take(row) {
      const place = placeOf(row);
      const before = place < 0 ? null : (rows.splice(place, 1)[0] ?? null);
      if (row.op !== '-D') rows.push(row);
      return before;
    },
  };
}

/** -0 is 0 and NaN is itself. */
function sameValue(a: Value, b: Value): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
