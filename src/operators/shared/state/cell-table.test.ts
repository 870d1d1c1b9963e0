import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellTable } from './cell-table.ts';

test('finds every cell that is there and no other, however many lanes and far apart the keys are', () => {
  const keys = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 5000 }), fc.nat({ max: 1_000_000 }));
  const owner = fc.tuple(fc.nat({ max: 40 }), keys);
  const same = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] === b[0] && a[1] === b[1];
  fc.assert(
    fc.property(
      fc.uniqueArray(owner, { maxLength: 200, comparator: same }),
      fc.array(owner, { maxLength: 20 }),
      fc.array(fc.boolean()),
      (added, others, removals) => {
        const table = new CellTable();
        const owners = { cellKeys: new Int32Array(added.length), cellLanes: new Int32Array(added.length) };
        const there = new Map<number, readonly [number, number]>();
        let lanes = 0;
        let bound = 0;
        added.forEach(([lane, key], cell) => {
          lanes = Math.max(lanes, lane + 1);
          bound = Math.max(bound, key + 1);
          table.reserve(lanes, bound, owners);
          expect(table.find(lane, key, owners)).toBe(-1);
          owners.cellLanes[cell] = lane;
          owners.cellKeys[cell] = key;
          table.add(cell, owners);
          there.set(cell, [lane, key]);
          const gone = removals[cell] === true ? cell >> 1 : -1;
          if (there.delete(gone)) table.remove(gone, owners);
        });
        const kept = Int32Array.from(there.keys());
        const together = new CellTable();
        together.reserve(lanes, bound, owners, kept.length);
        together.addAll(kept, kept.length, owners);
        for (const [lane, key] of added) expect(together.find(lane, key, owners)).toBe(table.find(lane, key, owners));
        added.forEach(([lane, key], cell) => expect(table.find(lane, key, owners)).toBe(there.has(cell) ? cell : -1));
        for (const other of others) {
          if (other[0] >= lanes || other[1] >= bound) continue;
          const cell = [...there].find(([, pair]) => same(pair, other))?.[0] ?? -1;
          expect(table.find(other[0], other[1], owners)).toBe(cell);
        }
      },
    ),
  );
});
