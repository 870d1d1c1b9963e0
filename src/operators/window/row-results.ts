import type { StreamType } from '../../stream/batch.ts';
import { PANE_ON_TIME } from '../../stream/batch.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import type { DurationMs, Window } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import { OriginBuilder, ResultBuilder } from '../shared/result-builder.ts';
import type { WindowBound } from './bound.ts';

/** Where and as what a row with its window comes out. */
export interface WindowedRow {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly kind: RowKind;
}

/**
 * Gathers rows with the columns of their windows: the input's columns, `window_start`, `window_end`, `window_time`. The
 * event time of each is its `window_time`, the last millisecond of the window. A window does not fire here: each row
 * counts as the first pane, on time.
 */
export class RowResults {
  private readonly results: ResultBuilder;
  private readonly origins: OriginBuilder;
  private readonly keyColumns: readonly number[];
  private readonly width: number;
  private readonly localOffsetMs: DurationMs;

  constructor({ key, localOffsetMs }: WindowBound, input: StreamType, output: StreamType) {
    this.results = new ResultBuilder(output.schema);
    this.origins = new OriginBuilder(key.fields);
    this.localOffsetMs = localOffsetMs;
    this.keyColumns = key.columns;
    this.width = input.schema.fields.length;
  }

  /** Adds a row; `appendRow` appends the input's columns to the first builders. Batches that are full go out at once. */
  add(
    { seq, phase, kind }: WindowedRow,
    { startMs, endMs }: Window,
    appendRow: (builders: readonly ColumnBuilder[]) => void,
    out: KernelOutput,
  ): void {
    const { columns } = this.results;
    // WindowTableFunctionOperatorBase.collect: bounds are local, the time of a window is an instant
    const timeMs = endMs - 1;
    const localStartMs = startMs + this.localOffsetMs;
    const localEndMs = endMs + this.localOffsetMs;
    appendRow(columns);
    columns[this.width]!.append(localStartMs);
    columns[this.width + 1]!.append(localEndMs);
    columns[this.width + 2]!.append(timeMs);
    this.origins.push(localStartMs, localEndMs, PANE_ON_TIME, 0);
    this.results.place(seq, phase, timeMs, kind);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  /** Hands on what was gathered. */
  flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch === null) return;
    const origin = this.origins.take(this.keyColumns.map((index) => batch.columns[index]!));
    out.emit('out', { ...batch, origin });
  }
}
