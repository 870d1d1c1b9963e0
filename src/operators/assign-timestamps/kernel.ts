import { rowErrors } from '../../expression/frame.ts';
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
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { WatermarkGenerator } from '../shared/watermark-generator.ts';
import type { AssignTimestampsBound } from './definition.ts';

export function assignTimestampsKernel(request: KernelRequest<AssignTimestampsBound>): Kernel {
  return new AssignTimestampsKernel(request);
}

/**
 * Gives rows the event time that an expression states and derives the watermark from it. Upstream watermarks and
 * statuses are swallowed, but for the end. Flink: `TimestampsAndWatermarksOperator`.
 */
class AssignTimestampsKernel implements Kernel {
  private readonly bound: AssignTimestampsBound;
  private readonly generator: WatermarkGenerator;
  private readonly type: StreamType;

  constructor({ bound, dialect, inputs }: KernelRequest<AssignTimestampsBound>) {
    this.bound = bound;
    this.generator = new WatermarkGenerator(bound.watermark, dialect.time);
    this.type = inputs[0]!;
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const batches = inputs[0]!.batches.map((batch) => this.assign(batch, clock, out));
    for (const batch of batches) if (rowCount(batch) > 0) out.emit('out', batch);
    return this.curve(round, batches, clock);
  }

  private assign(batch: Batch, clock: Curve, out: KernelOutput): Batch {
    const errors = rowErrors();
    const times = this.bound.time.evaluate(batch, errors);
    const ts = new Float64Array(batch.length).fill(Number.NaN);
    const kept: number[] = [];
    const count = rowCount(batch);
    rejectFailed(batch, this.type, errors, out);
    for (let i = 0; i < count; i++) {
      const row = rowAt(batch, i);
      if (errors.has(row)) continue;
      const timeMs = timeAt(times, row);
      if (Math.abs(timeMs) < TIME_LIMIT_MS) {
        ts[row] = timeMs;
        kept.push(row);
      } else {
        out.fates.rejected++;
        const watermark = watermarkBefore(clock, batch.seq[row]!);
        out.dropped({ batch, row, type: this.type, reason: 'no-time', watermark, windows: [] });
      }
    }
    out.fates.used += kept.length;
    return { ...batch, ts, selection: kept.length === batch.length ? null : Int32Array.from(kept) };
  }

  private curve(round: Round, batches: readonly Batch[], clock: Curve): Curve {
    const { generator } = this;
    const before = generator.watermark;
    const idleBefore = generator.idle;
    const watermarks = new Float64Array(round.length);
    const idle = new Uint8Array(round.length);
    let anyIdle = 0;
    let at = 0;
    let i = 0;
    for (let entry = 0; entry < round.length; entry++) {
      const seq = round.firstSeq + entry;
      for (let batch = batches[at]; batch !== undefined; batch = batches[at]) {
        const count = rowCount(batch);
        while (i < count && batch.seq[rowAt(batch, i)] === seq) generator.onEvent(batch.ts[rowAt(batch, i++)]!);
        if (i < count) break;
        at++;
        i = 0;
      }
      if (round.kinds[entry] === ENTRY_CLOCK) generator.onClock(round.at[entry]!);
      if (clock.watermarks[entry] === END_OF_TIME) generator.advanceTo(END_OF_TIME);
      watermarks[entry] = generator.watermark;
      if (generator.idle) anyIdle = idle[entry] = 1;
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
    this.generator.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.generator.restore(reader);
  }
}

/** Whole milliseconds in a column of times or numbers, fractions rounded down; NaN for NULL. */
function timeAt(column: Column, row: number): number {
  if (isNull(column.nulls, row)) return Number.NaN;
  if (column.kind === 'long') return Number(column.values[row]!);
  assert(column.kind === 'float' || column.kind === 'int', 'a column of times');
  return Math.floor(column.values[row]!);
}
