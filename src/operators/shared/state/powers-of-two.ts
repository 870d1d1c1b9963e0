/** The smallest power of two that is not below `count`. */
export function powerOfTwoFrom(count: number): number {
  let power = 1;
  while (power < count) power *= 2;
  return power;
}

/** By how much a hash of 32 bits is shifted right to be a place in a table of `places`, a power of two above 1. */
export function shiftToPlaces(places: number): number {
  return Math.clz32(places) + 1;
}
