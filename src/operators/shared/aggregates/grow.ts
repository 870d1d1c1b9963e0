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
