import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerHeap } from './timer-heap.ts';

test('gives what was put in, by time', () => {
  const steps = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(null)), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (list) => {
      const heap = new TimerHeap();
      const expected: number[] = [];
      list.forEach((time) => {
        if (time !== null) {
          heap.push(time, time * 2);
          expected.push(time);
          expected.sort((a, b) => a - b);
        } else if (expected.length > 0) expect(heap.pop()).toBe(expected.shift()! * 2);
        expect(heap.firstTime).toBe(expected[0] ?? Infinity);
      });
    }),
  );
});
