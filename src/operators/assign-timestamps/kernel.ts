import { rowErrors } from '../../expression/frame.ts';
import { statedWatermarks } from '../../expression/punctuation.ts';
import { assert } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import { END_OF_TIME, TIME_LIMIT_MS } from '../../stream/time.ts';
import type { DropReason, Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { EmitTimer } from '../shared/emit-timer.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { WatermarkGenerator } from '../shared/watermark-generator.ts';
import { LastWatermark } from '../shared/watermark-output.ts';
import type { AssignTimestampsBound } from './definition.ts';

export function assignTimestampsKernel(request: KernelRequest<AssignTimestampsBound>): Kernel {
  return new AssignTimestampsKernel(request);
}

/**
 * Gives rows the event time that an expression states and derives the watermark from it. Upstream watermarks are swallowed,
 * but for the end; upstream statuses as the dialect says. Flink: `TimestampsAndWatermarksOperator`,
 * `WatermarkAssignerOperator`.
 *
 * The early guard stands here: a row whose new event time is more than `maxAheadMs` ahead of the processing time of its
 * entry is dropped (`filtered`, reason `early`), and for the watermark it is as if it had not come.
 */
class AssignTimestampsKernel implements Kernel {
  private readonly bound: AssignTimestampsBound;
  private readonly passesStatus: boolean;
  private readonly output = new LastWatermark();
  private readonly generator: WatermarkGenerator;
  private readonly timer: EmitTimer;
  private readonly type: StreamType;

  constructor({ bound, dialect, inputs }: KernelRequest<AssignTimestampsBound>) {
    this.bound = bound;
    this.passesStatus = dialect.time.assignerPassesStatus;
    this.generator = new WatermarkGenerator(bound.watermark, dialect.time, this.output);
    this.timer = new EmitTimer(bound.watermark, dialect.time);
    this.type = inputs[0]!;
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.timer.begin(round.at[0]!);
    const batches = inputs[0]!.batches.map((batch) => this.assign(batch, { round, clock, out }));
    for (const batch of batches) if (rowCount(batch) > 0) out.emit('out', batch);
    return this.curve(round, batches, clock);
  }

  private assign(
    batch: Batch,
    { round, clock, out }: { readonly round: Round; readonly clock: Curve; readonly out: KernelOutput },
  ): Batch {
    const errors = rowErrors();
    const times = this.bound.time.evaluate(batch, errors);
    const { maxAheadMs } = this.bound.watermark;
    const ts = new Float64Array(batch.length).fill(Number.NaN);
    const kept: number[] = [];
    const count = rowCount(batch);
    rejectFailed(batch, this.type, errors, out);
    const drop = (row: number, reason: DropReason): void => {
      const watermark = watermarkBefore(clock, batch.seq[row]!);
      out.dropped({ batch, row, type: this.type, reason, watermark, windows: [] });
    };
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (errors.has(row)) continue;
      const timeMs = timeAt(times, row);
      if (!(Math.abs(timeMs) < TIME_LIMIT_MS)) {
        out.fates.rejected++;
        drop(row, 'no-time');
      } else if (maxAheadMs > 0 && timeMs - round.at[batch.seq[row]! - round.firstSeq]! > maxAheadMs) {
        out.fates.filtered++;
        drop(row, 'early');
      } else {
        ts[row] = timeMs;
        kept.push(row);
      }
    }
    out.fates.used += kept.length;
    const { length, columns, seq, phase, kinds, origin } = batch;
    const selection = kept.length === batch.length ? null : Int32Array.from(kept);
    return { length, selection, columns, seq, phase, ts, kinds, origin };
  }

  private curve(round: Round, batches: readonly Batch[], clock: Curve): Curve {
    const { generator, output } = this;
    const { watermark: before, idle: idleBefore } = output;
    const watermarks = new Float64Array(round.length);
    const idle = new Uint8Array(round.length);
    const rows = new RowsInOrder(batches, this.bound);
    let anyIdle = 0;
    let wasIdle = clock.idleBefore;
    for (let entry = 0; entry < round.length; entry++) {
      const isIdle = clock.idle !== null && clock.idle[entry] === 1;
      if (this.passesStatus && wasIdle && !isIdle) generator.setIdle(false);
      rows.giveUpTo(round.firstSeq + entry, generator);
      if (round.kinds[entry] === ENTRY_CLOCK) generator.onClock(round.at[entry]!, this.timer.tick(round.at[entry]!));
      if (clock.watermarks[entry] === END_OF_TIME) generator.advanceTo(END_OF_TIME);
      if (this.passesStatus && isIdle && !wasIdle) generator.setIdle(true);
      wasIdle = isIdle;
      watermarks[entry] = output.watermark;
      if (output.idle) anyIdle = idle[entry] = 1;
    }
    return { firstSeq: round.firstSeq, before, idleBefore, watermarks, idle: anyIdle === 0 ? null : idle };
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  stateSize(): StateSize {
    return { rows: 0, bytes: 40 };
  }

  snapshot(writer: StateWriter): void {
    this.output.snapshot(writer);
    this.timer.snapshot(writer);
    this.generator.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.output.restore(reader);
    this.timer.restore(reader);
    this.generator.restore(reader);
  }
}

/** Gives a generator the rows of a round entry by entry. */
class RowsInOrder {
  private at = 0;
  private i = 0;
  private readonly batches: readonly Batch[];
  private readonly stated: readonly (Float64Array | null)[];

  constructor(batches: readonly Batch[], { punctuation, watermark }: AssignTimestampsBound) {
    this.batches = batches;
    this.stated = batches.map((batch) =>
      punctuation === null ? null : statedWatermarks(punctuation, batch, watermark.delayMs),
    );
  }

  /** The rows up to this entry that were not given yet. */
  giveUpTo(seq: number, generator: WatermarkGenerator): void {
    for (let batch = this.batches[this.at]; batch !== undefined; batch = this.batches[this.at]) {
      const count = rowCount(batch);
      const stated = this.stated[this.at]!;
      for (; this.i < count && batch.seq[rowAt(batch, this.i)]! <= seq; this.i++) {
        const row = rowAt(batch, this.i);
        generator.onEvent(batch.ts[row]!, stated === null ? Number.NaN : stated[row]!);
      }
      if (this.i < count) return;
      this.at++;
      this.i = 0;
    }
  }
}

/** Whole milliseconds in a column of times or numbers, fractions rounded down; NaN for NULL. */
function timeAt(column: Column, row: number): number {
  if (isNull(column.nulls, row)) return Number.NaN;
  if (column.kind === 'long') return Number(column.values[row]!);
  assert(column.kind === 'float' || column.kind === 'int', 'a column of times');
  return Math.floor(column.values[row]!);
}
