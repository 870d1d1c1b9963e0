import { describe, expect, it } from 'vitest';
import { Random } from '../../stream/random.ts';
import { delayConfig } from './delay-config.ts';
import { delayMs, leastDelayMs } from './delay.ts';

const DRAWS = 100_000;

function sample(input: Record<string, unknown>, seed = 5): Float64Array {
  const delay = delayConfig.parse({ maxMs: 3_000_000_000, ...input });
  const random = new Random(seed, 4);
  return Float64Array.from({ length: DRAWS }, () => delayMs(random, delay)).sort();
}

function shareBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}

/** Φ by Simpson's rule over the density: nothing that the generator uses. */
function normalCdf(z: number): number {
  const steps = 2_000;
  const width = z / steps;
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(z);
  for (let i = 1; i < steps; i++) sum += density(i * width) * (i % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * width) / 3;
}

type Cdf = (ms: number) => number;

const CASES: readonly (readonly [Record<string, unknown>, Cdf])[] = [
  [{ distribution: 'uniform', fromMs: 1000, toMs: 9000 }, (x) => Math.min(1, Math.max(0, (x - 1000) / 8000))],
  [{ distribution: 'normal', centreMs: -180_000, spreadMs: 240_000 }, (x) => normalCdf((x + 180_000) / 240_000)],
  [{ distribution: 'exponential', meanMs: 20_000 }, (x) => (x <= 0 ? 0 : 1 - Math.exp(-x / 20_000))],
  [
    { distribution: 'lognormal', medianMs: 30_000, sigma: 0.8 },
    (x) => (x <= 0 ? 0 : normalCdf(Math.log(x / 30_000) / 0.8)),
  ],
  [
    { distribution: 'weibull', scaleMs: 60_000, shape: 0.63 },
    (x) => (x <= 0 ? 0 : 1 - Math.exp(-((x / 60_000) ** 0.63))),
  ],
  [
    { distribution: 'weibull', scaleMs: 60_000, shape: 2.5 },
    (x) => (x <= 0 ? 0 : 1 - Math.exp(-((x / 60_000) ** 2.5))),
  ],
  [{ distribution: 'pareto', leastMs: 2_000, alpha: 1.5 }, (x) => (x <= 2000 ? 0 : 1 - (2000 / x) ** 1.5)],
  [
    {
      distribution: 'mixture',
      parts: [
        { distribution: 'exponential', weight: 3, meanMs: 10_000 },
        { distribution: 'weibull', weight: 1, scaleMs: 500_000, shape: 2, maxMs: 3_000_000_000 },
      ],
    },
    (x) => (x <= 0 ? 0 : 0.75 * (1 - Math.exp(-x / 10_000)) + 0.25 * (1 - Math.exp(-((x / 500_000) ** 2)))),
  ],
];

describe('delays', () => {
  it('are spread as the formula of their distribution says, at every place of it', () => {
    for (const [input, cdf] of CASES) {
      const sorted = sample(input);
      for (const place of [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]) {
        const value = sorted[Math.floor(place * DRAWS)]!;
        // Four standard errors of a share, and what rounding down to whole ms does to it.
        const error = 4 * Math.sqrt((place * (1 - place)) / DRAWS) + Math.abs(cdf(value + 1) - cdf(value)) + 1e-6;
        expect(Math.abs(cdf(value + 0.5) - place), `${String(input['distribution'])} at ${place}`).toBeLessThan(error);
      }
    }
  });

  it('are cut to the longest that is allowed, in each part of a mixture by its own', () => {
    expect(sample({ distribution: 'pareto', alpha: 0.4, maxMs: 50_000 }).at(-1)).toBe(50_000);
    const parts = [
      { distribution: 'pareto', weight: 1, alpha: 0.2, maxMs: 70_000 },
      { distribution: 'constant', weight: 9, constantMs: 10 },
    ];
    const sorted = sample({ distribution: 'mixture', parts, maxMs: 5 });
    expect(sorted.at(-1)).toBe(70_000);
    expect(shareBelow(sorted, 11)).toBeCloseTo(0.9, 2);
  });

  it('are never less than the least that is promised', () => {
    const inputs = [
      ...CASES.map(([input]) => input),
      { distribution: 'normal', centreMs: -50, spreadMs: 20, gridMs: 30 },
      { distribution: 'mixture', parts: [{ distribution: 'normal', centreMs: 500, spreadMs: 900 }] },
    ];
    for (const input of inputs) {
      const least = leastDelayMs(delayConfig.parse(input));
      expect(sample(input)[0]).toBeGreaterThanOrEqual(least);
    }
  });

  it('come in whole steps of a grid', () => {
    const sorted = sample({ distribution: 'lognormal', medianMs: 9 * 86_400_000, sigma: 0.75, gridMs: 7 * 86_400_000 });
    expect(sorted.every((value) => value % (7 * 86_400_000) === 0)).toBe(true);
  });
});
