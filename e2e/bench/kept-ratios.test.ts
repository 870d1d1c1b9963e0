import { expect, test } from 'vitest';
import { checkAll, checkRatio, ratioOf, referenceOf } from './kept-ratios.ts';
import type { JobResult } from './measure.ts';

const kept = { a: 0.8, b: 0.4 };

/** Gives the listed ratios of each job one after another, and counts. */
function measured(ratios: Readonly<Record<string, readonly number[]>>): {
  readonly ratio: (job: string) => Promise<number>;
  readonly asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    ratio: (job) => {
      const times = asked.filter((name) => name === job).length;
      asked.push(job);
      return Promise.resolve(ratios[job]?.[times] ?? Number.NaN);
    },
  };
}

test('a ratio that fell by less than a quarter holds', () => {
  expect(checkRatio('a', 0.61, kept)).toBe('holds');
  expect(checkRatio('a', 2, kept)).toBe('holds');
});

test('a planted fall by more than a quarter is found, and measured five times', async () => {
  const { ratio, asked } = measured({ a: [0.5, 0.59, 0.4, 0.1, 0.3], b: [0.4] });
  expect(await checkAll(['a', 'b'], kept, ratio)).toEqual({ ratios: { a: 0.59, b: 0.4 }, failed: ['a'] });
  expect(asked).toEqual(['a', 'b', 'a', 'a', 'a', 'a']);
});

test('a wrong checksum is not forgiven', async () => {
  const { ratio } = measured({ a: [Number.NaN, 0.8] });
  expect((await checkAll(['a'], kept, ratio)).failed).toEqual(['a']);
});

test('a slow spell of the machine is forgiven', async () => {
  const { ratio } = measured({ a: [0.3, 0.79], b: [0.39] });
  expect((await checkAll(['a', 'b'], kept, ratio)).failed).toEqual([]);
});

test('a job of which nobody kept a ratio fails', async () => {
  const { ratio } = measured({ c: [1] });
  expect((await checkAll(['c'], kept, ratio)).failed).toEqual(['c']);
});

test('a job that gave no figure fails', async () => {
  const { ratio } = measured({});
  expect((await checkAll(['a'], kept, ratio)).failed).toEqual(['a']);
});

test('the ratio is that of the rates', () => {
  const rates = { fused: 10, tidemark: 40 };
  const columns = Object.entries(rates).map(([name, cpuMs]) => ({
    name,
    size: 1000,
    rounds: 3,
    cpuMs,
    wallMs: cpuMs,
    checksum: '',
  }));
  const result: JobResult = { job: 'a', unit: 'events/s', measured: columns, faults: [] };
  expect(ratioOf(result, 'fused')).toBe(0.25);
  expect(ratioOf(result, 'plain')).toBeNaN();
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
