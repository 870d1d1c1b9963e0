import type { ComparisonOperator } from './syntax.ts';

// No loop here has a branch that the data decides: one that goes either way costs more than all the rest. Each loop stands
// twice, for Float64Array and for Int32Array: one function that sees both kinds of array runs at half the speed.

/** Writes 1 or 0 for each row of `out`: whether its value stands so to `k`. */
export function floatsAgainst(operator: ComparisonOperator, x: Float64Array, k: number, out: Uint8Array): Uint8Array {
  const n = out.length;
  switch (operator) {
    case '=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! === k);
      return out;
    case '<>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! !== k);
      return out;
    case '<':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! < k);
      return out;
    case '<=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! <= k);
      return out;
    case '>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! > k);
      return out;
    case '>=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! >= k);
      return out;
  }
}

/** The same for whole numbers. */
export function intsAgainst(operator: ComparisonOperator, x: Int32Array, k: number, out: Uint8Array): Uint8Array {
  const n = out.length;
  switch (operator) {
    case '=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! === k);
      return out;
    case '<>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! !== k);
      return out;
    case '<':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! < k);
      return out;
    case '<=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! <= k);
      return out;
    case '>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! > k);
      return out;
    case '>=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! >= k);
      return out;
  }
}

/** The same for two values of each row. */
export function twoFloats(operator: ComparisonOperator, x: Float64Array, y: Float64Array, out: Uint8Array): Uint8Array {
  const n = out.length;
  switch (operator) {
    case '=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! === y[i]!);
      return out;
    case '<>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! !== y[i]!);
      return out;
    case '<':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! < y[i]!);
      return out;
    case '<=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! <= y[i]!);
      return out;
    case '>':
      return twoFloats('<', y, x, out);
    case '>=':
      return twoFloats('<=', y, x, out);
  }
}

/** The same for two whole numbers of each row. */
export function twoInts(operator: ComparisonOperator, x: Int32Array, y: Int32Array, out: Uint8Array): Uint8Array {
  const n = out.length;
  switch (operator) {
    case '=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! === y[i]!);
      return out;
    case '<>':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! !== y[i]!);
      return out;
    case '<':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! < y[i]!);
      return out;
    case '<=':
      for (let i = 0; i < n; i++) out[i] = +(x[i]! <= y[i]!);
      return out;
    case '>':
      return twoInts('<', y, x, out);
    case '>=':
      return twoInts('<=', y, x, out);
  }
}

/** Rows 0 .. count - 1 are looked at; `into` has room for all of them. */
interface Target {
  readonly count: number;
  readonly into: Int32Array;
}

/**
 * Writes the rows whose value stands so to `k`, ascending, and gives their number. Each row is written, and only one that
 * holds moves the end on.
 */
export function floatsThat(operator: ComparisonOperator, x: Float64Array, k: number, { count, into }: Target): number {
  let found = 0;
  switch (operator) {
    case '=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! === k)) | 0;
      }
      return found;
    case '<>':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! !== k)) | 0;
      }
      return found;
    case '<':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! < k)) | 0;
      }
      return found;
    case '<=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! <= k)) | 0;
      }
      return found;
    case '>':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! > k)) | 0;
      }
      return found;
    case '>=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! >= k)) | 0;
      }
      return found;
  }
}

/** The same for whole numbers. */
export function intsThat(operator: ComparisonOperator, x: Int32Array, k: number, { count, into }: Target): number {
  let found = 0;
  switch (operator) {
    case '=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! === k)) | 0;
      }
      return found;
    case '<>':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! !== k)) | 0;
      }
      return found;
    case '<':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! < k)) | 0;
      }
      return found;
    case '<=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! <= k)) | 0;
      }
      return found;
    case '>':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! > k)) | 0;
      }
      return found;
    case '>=':
      for (let i = 0; i < count; i++) {
        into[found] = i;
        found = (found + +(x[i]! >= k)) | 0;
      }
      return found;
  }
}
