import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellIndex } from './cell-index.ts';

test('finds every key that was added and no other, however far apart they are', () => {
  const keys = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 5000 }), fc.nat({ max: 1_000_000 }));
  fc.assert(
    fc.property(fc.uniqueArray(keys, { maxLength: 200 }), fc.array(keys, { maxLength: 20 }), (added, others) => {
      const index = new CellIndex();
      const cells: number[] = [];
      const keyOf = new Int32Array(added.length);
      added.forEach((key, cell) => {
        expect(index.find(key)).toBe(-1);
        cells.push(cell);
        keyOf[cell] = key;
        index.add(key, cell, { cells, keys: keyOf });
      });
      added.forEach((key, cell) => expect(index.find(key)).toBe(cell));
      for (const key of others) expect(index.find(key)).toBe(added.indexOf(key));
    }),
  );
});
