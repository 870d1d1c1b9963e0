type Numbers = Float64Array | Uint8Array | Uint16Array | Uint32Array | Int16Array;

/** Numbers that are gathered until they are handed over. */
export class NumberList<Kind extends Numbers> {
  length = 0;
  private values: Kind;
  private readonly make: (size: number) => Kind;

  constructor(make: (size: number) => Kind) {
    this.make = make;
    this.values = make(64);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = this.make(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }

  /** The newest. */
  get last(): number {
    return this.values[this.length - 1] ?? Number.NaN;
  }

  at(index: number): number {
    return this.values[index] ?? Number.NaN;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  /** What was gathered, in an array of its own that fits; the list is empty afterwards. */
  take(): Kind {
    const taken = this.values.slice(0, this.length) as Kind;
    this.length = 0;
    if (this.values.length > 4_096) this.values = this.make(64);
    return taken;
  }
}

export const floats = (): NumberList<Float64Array> => new NumberList((size) => new Float64Array(size));
export const bytes = (): NumberList<Uint8Array> => new NumberList((size) => new Uint8Array(size));
export const shorts = (): NumberList<Uint16Array> => new NumberList((size) => new Uint16Array(size));
export const words = (): NumberList<Uint32Array> => new NumberList((size) => new Uint32Array(size));
export const signedShorts = (): NumberList<Int16Array> => new NumberList((size) => new Int16Array(size));
