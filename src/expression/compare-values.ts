import type { Value } from '../stream/value.ts';
import { rescale } from './decimal.ts';
import { compareText } from './text.ts';

/**
 * Order of two values of one kind that are not NULL: negative, 0, positive, or NaN where neither is smaller nor are they
 * equal (a NaN among them, or nested values that differ). `scales` are those of DECIMALs.
 */
export function compareValues(a: Value, b: Value, scales: readonly [number, number] = [0, 0]): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'bigint' && typeof b === 'bigint' && scales[0] !== scales[1]) {
    const scale = Math.max(scales[0], scales[1]);
    return compareValues(rescale(a, scales[0], scale), rescale(b, scales[1], scale));
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if ((typeof a === 'number' || typeof a === 'bigint') && (typeof b === 'number' || typeof b === 'bigint')) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN; // eslint-disable-line eqeqeq -- a number and a bigint may be equal
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  return sameNested(a, b) ? 0 : NaN;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** ARRAY, MAP and ROW: alike in length and in every part; NULL parts are alike. */
function sameNested(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a as readonly Value[], b as readonly Value[]];
    return left.length === right.length && left.every((item, i) => samePart(item, right[i] ?? null));
  }
  if (!(a instanceof Map) || !(b instanceof Map)) return false;
  const [left, right] = [a as ReadonlyMap<string, Value>, b as ReadonlyMap<string, Value>];
  if (left.size !== right.size) return false;
  for (const [key, item] of left) if (!right.has(key) || !samePart(item, right.get(key) ?? null)) return false;
  return true;
}

function samePart(a: Value, b: Value): boolean {
  return a === null || b === null ? a === b : compareValues(a, b) === 0;
}
