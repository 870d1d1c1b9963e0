import type { RowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';

/** The batch's selection without the rows that failed. */
export function rowsWithoutErrors(batch: Batch, errors: RowErrors): Int32Array | null {
  if (errors.count === 0) return batch.selection;
  const rows: number[] = [];
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (!errors.has(row)) rows.push(row);
  }
  return Int32Array.from(rows);
}
