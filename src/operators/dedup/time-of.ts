import type { Batch } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { EventTimeMs } from '../../stream/time.ts';

/** The time to order by: of a column, or the row's own; NaN where it has none. */
export function timeOf(batch: Batch, row: number, timeColumn: number | null): EventTimeMs {
  if (timeColumn === null) return batch.ts[row] ?? Number.NaN;
  const column = batch.columns[timeColumn];
  return column?.kind !== 'float' || isNull(column.nulls, row) ? Number.NaN : (column.values[row] ?? Number.NaN);
}
