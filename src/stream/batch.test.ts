import { describe, expect, test } from 'vitest';
import type { Batch } from './batch.ts';
import { consecutiveRows, sliceBatch, withColumns, withSelection } from './batch.ts';
import { FRESH_BUFFERS } from './buffers.ts';
import type { Column } from './column.ts';

const numbers = (...values: readonly number[]): Column => ({
  kind: 'int',
  values: Int32Array.from(values),
  nulls: null,
});

function rowsFrom(firstSeq: number, onWrite = (): void => undefined): Batch {
  const buffers = {
    ...FRESH_BUFFERS,
    floats: (length: number) => {
      onWrite();
      return new Float64Array(length).fill(Number.NaN);
    },
  };
  const rows = { length: 3, columns: [numbers(7, 8, 9)], ts: Float64Array.of(30, 10, 20), kinds: null };
  return consecutiveRows(rows, firstSeq, buffers);
}

describe('rows that are entries one after the other', () => {
  test('count from their first entry on', () => {
    expect([...rowsFrom(1_000_000_007).seq]).toEqual([1_000_000_007, 1_000_000_008, 1_000_000_009]);
  });

  test('have their numbers written once, for whoever reads them first, whatever was made of them', () => {
    let written = 0;
    const rows = rowsFrom(40, () => void written++);
    const some = withColumns(withSelection(rows, Int32Array.of(0, 2)), [numbers(1, 2, 3)]);
    expect(written).toBe(0);
    expect([...some.seq]).toEqual([40, 41, 42]);
    expect(rows.seq).toBe(some.seq);
    expect(written).toBe(1);
  });

  test('keep all else when rows are selected and columns replaced', () => {
    const columns = [numbers(1, 2, 3), numbers(4, 5, 6)];
    const some = withColumns(withSelection(rowsFrom(5), Int32Array.of(1)), columns);
    expect([...some.selection!]).toEqual([1]);
    expect(some.columns).toBe(columns);
    expect([...some.ts]).toEqual([30, 10, 20]);
    expect([some.length, some.phase, some.kinds, some.origin]).toEqual([3, null, null, null]);
  });

  test('are cut as any rows are', () => {
    expect([...sliceBatch(rowsFrom(5), 1, 3).seq]).toEqual([6, 7]);
  });
});
