/** How many rows of the same entry stand before a row. */
export function rowsOfEntryBefore(seq: Float64Array, row: number): number {
  let first = row;
  while (first > 0 && seq[first - 1] === seq[row]) first--;
  return row - first;
}

/** The same of those behind it. */
export function rowsOfEntryBehind(seq: Float64Array, row: number): number {
  let last = row;
  while (last + 1 < seq.length && seq[last + 1] === seq[row]) last++;
  return last - row;
}
