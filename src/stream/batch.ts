import type { Buffers } from './buffers.ts';
import type { Column } from './column.ts';
import { sliceColumn } from './column.ts';
import type { RowKind } from './row-kind.ts';
import { INSERT } from './row-kind.ts';
import type { Field, Schema } from './types.ts';
import type { Changes } from './row-kind.ts';
import type { DurationMs } from './time.ts';

/**
 * Rows in columns, frozen once handed on: many readers may hold the same arrays.
 *
 * All arrays are indexed by physical row, 0 .. length - 1. With a `selection` only the rows that it lists, ascending,
 * are there for a reader; the others were filtered out.
 *
 * Rows are ordered by position: `seq` is the number of the log entry that caused the row, `phase` 0 for what a row of the
 * log triggered on its way down, 1 for what only the step of a watermark or a clock entry caused. `ts` is the event
 * time, NaN where a row has none.
 *
 * Arrays may be made when they are read, which a spread of a batch that came in would pass over: `withSelection` and
 * `withColumns` keep them.
 */
export interface Batch {
  readonly length: number;
  readonly selection: Int32Array | null;
  readonly columns: readonly Column[];
  readonly seq: Float64Array;
  readonly phase: Uint8Array | null;
  readonly ts: Float64Array;
  /** `RowKind` of each row; null means that all are +I. */
  readonly kinds: Uint8Array | null;
  /** Where a grouped or windowed row came from; null for rows that no window made. */
  readonly origin: Origin | null;
}

/** The window, pane and key that a result stands for. Physical rows as in the batch; NaN bounds mean no window. */
export interface Origin {
  readonly windowStartMs: Float64Array;
  readonly windowEndMs: Float64Array;
  /** `PaneTiming` of the firing. */
  readonly timing: Uint8Array;
  /** 0 for a window's first firing, then 1, 2, … */
  readonly paneIndex: Int32Array;
  /** 1 for the last pane of its window, where the engine knows; absent where it says so of no row. */
  readonly last?: Uint8Array;
  readonly keyFields: readonly Field[];
  readonly keyColumns: readonly Column[];
}

export const PANE_EARLY = 0;
export const PANE_ON_TIME = 1;
export const PANE_LATE = 2;
export const PANE_TIMING_NAMES = ['early', 'on-time', 'late'] as const;

/**
 * What flows on an edge. `key` names the columns that identify a row of a changelog, null for a stream without one; of an
 * append stream, the columns of its records' key, which many rows may share.
 */
export interface StreamType {
  readonly schema: Schema;
  readonly changes: Changes;
  readonly key: readonly string[] | null;
  /** Whether rows carry an event time and the edge a watermark. */
  readonly eventTime: boolean;
  /**
   * The largest delay by which a watermark upstream stays behind its events, ms; 0 where none is known. Stream time has no
   * delay of its own: dialects that go by it add this to the lateness of a window.
   */
  readonly delayMs?: DurationMs;
  /** How rows are windowed; absent for a stream that no window made. */
  readonly windowed?: Windowing;
}

/** Of a stream of window results. */
export interface Windowing {
  /** Session ends and the like are not known from the start of a window. */
  readonly isMerging: boolean;
  /** How long after its end a window may still change, ms. */
  readonly closesAfterMs: DurationMs;
  readonly startColumn: string;
  readonly endColumn: string;
}

/** How many rows a reader sees. */
export function rowCount(batch: Batch): number {
  return batch.selection === null ? batch.length : batch.selection.length;
}

/** Physical index of the `i`-th row that a reader sees. */
export function rowAt(batch: Batch, i: number): number {
  return batch.selection === null ? i : batch.selection[i]!;
}

export function kindAt(batch: Batch, row: number): RowKind {
  return batch.kinds === null ? INSERT : (batch.kinds[row] as RowKind);
}

export function phaseAt(batch: Batch, row: number): number {
  return batch.phase === null ? 0 : batch.phase[row]!;
}

