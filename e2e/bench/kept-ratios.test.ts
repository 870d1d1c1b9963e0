import { expect, test } from 'vitest';
import type { Check, Rates } from './kept-ratios.ts';
import { checkAll, checkRatios, paceOf, ratesOf, ratiosOf, referenceOf } from './kept-ratios.ts';
import type { JobResult } from './measure.ts';

const kept = { a: { reference: 0.8, pace: 0.4 }, b: { reference: 0.4, pace: 2 }, steady: { reference: 1, pace: 1 } };

const WRONG: Rates = { engine: Number.NaN, reference: Number.NaN };

/** A check in which the machine's pace is 100. Each job gives its listed rates one after another. */
function check(rates: Readonly<Record<string, readonly Rates[]>>): Check & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    asked,
    jobs: [...Object.keys(rates), 'steady'],
    steady: ['steady'],
    kept,
    measure: (job) => {
      const times = asked.filter((name) => name === job).length;
      asked.push(job);
      return Promise.resolve(job === 'steady' ? { engine: 100, reference: 100 } : (rates[job]?.[times] ?? WRONG));
    },
  };
}

function rates(...engines: readonly number[]): readonly Rates[] {
  return engines.map((engine) => ({ engine, reference: 50 }));
}

test('ratios that fell by less than a quarter hold', () => {
  expect(checkRatios('a', { reference: 0.61, pace: 0.31 }, kept)).toBe('holds');
  expect(checkRatios('a', { reference: 2, pace: 1 }, kept)).toBe('holds');
  expect(checkRatios('a', { reference: 0.59, pace: 0.29 }, kept)).toBe('fell');
});

test('a planted fall by more than a quarter is found, and measured five times', async () => {
  const planted = check({ a: rates(25, 29.5, 20, 5, 15), b: rates(20) });
  const { ratios, failed } = await checkAll(planted);
  expect(failed).toEqual(['a']);
  expect(ratios['a']).toEqual({ reference: 0.59, pace: expect.closeTo(0.295, 9) as number });
  expect(planted.asked).toEqual(['a', 'b', 'steady', 'a', 'a', 'a', 'a']);
});

test('a reference that is faster than it was fails no job whose engine keeps its pace', async () => {
  const fast = Array.from({ length: 5 }, (): Rates => ({ engine: 39, reference: 90 }));
  expect((await checkAll(check({ a: fast }))).failed).toEqual([]);
  const both = Array.from({ length: 5 }, (): Rates => ({ engine: 29, reference: 90 }));
  expect((await checkAll(check({ a: both }))).failed).toEqual(['a']);
});

test('without a steady reference the own one decides', async () => {
  const alone = { ...check({ a: rates(29, 29, 29, 29, 29) }), jobs: ['a'], steady: [] };
  expect((await checkAll(alone)).failed).toEqual(['a']);
  expect((await checkAll({ ...check({ a: rates(31) }), jobs: ['a'], steady: [] })).failed).toEqual([]);
});

test('a wrong checksum is not forgiven', async () => {
  expect((await checkAll(check({ a: [WRONG, ...rates(40, 40, 40, 40)] }))).failed).toEqual(['a']);
});

test('a slow spell of the machine is forgiven', async () => {
  expect((await checkAll(check({ a: rates(15, 39.5), b: rates(19) }))).failed).toEqual([]);
});

test('a job of which nobody kept a ratio fails', async () => {
  expect((await checkAll(check({ c: rates(50) }))).failed).toEqual(['c']);
});

test('a job that gave no figure fails', async () => {
  expect((await checkAll(check({ a: [] }))).failed).toEqual(['a']);
});

test('the pace is the geometric mean of the references', () => {
  expect(paceOf([20, 80].map((reference) => ({ engine: 1, reference })))).toBeCloseTo(40, 9);
  expect(paceOf([])).toBeNaN();
  expect(ratiosOf({ engine: 20, reference: 10 }, 40)).toEqual({ reference: 2, pace: 0.5 });
});

test('rates are those of the columns, of a faultless result', () => {
  const columns = Object.entries({ fused: 10, tidemark: 40 }).map(([name, cpuMs]) => ({
    name,
    size: 1000,
    rounds: 3,
    cpuMs,
    wallMs: cpuMs,
    checksum: '',
  }));
  const result: JobResult = { job: 'a', unit: 'events/s', measured: columns, faults: [] };
  expect(ratesOf(result, 'fused')).toEqual({ engine: 25_000, reference: 100_000 });
  expect(ratesOf(result, 'plain').reference).toBeNaN();
  expect(ratesOf({ ...result, faults: ['other results'] }, 'fused')).toEqual(WRONG);
});

test('the hand-written loop is the reference where there is one', () => {
  const lane = (name: string): { name: string; maxEvents: number; prepare: () => never } => ({
    name,
    maxEvents: 1,
    prepare: () => {
      throw new Error('not asked for');
    },
  });
  expect(referenceOf({ lanes: ['rxjs', 'plain', 'fused'].map(lane) })).toBe('fused');
  expect(referenceOf({ lanes: ['tidemark', 'papaparse'].map(lane) })).toBe('papaparse');
  expect(referenceOf({ lanes: ['tidemark'].map(lane) })).toBeUndefined();
});
