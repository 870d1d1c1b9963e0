import type { Batch, StreamType } from '../../../stream/batch.ts';
import { PANE_ON_TIME, rowAt, rowCount } from '../../../stream/batch.ts';
import { isNull } from '../../../stream/column.ts';
import type { Curve } from '../../../stream/curve.ts';
import { watermarkBefore } from '../../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../../stream/state-codec.ts';
import type { StateLook } from '../../../stream/state-look.ts';
import type { EventTimeMs, Window } from '../../../stream/time.ts';
import type { WindowRules } from '../../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../../operator.ts';
import { CHUNK_ROWS } from '../../operator.ts';
import { firstStepAtLeast } from '../curve-steps.ts';
import type { BoundKey } from '../key-columns.ts';
import { OriginBuilder, ResultBuilder } from '../result-builder.ts';
import { RowOutcomes } from '../row-outcomes.ts';
import { lookAtKinds } from '../state-contents.ts';
import type { CarriedWindows } from '../windows/carried-windows.ts';
import type { RankedRow, WindowRanking } from './ranked-windows-state.ts';
import { RankedWindows } from './ranked-windows-state.ts';
import type { SortKey } from './sort-key.ts';

/** What is ranked and given out. */
export interface RankedWindowsRequest {
  readonly windows: CarriedWindows;
  readonly key: BoundKey;
  readonly ranking: WindowRanking;
  /** The first rank given out, 1 the best. */
  readonly from: number;
  /** Whether the rank is the last column of the output. */
  readonly hasRank: boolean;
  /** What a row is ordered by; null for a row that cannot be ordered. */
  readonly sortKeyOf: (batch: Batch, row: number) => SortKey | null;
}

/**
 * The best rows of each key in each window, given out once, when the watermark completes the window. Rows tell their
 * window themselves. Flink: `WindowRankOperator`, `RowTimeWindowDeduplicateOperator`: a row whose window has fired is late.
 */
export class RankedWindowsKernel implements Kernel {
  private readonly request: RankedWindowsRequest;
  private readonly rules: WindowRules;
  private readonly width: number;
  private readonly state: RankedWindows;
  private readonly outcomes: RowOutcomes;
  private readonly results: ResultBuilder;
  private readonly origins: OriginBuilder;
  /** Entry, from the round's first, up to which steps of the watermark were taken. */
  private cursor = 0;

  constructor(request: RankedWindowsRequest, { inputs, outputs, dialect, connected }: KernelRequest<unknown>) {
    const input: StreamType = inputs[0]!;
    this.request = request;
    this.rules = dialect.windows;
    this.width = input.schema.fields.length;
    this.state = new RankedWindows(input.schema, request.key, request.ranking);
    this.outcomes = new RowOutcomes(input, connected);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.origins = new OriginBuilder(request.key.fields);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    for (const batch of inputs[0]!.batches) {
      this.outcomes.begin(batch);
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) {
        const row = rowAt(batch, i);
        this.advance(clock, batch.seq[row]! - clock.firstSeq, out);
        this.take(batch, row, clock, out);
      }
      this.outcomes.finish(out);
    }
    this.advance(clock, clock.watermarks.length, out);
    this.flush(out);
    return clock;
  }

  private take(batch: Batch, row: number, clock: Curve, out: KernelOutput): void {
    const watermark = watermarkBefore(clock, batch.seq[row]!);
    const window = this.windowOf(batch, row);
    const sortKey = this.request.sortKeyOf(batch, row);
    if (window === null || sortKey === null) this.outcomes.reject(row, 'no-time', watermark, out);
    else if (watermark >= this.rules.fireAt(window.endMs)) {
      this.outcomes.late(row, watermark, [[window.startMs, window.endMs]], out);
    } else if (this.state.take(batch, row, window, sortKey)) out.fates.held++;
    else out.fates.filtered++;
  }

  private windowOf(batch: Batch, row: number): Window | null {
    const { start, end, localOffsetMs } = this.request.windows;
    const startMs = timeIn(batch, start, row) - localOffsetMs;
    const endMs = timeIn(batch, end, row) - localOffsetMs;
    return Number.isNaN(startMs) || Number.isNaN(endMs) ? null : { startMs, endMs };
  }

  /** Gives out what the steps of the watermark before entry `to` complete. */
  private advance(clock: Curve, to: number, out: KernelOutput): void {
    while (this.state.firstEndMs < Infinity) {
      const step = firstStepAtLeast(clock, this.rules.fireAt(this.state.firstEndMs), this.cursor, to);
      if (step < 0) break;
      this.cursor = step;
      this.fire(clock.firstSeq + step, out);
    }
    this.cursor = Math.max(this.cursor, to);
  }

  private fire(seq: number, out: KernelOutput): void {
    const before = this.request.from - 1;
    const firing = { seq, phase: 1 as const, timing: PANE_ON_TIME, paneIndex: 0 };
    let results = 0;
    const window = this.state.closeFirst((rows, bounds) => {
      const shown = Math.max(0, rows.length - before);
      out.fates.held -= rows.length;
      out.fates.filtered += rows.length - shown;
      out.fates.used += shown;
      for (let i = before; i < rows.length; i++) this.add(seq, bounds, { row: rows[i]!, rank: i + 1 }, out);
      results += shown;
    });
    out.trace?.fired({ ...firing, ...window, results });
  }

  private add(
    seq: number,
    { startMs, endMs }: Window,
    { row, rank }: { readonly row: RankedRow; readonly rank: number },
    out: KernelOutput,
  ): void {
    const { localOffsetMs } = this.request.windows;
    const { columns } = this.results;
    this.state.rows.appendTo(columns, 0, row.handle);
    if (this.request.hasRank) columns[this.width]!.append(rank);
    this.results.place(seq, 1, this.rules.resultTimeMs(startMs, endMs));
    this.origins.push(startMs + localOffsetMs, endMs + localOffsetMs, PANE_ON_TIME, 0);
    if (this.results.length === CHUNK_ROWS) this.flush(out);
  }

  private flush(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch === null) return;
    const origin = this.origins.take(this.request.key.columns.map((index) => batch.columns[index]!));
    out.emit('out', { ...batch, origin });
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    return lookAtKinds(this.state.look(most, (endMs) => this.rules.fireAt(endMs)));
  }

  stateSize(): StateSize {
    return { rows: this.state.rows.rows, bytes: this.state.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
  }
}

/** NaN for NULL. */
function timeIn(batch: Batch, index: number, row: number): EventTimeMs {
  const column = batch.columns[index];
  if (column?.kind !== 'float' || isNull(column.nulls, row)) return Number.NaN;
  return column.values[row]!;
}
