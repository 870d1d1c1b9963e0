import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MergedOrder } from './merged-order.ts';

const length = 12;
const row = fc.record({ seq: fc.integer({ min: 0, max: length - 1 }), phase: fc.constantFrom(0, 0, 0, 1) });
const byPosition = (a: { seq: number; phase: number }, b: { seq: number; phase: number }): number =>
  a.seq - b.seq || a.phase - b.phase;

test('puts rows by position, then input, then the order in which they were emitted', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.array(row, { maxLength: 20 }), fc.nat(100), (a, b, firstSeq) => {
      const rows = [...a.sort(byPosition), ...b.sort(byPosition)];
      const merged = new MergedOrder();
      const seq = Float64Array.from(rows, (each) => firstSeq + each.seq);
      const phase = Uint8Array.from(rows, (each) => each.phase);
      merged.merge({ seq, phase }, rows.length, { firstSeq, length });
      // Sorting is stable, and the rows of the first input stand first.
      const expected = rows.map((_, i) => i).sort((i, j) => byPosition(rows[i]!, rows[j]!));
      expect([...merged.order.subarray(0, rows.length)]).toEqual(expected);
    }),
  );
});

test('rows of one entry each, with gaps between', () => {
  const merged = new MergedOrder();
  const seq = Float64Array.of(1, 4, 7, 0, 5);
  merged.merge({ seq, phase: new Uint8Array(5) }, 5, { firstSeq: 0, length });
  expect([...merged.order.subarray(0, 5)]).toEqual([3, 0, 1, 4, 2]);
});
