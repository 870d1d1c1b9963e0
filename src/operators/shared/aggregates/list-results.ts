import type { Value } from '../../../stream/value.ts';
import type { ListResult } from './value-list.ts';

/** All values as an array; `empty` where there is none. */
export function allOf(empty: Value): ListResult {
  return (values) => (values.length === 0 ? empty : values);
}

/** The value at one end, NULL where there is none. */
export function oneOf(end: 'first' | 'last'): ListResult {
  return (values) => values.at(end === 'first' ? 0 : -1) ?? null;
}

/** At most `limit` values of one end as an array, in order. */
export function someOf(end: 'first' | 'last', limit: number, empty: Value): ListResult {
  return (values) => {
    if (values.length === 0) return empty;
    return end === 'first' ? values.slice(0, limit) : values.slice(-limit);
  };
}

/** The texts with `separator` between two of them behind `initial`, if any; NULL where there is nothing. */
export function joined(separator: string, initial: string | null): ListResult {
  return (values) => {
    const all = initial === null ? values : [initial, ...values];
    return all.length === 0 ? null : all.join(separator);
  };
}
