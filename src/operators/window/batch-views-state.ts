import type { RowErrors } from '../../expression/frame.ts';
import type { Batch } from '../../stream/batch.ts';
import { rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import { aggregateInput } from '../shared/aggregates/aggregate-input.ts';
import type { WindowBound } from './bound.ts';
import type { PendingRows } from './row-lanes-state.ts';
import type { Summing } from './summed-rows-state.ts';
import { summingOf } from './summed-rows-state.ts';
import type { WindowState } from './window-state.ts';

/** What the rows of one batch are read by. */
export interface BatchView {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly arguments: readonly AggregateInput[];
  readonly errors: RowErrors;
  /** Physical row, key's number and event time, by place among the rows that a reader sees. */
  readonly rows: Int32Array;
  readonly keys: Int32Array;
  readonly ts: Float64Array;
  readonly count: number;
  /** How the whole batch can be counted and summed in one loop; null where it cannot, and then `keys` are filled. */
  summing: Summing | null;
  readonly out: KernelOutput;
}

/** The row at place `i`, and the watermark that it meets. */
export interface MetRow {
  readonly view: BatchView;
  readonly i: number;
  readonly watermark: WatermarkMs;
}

/** Reads batches: numbers their keys, evaluates the arguments of the aggregates. Arrays serve for one batch after the other. */
export class BatchViews {
  private readonly bound: WindowBound;
  private readonly state: WindowState;
  private readonly windowsPerRow: number;
  private everyRow = new Int32Array(0);
  private keyIds = new Int32Array(0);
  private times = new Float64Array(0);
  /** Rows on their way to cells, of windows that overlap: a row may come several times. */
  private repeatedRows = new Int32Array(0);
  private cells = new Int32Array(0);

  constructor(bound: WindowBound, state: WindowState, windowsPerRow: number) {
    this.bound = bound;
    this.state = state;
    this.windowsPerRow = windowsPerRow;
  }

  /** Pending rows of a batch: `isRepeating` where a row may go into several cells. */
  pendingOf({ rows }: BatchView, isRepeating: boolean): PendingRows {
    return { cells: this.cells, rows: isRepeating ? this.repeatedRows : rows, from: 0, to: 0 };
  }

  of(batch: Batch, errors: RowErrors, out: KernelOutput): BatchView {
    const count = rowCount(batch);
    this.reserve(count);
    const keyColumns = this.bound.key.columns.map((index) => batch.columns[index]!);
    const inputs = this.bound.aggregates.map((aggregate) => aggregateInput(aggregate, batch, errors));
    const summing = batch.selection === null ? summingOf(this.state, keyColumns, inputs) : null;
    const view: BatchView = {
      batch,
      keyColumns,
      arguments: inputs,
      errors,
      rows: batch.selection ?? this.everyRow,
      keys: this.keyIds,
      ts: batch.selection === null ? batch.ts : this.timesOf(batch.ts, batch.selection),
      count,
      summing,
      out,
    };
    if (summing === null) this.fillKeys(view);
    return view;
  }

  /** Numbers the keys of the whole batch. */
  fillKeys(view: BatchView): void {
    view.summing = null;
    this.state.keys.idsOf(view.keyColumns, view.batch.selection, view.count, view.keys);
    this.state.reserve();
  }

  private timesOf(ts: Float64Array, rows: Int32Array): Float64Array {
    const { times } = this;
    for (let i = 0; i < rows.length; i++) times[i] = ts[rows[i]!]!;
    return times;
  }

  private reserve(count: number): void {
    if (this.keyIds.length >= count && this.keyIds.length > 0) return;
    const capacity = Math.max(count, this.keyIds.length * 2, 64);
    this.keyIds = new Int32Array(capacity);
    this.times = new Float64Array(capacity);
    this.everyRow = Int32Array.from({ length: capacity }, (_, row) => row);
    // For every row of a batch once, and for one row in all of its windows beside them.
    const most = Math.max(CHUNK_ROWS, capacity) + this.windowsPerRow;
    this.cells = new Int32Array(most);
    this.repeatedRows = new Int32Array(most);
  }
}

/** The first place from `from` on whose row comes behind entry `seq`. */
export function firstBehind({ batch, rows, count }: BatchView, from: number, seq: number): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (batch.seq[rows[middle]!]! <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
