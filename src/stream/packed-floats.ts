/** How many bytes each of some doubles takes as its distance from `base`; 0 where all are `base`, 8 where they stand as they are. */
export interface Packing {
  readonly width: 0 | 1 | 2 | 4 | 8;
  readonly base: number;
}

const AS_THEY_ARE: Packing = { width: 8, base: 0 };

/** The narrowest way that gives back every double bit by bit, but for the bits of a NaN. */
export function packingOf(values: Float64Array): Packing {
  const first = values[0] ?? 0;
  let least = first;
  let greatest = first;
  let i = 1;
  while (i < values.length && Object.is(values[i], first)) i++;
  if (i >= values.length) return { width: 0, base: first };
  for (i = 0; i < values.length; i++) {
    const value = values[i]!;
    // A fraction, NaN, an infinity or -0 is the distance to nothing.
    if (!Number.isSafeInteger(value) || (value === 0 && 1 / value < 0)) return AS_THEY_ARE;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  // Counts change from one snapshot to the next: the rest of them then has the same bytes.
  const base = least >= 0 && greatest < 0x1_0000 ? 0 : least;
  const span = greatest - base;
  if (span >= 0x1_0000_0000) return AS_THEY_ARE;
  return { width: span < 0x100 ? 1 : span < 0x1_0000 ? 2 : 4, base };
}

/** Puts the distances of values from `base` to `bytes`, from `at` on. */
export function pack(values: Float64Array, { width, base }: Packing, bytes: Uint8Array, at: number): void {
  for (let i = 0, to = at; i < values.length; i++, to += width) {
    const distance = (values[i]! - base) >>> 0;
    if (width > 0) bytes[to] = distance;
    if (width > 1) bytes[to + 1] = distance >>> 8;
    if (width > 2) {
      bytes[to + 2] = distance >>> 16;
      bytes[to + 3] = distance >>> 24;
    }
  }
}

/** What `pack` put there. */
export function unpack(into: Float64Array, { width, base }: Packing, bytes: Uint8Array, at: number): void {
  if (width === 0) into.fill(base);
  else if (width === 1) for (let i = 0; i < into.length; i++) into[i] = base + bytes[at + i]!;
  else if (width === 2) {
    for (let i = 0, from = at; i < into.length; i++, from += 2)
      into[i] = base + (bytes[from]! | (bytes[from + 1]! << 8));
  } else {
    for (let i = 0, from = at; i < into.length; i++, from += 4) {
      const high = (bytes[from + 2]! | (bytes[from + 3]! << 8)) * 0x1_0000;
      into[i] = base + high + (bytes[from]! | (bytes[from + 1]! << 8));
    }
  }
}
