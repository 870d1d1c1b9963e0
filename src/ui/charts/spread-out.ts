interface Room {
  readonly from: number;
  readonly to: number;
  /** Least distance of two places. */
  readonly apart: number;
}

/**
 * Places as near as possible to those that are wanted, in the same order, inside the room and apart from each other; where the room
 * is too small for that, the last ones stand beyond its beginning.
 */
export function spreadOut(wanted: readonly number[], { from, to, apart }: Room): readonly number[] {
  const order = wanted.map((at, i) => ({ at, i })).toSorted((a, b) => a.at - b.at);
  const places = [...wanted];
  let least = from;
  for (const { at, i } of order) {
    places[i] = Math.max(at, least);
    least = (places[i] ?? 0) + apart;
  }
  let most = to;
  for (const { i } of order.toReversed()) {
    places[i] = Math.min(places[i] ?? 0, most);
    most = (places[i] ?? 0) - apart;
  }
  return places;
}