/**
 * Numbers of rows that are entries of the log one after the other. They are written when somebody reads them: filters, maps
 * and sinks do not.
 */
class EntryNumbers {
  private readonly first: number;
  private readonly length: number;
  private readonly buffers: Buffers;
  private written: Float64Array | null = null;

  constructor(first: number, length: number, buffers: Buffers) {
    this.first = first;
    this.length = length;
    this.buffers = buffers;
  }

  get all(): Float64Array {
    return (this.written ??= this.write());
  }

  private write(): Float64Array {
    const { first, length } = this;
    const all = this.buffers.floats(length);
    // Each is made by itself: a sum that goes on from the last would wait for it.
    for (let i = 0; i < length; i++) all[i] = first + i;
    return all;
  }
}

/** Rows of a source that are entries one after the other. */
class ConsecutiveRows implements Batch {
  readonly length: number;
  readonly selection: Int32Array | null;
  readonly columns: readonly Column[];
  readonly phase = null;
  readonly ts: Float64Array;
  readonly kinds: Uint8Array | null;
  readonly origin = null;
  private readonly numbers: EntryNumbers;

  constructor(
    rows: Pick<Batch, 'length' | 'ts' | 'kinds'>,
    columns: readonly Column[],
    selection: Int32Array | null,
    numbers: EntryNumbers,
  ) {
    this.length = rows.length;
    this.selection = selection;
    this.columns = columns;
    this.ts = rows.ts;
    this.kinds = rows.kinds;
    this.numbers = numbers;
  }

  get seq(): Float64Array {
    return this.numbers.all;
  }

  with(columns: readonly Column[], selection: Int32Array | null): ConsecutiveRows {
    return new ConsecutiveRows(this, columns, selection, this.numbers);
  }
}

/** Rows that are entries of the log one after the other, from number `firstSeq` on. */
export function consecutiveRows(
  rows: Pick<Batch, 'length' | 'columns' | 'ts' | 'kinds'>,
  firstSeq: number,
  buffers: Buffers,
): Batch {
  return new ConsecutiveRows(rows, rows.columns, null, new EntryNumbers(firstSeq, rows.length, buffers));
}

/** The same batch with other rows selected. `selection` lists physical rows, ascending. */
export function withSelection(batch: Batch, selection: Int32Array): Batch {
  return withColumns(batch, batch.columns, selection);
}

/** The same rows, or those of `selection`, with other columns. */
export function withColumns(batch: Batch, columns: readonly Column[], selection = batch.selection): Batch {
  if (batch instanceof ConsecutiveRows) return batch.with(columns, selection);
  const { length, seq, phase, ts, kinds, origin } = batch;
  return { length, selection, columns, seq, phase, ts, kinds, origin };
}

/** Physical rows [from, to) of a batch without selection, as views. */
export function sliceBatch(batch: Batch, from: number, to: number): Batch {
  return {
    length: to - from,
    selection: null,
    columns: batch.columns.map((column) => sliceColumn(column, from, to)),
    seq: batch.seq.subarray(from, to),
    phase: batch.phase === null ? null : batch.phase.subarray(from, to),
    ts: batch.ts.subarray(from, to),
    kinds: batch.kinds === null ? null : batch.kinds.subarray(from, to),
    origin: batch.origin === null ? null : sliceOrigin(batch.origin, from, to),
  };
}

function sliceOrigin(origin: Origin, from: number, to: number): Origin {
  return {
    windowStartMs: origin.windowStartMs.subarray(from, to),
    windowEndMs: origin.windowEndMs.subarray(from, to),
    timing: origin.timing.subarray(from, to),
    paneIndex: origin.paneIndex.subarray(from, to),
    ...(origin.last === undefined ? {} : { last: origin.last.subarray(from, to) }),
    keyFields: origin.keyFields,
    keyColumns: origin.keyColumns.map((column) => sliceColumn(column, from, to)),
  };
}
