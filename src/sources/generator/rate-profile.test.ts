import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeneratorShape } from './generator-config.ts';
import { generatorConfig } from './generator-config.ts';
import { generatorProblems } from './generator-problems.ts';
import { PiecewiseRate } from './piecewise-rate.ts';
import type { RateProfileConfig } from './rate-config.ts';
import { rateProfileConfig } from './rate-config.ts';
import { RateProfile } from './rate-profile.ts';
import { rowsOf } from './rows-in-tests.ts';

type Rate = (ms: number) => number;

/** The rate as its words say it, as a multiple of the plain one: by the platform's own mathematics, from the figures alone. */
function saidBy(config: RateProfileConfig): Rate {
  const { kind, fromPercent, toPercent, overMs, amplitudePercent, periodMs, shiftMs } = config;
  const { everyMs, forMs, burstPercent, steps } = config;
  const under: Readonly<Record<RateProfileConfig['kind'], Rate>> = {
    constant: () => 1,
    ramp: (ms) => (fromPercent + (toPercent - fromPercent) * Math.min(1, ms / overMs)) / 100,
    wave: (ms) => 1 - (amplitudePercent / 100) * Math.cos((2 * Math.PI * (ms + shiftMs)) / periodMs),
    bursts: (ms) => (ms % everyMs >= everyMs - forMs ? burstPercent / 100 : 1),
  };
  return (ms) => {
    let latest: RateProfileConfig['steps'][number] | undefined;
    for (const step of steps) if (step.afterMs <= ms && !(latest && latest.afterMs > step.afterMs)) latest = step;
    return under[kind](ms) * ((latest?.percent ?? 100) / 100);
  };
}

/** The area under a rate by the middle of many thin strips. */
function areaOf(rate: Rate, fromMs: number, toMs: number, strips = 4_000): number {
  const width = (toMs - fromMs) / strips;
  let sum = 0;
  for (let i = 0; i < strips; i++) sum += rate(fromMs + (i + 0.5) * width);
  return sum * width;
}

const PROFILES: readonly Readonly<Record<string, unknown>>[] = [
  { kind: 'ramp', fromPercent: 10, toPercent: 400, overMs: 60_000 },
  { kind: 'ramp', fromPercent: 200, toPercent: 20, overMs: 90_000 },
  { kind: 'ramp', fromPercent: 0, toPercent: 150, overMs: 30_000 },
  { kind: 'wave', amplitudePercent: 80, periodMs: 40_000 },
  { kind: 'wave', amplitudePercent: 100, periodMs: 50_000, shiftMs: 25_000 },
  { kind: 'bursts', everyMs: 20_000, forMs: 2_000, burstPercent: 900 },
  { kind: 'bursts', everyMs: 20_000, forMs: 5_000, burstPercent: 0 },
  {
    kind: 'constant',
    steps: [
      { afterMs: 70_000, percent: 50 },
      { afterMs: 20_000, percent: 300 },
      { afterMs: 40_000, percent: 0 },
    ],
  },
  {
    kind: 'wave',
    periodMs: 30_000,
    steps: [
      { afterMs: 35_000, percent: 250 },
      { afterMs: 35_000, percent: 50 },
    ],
  },
];

const knots = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 8 })
  .map((gaps) => {
    let atMs = 0;
    return gaps.map(([gapMs, tenths], i) => ({ atMs: (atMs += i === 0 ? 0 : gapMs), factor: tenths / 10 }));
  });

describe('a rate of straight pieces', () => {
  it('makes as many events as the area under it, and puts each where that area is reached', () => {
    fc.assert(
      fc.property(
        knots,
        fc.boolean(),
        fc.array(fc.double({ min: 0, max: 400, noNaN: true })),
        (some, repeats, times) => {
          fc.pre((some.at(-1)?.factor ?? 0) > 0 && (!repeats || (some.at(-1)?.atMs ?? 0) > 0));
          const rate = new PiecewiseRate(some, repeats);
          for (const ms of times) {
            const area = areaOf((at) => rate.factorAt(at), 0, ms);
            // A strip may have a jump of at most 3 in it, at each knot of each round.
            const error = (some.length * (1 + ms / Math.min(rate.roundMs, 400)) * 3 * ms) / 4_000 + 1e-9;
            expect(Math.abs(rate.plainMsBy(ms) - area)).toBeLessThanOrEqual(error);
            expect(rate.plainMsBy(rate.msBy(ms))).toBeCloseTo(ms, 6);
          }
          const inOrder = times.toSorted((a, b) => a - b).map((plainMs) => rate.msBy(plainMs));
          inOrder.forEach((ms, i) => expect(ms).toBeGreaterThanOrEqual((inOrder[i - 1] ?? 0) - 1e-9));
        },
      ),
      { numRuns: 200 },
    );
  });
});

it('has the least of all times at the beginning of a ramp from 0', () => {
  const ramp = [0, 1].map((at) => ({ atMs: at, factor: at / 10 }));
  expect(new PiecewiseRate(ramp, false).msBy(Number.MIN_VALUE)).toBeLessThan(1e-100);
});

