/**
 * The random numbers of `java.util.Random`, which Beam's generator draws from: a linear congruential generator modulo 2^48
 * with the factor 0x5DEECE66D and the addend 0xB. Factor and state lie in halves of 24 bits, small integers, so that a step
 * takes one product in doubles and the rest in 32 bits. The numbers stand in the loops themselves, where a compiler knows
 * their values even if the bundler makes variables of constants: that is twice as fast.
 */
export class JavaRandom {
  private high = 0;
  private low = 0;

  /** Begins anew as `new Random(seed)` does. `seed` is a whole number from 0 to 2^48 - 1. */
  seed(seed: number): this {
    const high = Math.floor(seed / 0x1000000);
    this.high = (high ^ 0x5de) & 0xffffff;
    this.low = ((seed - high * 0x1000000) ^ 0xece66d) & 0xffffff;
    return this;
  }

  private step(): void {
    const { high, low } = this;
    // Below 2^48, so exact; its upper half is carried.
    const carry = ((low * 0xece66d + 0xb) / 0x1000000) | 0;
    this.high = (carry + Math.imul(low, 0x5de) + Math.imul(high, 0xece66d)) & 0xffffff;
    this.low = (Math.imul(low, 0xece66d) + 0xb) & 0xffffff;
  }

  /** Any number of 32 bits, with its sign. */
  nextInt(): number {
    this.step();
    return (this.high << 8) | (this.low >>> 16);
  }

  /** The next `count` numbers of 32 bits, at the beginning of `into`. */
  nextInts(into: Int32Array, count: number): void {
    let { high, low } = this;
    for (let i = 0; i < count; i++) {
      const carry = ((low * 0xece66d + 0xb) / 0x1000000) | 0;
      high = (carry + Math.imul(low, 0x5de) + Math.imul(high, 0xece66d)) & 0xffffff;
      low = (Math.imul(low, 0xece66d) + 0xb) & 0xffffff;
      into[i] = (high << 8) | (low >>> 16);
    }
    this.high = high;
    this.low = low;
  }

  /** Goes past the next `count` numbers of 32 bits. */
  skip(count: number): void {
    for (let i = 0; i < count; i++) this.step();
  }

  /** 0 to `bound` - 1. `bound` is from 1 to 2^31 - 1. */
  below(bound: number): number {
    this.step();
    let bits = (this.high << 7) | (this.low >>> 17);
    // Powers of two take the upper bits, which are the better ones.
    if ((bound & (bound - 1)) === 0) return Math.floor((bits / 0x80000000) * bound);
    let value = bits % bound;
    while (bits - value > 0x80000000 - bound) {
      this.step();
      bits = (this.high << 7) | (this.low >>> 17);
      value = bits % bound;
    }
    return value;
  }

  /** From 0 up to but not 1. */
  nextDouble(): number {
    this.step();
    const upper = (this.high << 2) | (this.low >>> 22);
    this.step();
    const lower = (this.high << 3) | (this.low >>> 21);
    return (upper * 0x8000000 + lower) / 2 ** 53;
  }
}
