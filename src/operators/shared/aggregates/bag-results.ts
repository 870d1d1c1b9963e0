import type { Value } from '../../../stream/value.ts';
import { compareValues } from './stored-value.ts';
import type { BagResult } from './value-bag.ts';
import type { Counted } from './value-counts.ts';

/** The smallest (sign -1) or largest (sign 1) value. */
export function extremum(sign: -1 | 1): BagResult {
  return (values) => {
    let best: Value = null;
    for (const { value, count } of values) {
      if (count > 0 && (best === null || compareValues(value, best) * sign > 0)) best = value;
    }
    return best;
  };
}

/** The largest values, largest first, at most `limit`. */
export function largest(limit: number, empty: Value): BagResult {
  return (values) => {
    const top: Value[] = [];
    for (const { value, count } of sorted(values, -1)) {
      for (let i = 0; i < count && top.length < limit; i++) top.push(value);
    }
    return top.length === 0 ? empty : top;
  };
}

/**
 * SQL's PERCENTILE_CONT as a DOUBLE: the place `fraction` of the way from the first value to the last, between two values
 * in proportion. In the order of operations of Flink's `PercentileAggFunction`, so that every bit is the same. `scale` is
 * that of a DECIMAL argument, 0 for others.
 */
export function percentile(fraction: number, scale: number): BagResult {
  const divisor = Number(`1e${scale}`);
  return (values) => {
    const ascending = sorted(values, 1);
    const total = ascending.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return null;
    const place = (total - 1) * fraction + 1;
    const lower = valueAtPlace(ascending, Math.floor(place)) / divisor;
    const upper = valueAtPlace(ascending, Math.ceil(place)) / divisor;
    if (lower === upper) return lower;
    return (Math.ceil(place) - place) * lower + (place - Math.floor(place)) * upper;
  };
}

/** The value at a place from 1. */
function valueAtPlace(ascending: readonly Counted[], place: number): number {
  let before = 0;
  for (const { value, count } of ascending) {
    before += count;
    if (place <= before) return Number(value);
  }
  return Number.NaN;
}

function sorted(values: Iterable<Counted>, sign: -1 | 1): readonly Counted[] {
  return [...values].filter(({ count }) => count > 0).sort((a, b) => compareValues(a.value, b.value) * sign);
}
