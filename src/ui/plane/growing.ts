type Numbers = Float64Array | Uint8Array | Uint16Array | Uint32Array | Int16Array;

/** Numbers in one array that grows at its end. */
export class Growing<Kind extends Numbers> {
  values: Kind;
  length = 0;
  private readonly make: (size: number) => Kind;

  constructor(make: (size: number) => Kind, firstSize = 1_024) {
    this.make = make;
    this.values = make(firstSize);
  }

  append(more: Kind): void {
    this.reserve(this.length + more.length);
    this.values.set(more, this.length);
    this.length += more.length;
  }

  set(index: number, value: number): void {
    this.reserve(index + 1);
    this.values[index] = value;
    if (index >= this.length) this.length = index + 1;
  }

  at(index: number): number {
    return this.values[index] ?? Number.NaN;
  }

  private reserve(length: number): void {
    if (length <= this.values.length) return;
    const wider = this.make(Math.max(length, 2 * this.values.length));
    wider.set(this.values);
    this.values = wider;
  }
}

export const growingFloats = (firstSize?: number): Growing<Float64Array> =>
  new Growing((size) => new Float64Array(size), firstSize);
export const growingBytes = (firstSize?: number): Growing<Uint8Array> =>
  new Growing((size) => new Uint8Array(size), firstSize);
export const growingShorts = (firstSize?: number): Growing<Uint16Array> =>
  new Growing((size) => new Uint16Array(size), firstSize);
export const growingWords = (): Growing<Uint32Array> => new Growing((size) => new Uint32Array(size));
export const growingSigned = (firstSize?: number): Growing<Int16Array> =>
  new Growing((size) => new Int16Array(size), firstSize);

/** First place in [0, length) whose value is at least `bound`; `length` when none is. Values ascend. */
export function firstAtLeast(values: ArrayLike<number>, length: number, bound: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
