/** The same doubles with room for `capacity`. */
export function grownFloats(values: Float64Array, capacity: number): Float64Array {
  if (values.length >= capacity) return values;
  const larger = new Float64Array(Math.max(capacity, values.length * 2));
  larger.set(values);
  return larger;
}

/** The same bytes with room for `capacity`. */
export function grownBytes(values: Uint8Array, capacity: number): Uint8Array {
  if (values.length >= capacity) return values;
  const larger = new Uint8Array(Math.max(capacity, values.length * 2));
  larger.set(values);
  return larger;
}

/** The doubles of the first `count` of the cells. */
export function pickedFloats(values: Float64Array, cells: Int32Array, count: number): Float64Array {
  const picked = new Float64Array(count);
  for (let i = 0; i < count; i++) picked[i] = values[cells[i]!]!;
  return picked;
}
