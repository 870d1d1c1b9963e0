import type { Curve } from '../../stream/curve.ts';
import { lastWatermark, watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { MergedOrder } from '../shared/merged-order.ts';
import { Arrivals, LATE, TAKEN_AT_WATERMARK, WITHOUT_KEY } from './arrivals-buffer.ts';
import type { IntervalJoinBound } from './definition.ts';
import { FoundPairs } from './found-pairs-buffer.ts';
import { AT_WATERMARK, JoinRows } from './join-rows-state.ts';

/**
 * The DataStream API's interval join, `IntervalJoinOperator`. Rows are joined on arrival with what the other side holds, then
 * kept until the watermark says that no partner can come.
 *
 * A round goes in passes: all its rows are judged by time and stored, column by column; then they meet, one by one in the
 * order of their positions, in the rings of their keys; then what came to its end is forgotten. So a row that is forgotten
 * in the middle of a round stays in its ring until the end of it. It can no longer be in the interval of a row that is not
 * late, with one exception: where that row came with the watermark at its very time.
 */
export class BufferedJoin implements Kernel {
  private readonly bound: IntervalJoinBound;
  private readonly kept: JoinRows;
  private readonly arrivals: Arrivals;
  private readonly merged = new MergedOrder();
  private readonly pairs: FoundPairs;
  private readonly late: LateRows;
  private readonly refused: RefusedRows;
  /** What a row of each side adds to its time to have the ends of its interval. */
  private readonly fromMs: Float64Array;
  private readonly toMs: Float64Array;
  private watermark: WatermarkMs = NO_WATERMARK;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<IntervalJoinBound>) {
    const { lowerMs, upperMs, leftKey, rightKey, residual } = bound;
    const { isLate, leftReachMs, rightReachMs, resultTimeMs } = dialect.joins.interval;
    this.bound = bound;
    this.kept = new JoinRows(
      { schema: inputs[0]!.schema, keyColumns: leftKey.columns, reachMs: leftReachMs(upperMs) },
      { schema: inputs[1]!.schema, keyColumns: rightKey.columns, reachMs: rightReachMs(lowerMs) },
      leftKey.fields,
    );
    this.fromMs = Float64Array.of(lowerMs, -upperMs);
    this.toMs = Float64Array.of(upperMs, -lowerMs);
    this.arrivals = new Arrivals(isLate);
    this.pairs = new FoundPairs(this.kept, { residual, resultTimeMs });
    this.late = new LateRows(inputs, outputs, connected);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const { arrivals, kept } = this;
    kept.keys.begin();
    arrivals.begin();
    for (const { port, batches } of inputs) {
      for (const batch of batches) arrivals.add(port === 'left' ? 0 : 1, batch, clock, kept);
    }
    kept.reserve(arrivals.count, arrivals.mostKey);
    this.merged.merge(arrivals, arrivals.count, round);
    this.meet(clock, out);
    this.late.flush(out);
    this.refused.flush(out);
    out.fates.held += arrivals.taken - kept.refusedCount;
    this.watermark = lastWatermark(clock);
    kept.expire(this.watermark, out.fates);
    kept.keys.settle();
    return clock;
  }

  /** Joins the rows in order with what is there, and puts each into its ring. */
  private meet(clock: Curve, out: KernelOutput): void {
    const { arrivals, pairs, kept, fromMs, toMs } = this;
    const { side: sides, times, fates, keys, handles, count } = arrivals;
    const { order } = this.merged;
    const { rings } = kept;
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      const fate = fates[arrival]!;
      if (fate > TAKEN_AT_WATERMARK) {
        this.turnAway(arrival, clock, out);
        continue;
      }
      const side = sides[arrival]!;
      const timeMs = times[arrival]! as EventTimeMs;
      const ring = keys[arrival]! * 2 + side;
      const found = pairs.count;
      pairs.arrival = arrival;
      rings.collect(ring ^ 1, timeMs + fromMs[side]!, timeMs + toMs[side]!, pairs);
      if (fate === TAKEN_AT_WATERMARK) this.dropForgotten(arrival, found, clock);
      kept.keep(ring, timeMs, handles[arrival]!, fate === TAKEN_AT_WATERMARK ? AT_WATERMARK : 0);
      if (pairs.count >= CHUNK_ROWS) this.flush(out);
    }
    this.flush(out);
  }

  /** Takes rows that the watermark has overtaken in this round out of the pairs from `found` on. */
  private dropForgotten(arrival: number, found: number, clock: Curve): void {
    const { pairs, arrivals } = this;
    const other = arrivals.side[arrival] === 0 ? 1 : 0;
    const watermark = watermarkBefore(clock, arrivals.seq[arrival]!);
    let kept = found;
    for (let i = found; i < pairs.count; i++) {
      if (this.kept.isGone(other, pairs.handles[i]!, pairs.times[i]!, watermark)) continue;
      pairs.handles[kept] = pairs.handles[i]!;
      pairs.times[kept++] = pairs.times[i]!;
    }
    pairs.count = kept;
  }

  private turnAway(arrival: number, clock: Curve, out: KernelOutput): void {
    const fate = this.arrivals.fates[arrival]!;
    if (fate === WITHOUT_KEY) {
      out.fates.unmatched++;
      return;
    }
    const watermark = watermarkBefore(clock, this.arrivals.seq[arrival]!);
    const row = this.arrivals.rowOf(arrival);
    if (fate === LATE) {
      // The interval of a row counts as a window of its own.
      out.fates.lateWindows++;
      this.late.late(row, watermark, [], out);
    } else {
      // Rows that the condition refuses stand before it among the rejected ones.
      if (this.bound.residual !== null) this.flush(out);
      this.refused.drop(row, 'no-time', watermark, out);
    }
  }

  private flush(out: KernelOutput): void {
    this.pairs.flush(this.arrivals, out, (arrival, message) => {
      this.refused.reject(this.arrivals.rowOf(arrival), message, out);
    });
  }

  /** On average over the rows of a round: so many that l left rows and r right ones make at most l * r pairs. */
  mostOutputs(rows: number): number {
    return this.kept.mostInRing + Math.ceil(rows / 4);
  }

  stateSize(): StateSize {
    return { rows: this.kept.rows, bytes: this.kept.bytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    this.kept.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    this.kept.restore(reader, this.watermark);
  }
}
