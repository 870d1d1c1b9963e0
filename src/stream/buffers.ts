/**
 * Lends arrays for the columns of a batch and for scratch beside it. Each has just the length that was asked for; its
 * contents are unspecified. Arrays of a round serve again in later rounds: never keep one in state.
 */
export interface Buffers {
  floats(length: number): Float64Array;
  ints(length: number): Int32Array;
  bytes(length: number): Uint8Array;
}

/** The first `length` values: the array itself where it has no more. */
export function firstOf<T extends Float64Array | Int32Array | Int16Array | Uint8Array>(array: T, length: number): T {
  return array.length === length ? array : (array.subarray(0, length) as T);
}

/** New arrays, which may be kept. */
export const FRESH_BUFFERS: Buffers = {
  floats: (length) => new Float64Array(length),
  ints: (length) => new Int32Array(length),
  bytes: (length) => new Uint8Array(length),
};
