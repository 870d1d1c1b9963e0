import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MergeWatch } from './merge-rule.ts';

const value = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0.1, 0.25, Number.NaN, Infinity, 2 ** 52, -(2 ** 53), 1e300) },
);

test('what a watch of whole sums lets pass has the same sum in parts as in order of arrival', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.nat({ max: 40 }), (list, cut) => {
      const values = Float64Array.from(list);
      const rows = Int32Array.from(list, (_, i) => i);
      const input = { column: { kind: 'float', values, nulls: null }, chosen: null, batch: { seq: values } } as const;
      const watch = new MergeWatch('whole');
      const passed = watch.exactRows(rows, { from: 0, to: rows.length }, 0, input);
      const taken = list.slice(0, passed);
      const sum = (part: readonly number[]): number => part.reduce((total, each) => total + each, 0);
      expect(sum(taken.slice(0, cut)) + sum(taken.slice(cut))).toBe(sum(taken));
      expect(taken.every((each) => Number.isInteger(each))).toBe(true);
      const one = new MergeWatch('whole');
      let alone = 0;
      while (alone < list.length && one.exactRows(rows, { from: alone, to: alone + 1 }, alone, input) === 1) alone++;
      expect(alone).toBe(passed);
      expect(one.largest).toBe(watch.largest);
    }),
  );
});

test('extrema of doubles are watched for -0 alone', () => {
  const values = Float64Array.of(0, Number.NaN, 0.1, -0, 3);
  const input = { column: { kind: 'float', values, nulls: null }, chosen: null, batch: { seq: values } } as const;
  const watch = new MergeWatch('no-negative-zero');
  expect(watch.exactRows(Int32Array.of(0, 1, 2, 3, 4), { from: 0, to: 5 }, 0, input)).toBe(3);
});
