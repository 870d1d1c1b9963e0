import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpiryCalendar } from './expiry-calendar.ts';

/** Times near each other, far apart, below zero, fractional, without end. */
const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -50, max: 9000 }) },
  { weight: 2, arbitrary: fc.integer({ min: -1e12, max: 1e12 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.5, 10.25, 4096, 8192, -4096, Infinity) },
);
const step = fc.oneof(
  fc.record({ does: fc.constant('add' as const), times: fc.array(time, { maxLength: 120 }) }),
  fc.record({ does: fc.constant('take' as const), time }),
);

test('takes out just the items that are due, whatever the order of times', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const calendar = new ExpiryCalendar();
      const into = new Int32Array(2000);
      let kept: { readonly item: number; readonly dueMs: number }[] = [];
      let items = 0;
      for (const each of steps) {
        if (each.does === 'add') {
          for (const dueMs of each.times) {
            const item = items++;
            calendar.reserve(item + 1);
            calendar.add(item, dueMs);
            kept.push({ item, dueMs });
          }
        } else {
          const count = calendar.takeDue(each.time, into);
          const due = kept.filter(({ dueMs }) => dueMs <= each.time).map(({ item }) => item);
          expect([...into.subarray(0, count)].sort((a, b) => a - b)).toEqual(due);
          const dueOf = new Map(kept.map(({ item, dueMs }) => [item, dueMs]));
          const passed = [...into.subarray(0, calendar.passedCount)];
          expect(passed.every((item) => dueOf.get(item)! < each.time)).toBe(true);
          kept = kept.filter(({ dueMs }) => !(dueMs <= each.time));
        }
        expect(calendar.size).toBe(kept.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('items may be used again once they were taken out', () => {
  const calendar = new ExpiryCalendar();
  const into = new Int32Array(4);
  calendar.reserve(2);
  for (let round = 0; round < 50_000; round += 100) {
    calendar.add(0, round);
    calendar.add(1, round + 30_000);
    expect(calendar.takeDue(round, into)).toBe(1);
    expect(into[0]).toBe(0);
    expect(calendar.takeDue(round + 30_000, into)).toBe(1);
    expect(calendar.size).toBe(0);
  }
});
