/** A list of whole numbers that grows. */
export class Ints {
  values: Int32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 16) {
    this.values = new Int32Array(Math.max(capacity, 16));
  }

  push(value: number): void {
    if (this.length === this.values.length) this.grow(this.length * 2);
    this.values[this.length++] = value;
  }

  /** The last value, which is taken away. */
  pop(): number {
    return this.values[--this.length]!;
  }

  /** Makes room for `capacity` values. */
  reserve(capacity: number): void {
    if (capacity > this.values.length) this.grow(Math.max(capacity, this.values.length * 2));
  }

  private grow(capacity: number): void {
    const larger = new Int32Array(capacity);
    larger.set(this.values);
    this.values = larger;
  }
}
