/** The multiplier 0x5DEECE66D, the addend, and the 48 bits of a seed in two halves of 24. */
const HIGH_FACTOR = 0x5de;
const LOW_FACTOR = 0xece66d;
const ADDEND = 0xb;
const HALF = 0x1000000;
const HALF_MASK = HALF - 1;

/**
 * The random numbers of `java.util.Random`, which Beam's generator draws from: a linear congruential generator modulo
 * 2^48. Its halves are small integers, so that a step takes one product in doubles and the rest in 32 bits.
 */
export class JavaRandom {
  private high = 0;
  private low = 0;

  /** Begins anew as `new Random(seed)` does. `seed` is a whole number from 0 to 2^48 - 1. */
  seed(seed: number): this {
    const high = Math.floor(seed / HALF);
    this.high = (high ^ HIGH_FACTOR) & HALF_MASK;
    this.low = ((seed - high * HALF) ^ LOW_FACTOR) & HALF_MASK;
    return this;
  }

  private step(): void {
    const { high, low } = this;
    // Below 2^48, so exact; its upper half is carried.
    const product = low * LOW_FACTOR + ADDEND;
    const carry = Math.floor(product / HALF) | 0;
    this.high = (carry + Math.imul(low, HIGH_FACTOR) + Math.imul(high, LOW_FACTOR)) & HALF_MASK;
    this.low = (Math.imul(low, LOW_FACTOR) + ADDEND) & HALF_MASK;
  }

  /** Any number of 32 bits, with its sign. */
  nextInt(): number {
    this.step();
    return (this.high << 8) | (this.low >>> 16);
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
