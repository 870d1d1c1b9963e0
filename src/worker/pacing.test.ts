import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pacing } from './pacing.ts';

function clockAt(): { now: () => number; pass: (ms: number) => void } {
  let ms = 1_000;
  return { now: () => ms, pass: (by) => (ms += by) };
}

const ticks = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 100 });

test('events a second: the rows that were taken are exactly rate × time, rounded down', () => {
  fc.assert(
    fc.property(ticks, fc.constantFrom(1, 5, 10, 100, 1_000, 10_000), (pauses, perSec) => {
      const clock = clockAt();
      const pacing = new Pacing(clock.now);
      pacing.setSpeed({ kind: 'events', perSec });
      let taken = pacing.allow(0).rows;
      let passed = 0;
      for (const pause of pauses) {
        clock.pass(pause);
        passed += pause;
        const { rows, untilMs } = pacing.allow(0);
        expect(untilMs).toBe(Infinity);
        pacing.took(rows, 0);
        taken += rows;
        expect(taken).toBe(Math.floor((passed * perSec) / 1_000 + 1e-6));
      }
    }),
  );
});

test('a multiple of the clock: processing time moves by factor × real time from the first entry on', () => {
  fc.assert(
    fc.property(ticks, fc.constantFrom(0.1, 1, 4, 600), (pauses, factor) => {
      const clock = clockAt();
      const pacing = new Pacing(clock.now);
      pacing.setSpeed({ kind: 'clock', factor });
      expect(pacing.allow(5_000).untilMs).toBe(5_000);
      let passed = 0;
      for (const pause of pauses) {
        clock.pass(pause);
        passed += pause;
        expect(pacing.allow(5_000).untilMs).toBeCloseTo(5_000 + passed * factor, 6);
      }
    }),
  );
});

test('how long nothing is due', () => {
  const clock = clockAt();
  const pacing = new Pacing(clock.now);
  pacing.setSpeed({ kind: 'clock', factor: 4 });
  pacing.allow(1_000);
  expect(pacing.waitMs(1_400)).toBe(100);
  pacing.setSpeed({ kind: 'events', perSec: 5 });
  pacing.allow(1_000);
  expect(pacing.waitMs(1_400)).toBe(200);
  pacing.setSpeed({ kind: 'max' });
  expect(pacing.waitMs(1_400)).toBe(0);
});

test('time in which the run stood, or the page was frozen, is not caught up on', () => {
  const clock = clockAt();
  const pacing = new Pacing(clock.now);
  pacing.setSpeed({ kind: 'clock', factor: 1 });
  pacing.allow(0);
  pacing.stop();
  clock.pass(60_000);
  expect(pacing.allow(0).untilMs).toBe(0);
  clock.pass(60_000);
  expect(pacing.allow(0).untilMs).toBe(250);
});

test('an engine that falls behind holds the clock back instead of owing it', () => {
  const clock = clockAt();
  const pacing = new Pacing(clock.now);
  pacing.setSpeed({ kind: 'clock', factor: 600 });
  pacing.allow(0);
  clock.pass(100);
  expect(pacing.allow(0).untilMs).toBe(60_000);
  pacing.took(4_096, 20_000);
  pacing.fellBehind(20_000);
  expect(pacing.allow(20_001).untilMs).toBe(20_000);
  expect(pacing.processingTimeMs(20_000)).toBe(20_000);
});

test('the clock of the screen moves between two entries only at a multiple of real time', () => {
  const clock = clockAt();
  const pacing = new Pacing(clock.now);
  pacing.setSpeed({ kind: 'clock', factor: 2 });
  expect(pacing.processingTimeMs(null)).toBeNull();
  pacing.allow(1_000);
  pacing.took(1, 1_000);
  clock.pass(50);
  pacing.allow(9_000);
  expect(pacing.processingTimeMs(1_000)).toBe(1_100);
  pacing.setSpeed({ kind: 'max' });
  expect(pacing.processingTimeMs(1_000)).toBe(1_000);
});
