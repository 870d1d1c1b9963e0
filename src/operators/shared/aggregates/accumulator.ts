import type { Batch } from '../../../stream/batch.ts';
import type { Column } from '../../../stream/column.ts';
import type { ColumnBuilder } from '../../../stream/column-builder.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';

/**
 * The state of one aggregate over many cells, a cell being one key in one window. Cells are numbered densely and reused;
 * `reset` makes one empty. The order of `add` is the order of arrival, so that sums of doubles come out the same whatever
 * the rounds.
 */
export interface Accumulator {
  /** Makes room for cells 0 .. capacity - 1. */
  grow(capacity: number): void;
  reset(cell: number): void;
  /** Adds rows[i] of the input to cells[i] for i in [from, to), whatever the filter says: `addRows` minds it. */
  add(cells: Int32Array, rows: Int32Array, range: RowRange, input: AggregateInput): void;
  /**
   * Takes back the value of one row, which need not be the row that brought it. Only of accumulators that were made to take
   * changes. A value that is not there is remembered as missing, and the next one like it makes up for it.
   */
  retract(cell: number, row: number, input: AggregateInput): void;
  /** Adds to `into` what `from` holds, as if it had come later; `from` stays as it is. */
  merge(into: number, from: number): void;
  /** Appends the cell's result. */
  appendTo(builder: ColumnBuilder, cell: number): void;
  /** `reset`, `merge` and `appendTo` for many cells in one loop; absent where the layout does not lend itself to it. */
  resetCells?(cells: Int32Array, count: number): void;
  mergeCells?(into: Int32Array, from: Int32Array, count: number): void;
  appendCells?(builder: ColumnBuilder, cells: Int32Array, count: number): void;
  /** `write` and `read` for many cells in one loop: both or none. */
  writeCells?(writer: StateWriter, cells: Int32Array, count: number): void;
  readCells?(reader: StateReader, cells: Int32Array, count: number): void;
  /** Bytes of state that every cell takes. */
  readonly bytesPerCell: number;
  /** Bytes of what grows with the values: texts, and whatever is collected. */
  readonly textBytes: number;
  write(writer: StateWriter, cell: number): void;
  read(reader: StateReader, cell: number): void;
}

/** What an aggregate reads of one batch. */
export interface AggregateInput {
  /** Its argument; null for a count of rows. */
  readonly column: Column | null;
  /** 1 for each physical row that its filter lets through; null without a filter. */
  readonly chosen: Uint8Array | null;
  /** Its `seq` says when each value arrived. */
  readonly batch: Pick<Batch, 'seq'>;
}

export interface RowRange {
  readonly from: number;
  readonly to: number;
  /** Whether rows[i] is i throughout. */
  readonly areAllRows?: boolean;
}
