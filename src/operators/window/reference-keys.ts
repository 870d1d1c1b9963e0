import { compare } from './reference-aggregates.ts';
import type { GroupKey, Setting } from './reference-cells.ts';

/** Order of keys as a store's bytes have it: column by column; texts as UTF-8. */
export function compareKeys({ bound }: Setting, a: GroupKey, b: GroupKey): number {
  for (const [i, { type }] of bound.key.fields.entries()) {
    const order = compare(a.values[i]!, b.values[i]!, type);
    if (order !== 0) return order;
  }
  return 0;
}