describe('a rate profile', () => {
  it('has at every time the rate that its figures say', () => {
    for (const input of PROFILES) {
      const config = rateProfileConfig.parse(input);
      const said = saidBy(config);
      const profile = new RateProfile(config);
      for (let ms = 0.5; ms < 130_000; ms += 331) {
        expect(profile.factorAt(ms), `${JSON.stringify(input)} at ${ms}`).toBeCloseTo(said(ms), 2);
        expect(profile.plainMsBy(profile.msBy(ms))).toBeCloseTo(ms, 3);
      }
    }
  });

  it('puts as many events into each stretch of time as the area under the rate: by chance, or evenly spaced', () => {
    const STRETCH_MS = 2_500;
    for (const input of PROFILES) {
      for (const shape of [
        'clicks',
        'sensors',
        'users',
        'people',
        'bids',
      ] as const satisfies readonly GeneratorShape[]) {
        const isEven = shape === 'people' || shape === 'bids';
        const config = generatorConfig.parse({ shape, profile: input, rateEventsPerSec: 400, events: 30_000, keys: 1 });
        const said = saidBy(config.profile);
        const times = rowsOf(config, 77).map(({ ts }) => Number(ts) - config.startMs);
        const lastMs = times.reduce((most, ms) => Math.max(most, ms), 0);
        for (let fromMs = 0; fromMs + STRETCH_MS < lastMs; fromMs += STRETCH_MS) {
          const count = times.filter((ms) => ms >= fromMs && ms < fromMs + STRETCH_MS).length;
          const wanted = 0.4 * areaOf(said, fromMs, fromMs + STRETCH_MS, 500);
          // Five deviations of a Poisson number; evenly spaced ones come in groups of 50 of the benchmark's events.
          const error = isEven ? 3 + wanted * 0.01 : 5 * Math.sqrt(wanted + 1) + wanted * 0.005 + 1;
          expect(Math.abs(count - wanted), `${shape} ${JSON.stringify(input)} at ${fromMs}`).toBeLessThanOrEqual(error);
        }
      }
    }
  });

  it('leaves the events as they are: only their times are others', () => {
    const plain = { shape: 'clicks', events: 500, delay: { distribution: 'none' } };
    const without = ({ ts: _ts, at: _at, ...row }: Readonly<Record<string, unknown>>): unknown => row;
    const wanted = rowsOf(generatorConfig.parse(plain), 5).map(without);
    for (const profile of PROFILES) {
      expect(rowsOf(generatorConfig.parse({ ...plain, profile }), 5).map(without)).toEqual(wanted);
    }
  });

  it('lets purchases follow the clicks of a source with the same profile', () => {
    const profile = { kind: 'wave', periodMs: 20_000 };
    const clicks = rowsOf(generatorConfig.parse({ events: 5_000, keys: 50, profile }), 3);
    const buying = { shape: 'purchases', events: 300, keys: 50, rateEventsPerSec: 10, clicksPerPurchase: 10, profile };
    const timeOf = new Map(clicks.map((click) => [click['click_id'], [click['user_id'], click['ts']] as const]));
    const followed = rowsOf(generatorConfig.parse(buying), 3).filter(({ click_id: id }) => timeOf.has(id));
    expect(followed.length).toBeGreaterThan(250);
    for (const { click_id: id, user_id: user, ts } of followed) {
      expect(timeOf.get(id)?.[0]).toBe(user);
      expect(Number(ts) - Number(timeOf.get(id)?.[1])).toBeGreaterThanOrEqual(2_000);
    }
  });

  it('is followed by the payments that begin; what becomes of them comes later, and is smoother', () => {
    const bursts = { kind: 'bursts', everyMs: 60_000, forMs: 5_000, burstPercent: 2_000 };
    const paying = { shape: 'payments', events: 40_000, rateEventsPerSec: 40, cardTestingPercent: 0, profile: bursts };
    const rows = rowsOf(generatorConfig.parse(paying), 5);
    const shareInBursts = (...statuses: readonly string[]): number => {
      const own = rows.filter(({ status }) => statuses.includes(String(status)));
      return own.filter(({ ts }) => Number(ts) % 60_000 >= 55_000).length / own.length;
    };
    // A burst has 5 s of twenty times the rate beside 55 s of the plain one.
    expect(shareInBursts('authorised', 'declined')).toBeCloseTo(100 / 155, 1);
    expect(shareInBursts('captured')).toBeLessThan(0.3);
  });

  it('leaves alone what arrives before a step that is added', () => {
    const shapes = fc.constantFrom('clicks', 'purchases', 'orders', 'sensors', 'payments', 'bids');
    fc.assert(
      fc.property(shapes, fc.integer({ min: 0, max: 20_000 }), fc.integer(), (shape, afterMs, seed) => {
        const plain = {
          shape,
          events: 500,
          rateEventsPerSec: 20,
          keys: 10,
          profile: { kind: 'wave', periodMs: 9_000 },
        };
        const profile = { ...plain.profile, steps: [{ afterMs, percent: 700 }] };
        const config = generatorConfig.parse(plain);
        const before = (rows: ReturnType<typeof rowsOf>): unknown =>
          rows.filter(({ at }) => Number(at) < config.startMs + afterMs);
        expect(before(rowsOf(generatorConfig.parse({ ...plain, profile }), seed))).toEqual(
          before(rowsOf(config, seed)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is refused where it never ends, or nothing ever comes again', () => {
    const paths = (profile: unknown): readonly string[] =>
      generatorProblems(generatorConfig.parse({ profile })).map(({ path }) => path ?? '');
    expect(paths({ kind: 'bursts', everyMs: 5_000, forMs: 5_000 })).toEqual(['config.profile.forMs']);
    const silent = { afterMs: 9_000, percent: 0 };
    expect(paths({ steps: [silent, { afterMs: 5_000, percent: 0 }] })).toEqual(['config.profile.steps.0.percent']);
    expect(paths({ steps: [silent, { afterMs: 10_000, percent: 5 }] })).toEqual([]);
    for (const profile of PROFILES) expect(paths(profile)).toEqual([]);
  });
});
