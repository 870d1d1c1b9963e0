import type { Batch } from '../../../stream/batch.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';

/** A row of one of a join's inputs. */
export interface SideRow {
  /** 0 for the left input. */
  readonly side: 0 | 1;
  readonly batch: Batch;
  /** Physical row of the batch. */
  readonly row: number;
}

/** Appends the row, one value a builder of both sides' columns, and NULL for the other side; the left has `width` columns. */
export function appendBesideNull(
  builders: readonly ColumnBuilder[],
  width: number,
  { side, batch, row }: SideRow,
): void {
  builders.forEach((builder, i) => {
    if (i < width === (side === 0)) builder.appendFrom(batch.columns[side === 0 ? i : i - width]!, row);
    else builder.appendNull();
  });
}
