import { compareKeyBytes } from '../reference-key-order.ts';
import type { GroupKey, Setting } from './reference-cells.ts';

/** Order of keys as a store has it. */
export function compareKeys({ bound }: Setting, a: GroupKey, b: GroupKey): number {
  return compareKeyBytes(bound.key.fields, a.values, b.values);
}
