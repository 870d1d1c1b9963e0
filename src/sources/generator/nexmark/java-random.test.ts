import { expect, test } from 'vitest';
import { JavaRandom } from './java-random.ts';

/** The same by the rule alone: 48 bits in one number without end. */
class Rule {
  private seed: bigint;

  constructor(seed: number) {
    this.seed = (BigInt(seed) ^ 0x5deece66dn) & 0xffff_ffff_ffffn;
  }

  bits(count: bigint): bigint {
    this.seed = (this.seed * 0x5deece66dn + 0xbn) & 0xffff_ffff_ffffn;
    return this.seed >> (48n - count);
  }

  below(bound: bigint): number {
    const bits = this.bits(31n);
    if ((bound & (bound - 1n)) === 0n) return Number((bound * bits) >> 31n);
    // Numbers of the last, incomplete round of the bound would make the first remainders likelier.
    return bits - (bits % bound) + bound - 1n >= 2n ** 31n ? this.below(bound) : Number(bits % bound);
  }
}

test.each([0, 1, 42, 123_456_789, 0x5dee_ce66d, 2 ** 40 + 17, 2 ** 48 - 1])(
  'seeded with %i as java.util.Random',
  (seed) => {
    const random = new JavaRandom().seed(seed);
    const rule = new Rule(seed);
    const drawn = new Int32Array(3);
    for (let i = 0; i < 300; i++) {
      expect(random.nextInt()).toBe(Number(BigInt.asIntN(32, rule.bits(32n))));
      random.nextInts(drawn, i % 4);
      for (const number of drawn.subarray(0, i % 4)) expect(number).toBe(Number(BigInt.asIntN(32, rule.bits(32n))));
      for (const bound of [1, 2, 13, 26, 10_000, 2 ** 30, 2 ** 30 + 1, 2 ** 31 - 1]) {
        expect(random.below(bound)).toBe(rule.below(BigInt(bound)));
      }
      expect(random.nextDouble()).toBe(Number((rule.bits(26n) << 27n) + rule.bits(27n)) / 2 ** 53);
    }
  },
);
