import type { RowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import { aggregateInput } from '../shared/aggregates/aggregate-input.ts';
import type { WindowBound } from './bound.ts';
import type { PendingRows } from './row-lanes-state.ts';
import type { WindowState } from './window-state.ts';

/** What the rows of one batch are read by. */
export interface BatchView {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly arguments: readonly AggregateInput[];
  readonly errors: RowErrors;
  /** Physical row and key's number, by place among the rows that a reader sees. */
  readonly rows: Int32Array;
  readonly keys: Int32Array;
  readonly ts: Float64Array;
  readonly count: number;
  readonly out: KernelOutput;
}

/** Reads batches: numbers their keys, evaluates the arguments of the aggregates. Arrays serve for one batch after the other. */
export class BatchViews {
  private readonly bound: WindowBound;
  private readonly state: WindowState;
  private readonly windowsPerRow: number;
  private everyRow = new Int32Array(0);
  private keyIds = new Int32Array(0);
  /** Has room for every row of a batch once, and for one row in all of its windows beside them. */
  readonly pending: PendingRows = { cells: new Int32Array(0), rows: new Int32Array(0), length: 0 };

  constructor(bound: WindowBound, state: WindowState, windowsPerRow: number) {
    this.bound = bound;
    this.state = state;
    this.windowsPerRow = windowsPerRow;
  }

  of(batch: Batch, errors: RowErrors, out: KernelOutput): BatchView {
    const count = rowCount(batch);
    this.reserve(count);
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    this.state.keys.idsOf(keyColumns, batch.selection, count, this.keyIds);
    this.state.reserve();
    return {
      batch,
      keyColumns,
      arguments: this.bound.aggregates.map((aggregate) => aggregateInput(aggregate, batch, errors)),
      errors,
      rows: batch.selection ?? this.everyRow,
      keys: this.keyIds,
      ts: batch.ts,
      count,
      out,
    };
  }

  private reserve(count: number): void {
    if (this.keyIds.length >= count && this.keyIds.length > 0) return;
    const capacity = Math.max(count, this.keyIds.length * 2, 64);
    this.keyIds = new Int32Array(capacity);
    this.everyRow = Int32Array.from({ length: capacity }, (_, row) => row);
    const most = Math.max(CHUNK_ROWS, capacity) + this.windowsPerRow;
    this.pending.cells = new Int32Array(most);
    this.pending.rows = new Int32Array(most);
  }
}
