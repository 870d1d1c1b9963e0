import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosTurns, exp, ln, normalQuantile, pow } from './deterministic-math.ts';

function close(actual: number, wanted: number): boolean {
  return Math.abs(actual - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted));
}

describe('mathematics from basic operations', () => {
  it('agrees with the platform to twelve digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => close(ln(x), Math.log(x))),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -600, max: 600, noNaN: true }), (x) => close(exp(x), Math.exp(x))),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => close(cosTurns(x), Math.cos(2 * Math.PI * x))),
      { numRuns: 5000 },
    );
    expect(close(pow(3, 4.5), 3 ** 4.5)).toBe(true);
  });

  it('knows the quantiles of the normal distribution', () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.975, 1.959963984540054],
      [0.001, -3.090232306167813],
    ] as const) {
      expect(normalQuantile(p)).toBeCloseTo(z, 7);
    }
  });
});
