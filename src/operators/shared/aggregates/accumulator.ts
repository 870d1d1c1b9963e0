import type { Column } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';

/**
 * The state of one aggregate over many cells, a cell being one key in one window. Cells are numbered densely and reused;
 * `reset` makes one empty. NULL values are left out. The order of `add` is the order of arrival, so that sums of doubles
 * come out the same whatever the rounds.
 */
export interface Accumulator {
  /** Makes room for cells 0 .. capacity - 1. */
  grow(capacity: number): void;
  reset(cell: number): void;
  /** Adds rows[i] of the argument's column to cells[i] for i in [from, to). `column` is null for a count of rows. */
  add(cells: Int32Array, rows: Int32Array, range: RowRange, column: Column | null): void;
  /**
   * Takes back the value of one row, which need not be the row that brought it. Only of accumulators that were made to take
   * changes. A value that is not there is remembered as missing, and the next one like it makes up for it.
   */
  retract(cell: number, row: number, column: Column | null): void;
  /** Adds to `into` what `from` holds, as if it had come later; `from` stays as it is. */
  merge(into: number, from: number): void;
  /** Appends the cell's result. */
  appendTo(builder: ColumnBuilder, cell: number): void;
  /** Bytes of state a cell takes, beside texts. */
  readonly bytesPerCell: number;
  /** Bytes of the texts held. */
  readonly textBytes: number;
  write(writer: StateWriter, cell: number): void;
  read(reader: StateReader, cell: number): void;
}

export interface RowRange {
  readonly from: number;
  readonly to: number;
}
