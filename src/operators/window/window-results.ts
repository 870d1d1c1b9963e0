import type { Batch, StreamType } from '../../stream/batch.ts';
import type { RowKind } from '../../stream/row-kind.ts';
import { INSERT } from '../../stream/row-kind.ts';
import type { ColumnBuilder } from '../../stream/column-builder.ts';
import type { DurationMs, EventTimeMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { KernelOutput } from '../operator.ts';
import { OriginBuilder, ResultBuilder } from '../shared/result-builder.ts';
import type { WindowBound } from './bound.ts';
import { hasBounds } from './bound.ts';

/** One result of a window, beside its key and its aggregates. Bounds as the dialect has them, in UTC, NaN for none. */
export interface WindowResult {
  readonly seq: number;
  readonly phase: 0 | 1;
  /** Event time of the result. */
  readonly ts: EventTimeMs;
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  /** `PaneTiming`. */
  readonly timing: number;
  readonly paneIndex: number;
  /** Whether no pane of the window follows; only where the dialect's engine says so. */
  readonly isLast?: boolean;
  /** +I where absent. */
  readonly kind?: RowKind;
  /** A bit for each key column that the grouping set leaves out, the last column's the lowest. */
  readonly groupingId?: number;
}

/** Gathers the results of a window operator: key, grouping id, bounds, aggregates. */
export class WindowResults {
  private readonly results: ResultBuilder;
  private readonly origins: OriginBuilder;
  private readonly keyCount: number;
  private readonly hasGroupingId: boolean;
  private readonly hasBounds: boolean;
  private readonly localOffsetMs: DurationMs;

  constructor(bound: WindowBound, output: StreamType) {
    this.results = new ResultBuilder(output.schema);
    this.origins = new OriginBuilder(output.schema.fields.slice(0, bound.key.fields.length));
    this.keyCount = bound.key.fields.length;
    this.hasGroupingId = bound.hasGroupingId;
    this.hasBounds = hasBounds(bound.kind);
    this.localOffsetMs = bound.localOffsetMs;
  }

  /**
   * Adds a result. `appendKey` appends the key's columns to the first builders, `appendValues` the aggregates from the
   * given place on; batches that are full go out at once.
   */
  add(
    result: WindowResult,
    appendKey: (builders: readonly ColumnBuilder[]) => void,
    appendValues: (builders: readonly ColumnBuilder[], at: number) => void,
    out: KernelOutput,
  ): void {
    const { columns } = this.results;
    const startMs = result.startMs + this.localOffsetMs;
    const endMs = result.endMs + this.localOffsetMs;
    appendKey(columns);
    let at = this.keyCount;
    if (this.hasGroupingId) columns[at++]!.append(result.groupingId ?? 0);
    if (this.hasBounds) {
      columns[at++]!.append(startMs);
      columns[at++]!.append(endMs);
    }
    appendValues(columns, at);
    this.origins.push(startMs, endMs, result.timing, result.paneIndex);
    if (result.isLast === true) this.origins.markLast();
    this.results.place(result.seq, result.phase, result.ts, result.kind ?? INSERT);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  /** Hands on what was gathered. */
  flush(out: KernelOutput): void {
    const batch: Batch | null = this.results.take(null);
    if (batch === null) return;
    const origin = this.origins.take(batch.columns.slice(0, this.keyCount));
    out.emit('out', { ...batch, origin });
  }
}
