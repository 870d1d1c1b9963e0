import type { DataType } from '../../stream/types.ts';
import type { Value } from '../../stream/value.ts';
import { toJson } from '../../stream/value.ts';

/** The first `limit` items in an order, without sorting the others. */
export function firstInOrder<Item>(
  items: Iterable<Item>,
  compare: (a: Item, b: Item) => number,
  limit: number,
): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) {
    const last = first.at(-1);
    if (first.length === limit && last !== undefined && compare(item, last) >= 0) continue;
    first.splice(placeOf(first, item, compare), 0, item);
    if (first.length > limit) first.pop();
  }
  return first;
}

/** Behind all that are not greater. */
function placeOf<Item>(sorted: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compare(other, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of two values of one column; NULL stands last, NaN right before it. */
export function compareValues(a: Value, b: Value, type: DataType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const one = comparable(a, type);
  const other = comparable(b, type);
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function comparable(value: NonNullable<Value>, type: DataType): number | bigint | string {
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? Infinity : value;
    case 'bigint':
      return value;
    case 'string':
      return type.kind === 'DECIMAL' ? Number(value) : value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return JSON.stringify(toJson(value, type));
  }
}

/** Whether two values of one column are shown alike. */
export function isSameValue(a: Value, b: Value, type: DataType): boolean {
  if (Object.is(a, b)) return true;
  return (
    typeof a === 'object' &&
    typeof b === 'object' &&
    JSON.stringify(toJson(a, type)) === JSON.stringify(toJson(b, type))
  );
}
