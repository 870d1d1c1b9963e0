import { expect, test } from 'vitest';
import { anyPrice } from './draws.ts';
import { JavaRandom } from './java-random.ts';

test('a price is the power of ten that it stands for, to the cent', () => {
  const drawn = new JavaRandom();
  const ruled = new JavaRandom();
  for (let seed = 0; seed < 100_000; seed++) {
    const price = anyPrice(drawn.seed(seed * 7919));
    const expected = Math.round(10 ** (ruled.seed(seed * 7919).nextDouble() * 6) * 100);
    if (price !== expected) expect([seed, price]).toEqual([seed, expected]);
  }
});
