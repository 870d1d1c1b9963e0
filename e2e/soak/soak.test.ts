import { expect, test } from 'vitest';
import { passes, slopeOf } from './growth-line.ts';
import { parseOptions } from './options.ts';
import { PERIOD_EVENTS, SoakRun } from './soak-run.ts';

const PERIODS = 12;

test('what the engine holds does not grow with the keys and texts that it has seen', () => {
  const run = new SoakRun(PERIODS * PERIOD_EVENTS);
  const bytes: number[] = [];
  const rows: string[] = [];
  for (let period = 1; period < PERIODS; period++) {
    expect(run.runTo(period * PERIOD_EVENTS)).toBe(true);
    bytes.push(run.engine.stateBytes());
    rows.push(JSON.stringify(run.stateRows()));
  }
  // The first period has nothing behind it yet.
  expect(new Set(rows.slice(2)).size).toBe(1);
  expect(Math.max(...bytes.slice(6))).toBeLessThanOrEqual(Math.max(...bytes.slice(2, 6)) * 1.01);

  expect(run.runTo(Infinity)).toBe(false);
  const half = (PERIODS * PERIOD_EVENTS) / 2;
  expect(Object.fromEntries(run.results)).toEqual({ windowResults: half, sessionResults: half, pairResults: half });
  expect(run.stateRows()).toEqual({});
  expect(run.engine.stateBytes()).toBeLessThan(bytes[0]! / 10);
});

test('the slope is that of the second half, with how far the samples are off it', () => {
  const samples = Array.from({ length: 100 }, (_, i) => ({
    events: i * 1e7,
    bytes: (i < 50 ? 9e9 : 0) + i * 3e5 + (i % 2) * 1e5,
  }));
  const { mb, error } = slopeOf(samples);
  expect(mb).toBeCloseTo(3, 1);
  expect(error).toBeGreaterThan(0);
  expect(passes({ mb, error })).toBe(false);
  expect(passes(slopeOf(samples.map(({ events, bytes }) => ({ events, bytes: bytes - (events * 3e5) / 1e7 }))))).toBe(
    true,
  );
});

test('a run too short to tell does not pass', () => {
  expect(passes(slopeOf([{ events: 0, bytes: 5 }]))).toBe(false);
  expect(passes(slopeOf([]))).toBe(false);
});

test.each([
  [[], { events: 1e9, minutes: Infinity }],
  [['--events', '1e6', '--minutes', '0.5'], { events: 1e6, minutes: 0.5 }],
])('takes the options %j', (args, options) => expect(parseOptions(args)).toEqual(options));

test.each([[['--events', '0']], [['--events', 'x']], [['--minutes', '-1']], [['--fast']], [['1']]])(
  'refuses %j',
  (args) => expect(typeof parseOptions(args)).toBe('string'),
);
