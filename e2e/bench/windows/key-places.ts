/** Places for keys, a power of two. */
export const PLACES = 1024;

/** The place of key `k` in a table by open addressing, -1 in `keyAt` where there is none; taken when it is new. */
export function placeOf(keyAt: Int32Array, k: number): number {
  let place = k & (PLACES - 1);
  while (keyAt[place] !== k) {
    if (keyAt[place]! < 0) {
      keyAt[place] = k;
      break;
    }
    place = (place + 1) & (PLACES - 1);
  }
  return place;
}
