import type { RowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { KernelOutput } from '../operator.ts';

/** Tells of every row of the batch for which an expression failed, and counts it. Nothing where none did. */
export function rejectFailed(batch: Batch, type: StreamType, errors: RowErrors, out: KernelOutput): void {
  if (errors.count === 0) return;
  out.fates.rejected += errors.count;
  const count = rowCount(batch);
  for (let i = 0; i < count; i++) {
    const row = rowAt(batch, i);
    if (errors.has(row)) out.rejected({ batch, row, type, message: errors.message(row) });
  }
}

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
