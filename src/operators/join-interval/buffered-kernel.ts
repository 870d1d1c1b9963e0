import type { Curve } from '../../stream/curve.ts';
import { lastWatermark, watermarkBefore } from '../../stream/curve.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { Arrivals, LATE, WITHOUT_KEY } from './arrivals-buffer.ts';
import type { IntervalJoinBound } from './definition.ts';
import { FoundPairs } from './found-pairs-buffer.ts';
import { JoinRows } from './join-rows-state.ts';
import { lookAtRows } from './look-at-rows.ts';

/** After so many rows what the watermark has overtaken is let go of. */
const SPAN_ROWS = 256;

interface Unusable {
  readonly arrival: number;
  readonly message: string | null;
}

/**
 * The DataStream API's interval join, `IntervalJoinOperator`. Rows are joined on arrival with what the other side holds, then
 * kept until the watermark says that no partner can come.
 *
 * A round goes in passes: all its rows are judged by time and stored, column by column; then they meet, one by one in the
 * order of their positions, in the queues of their keys; then what came to its end is forgotten. So a row that is forgotten
 * in the middle of a round stays in its queue until the end of it. It can no longer be in the interval of a row that is not
 * late, with one exception: where that row came with the watermark at its very time.
 */
export class BufferedJoin implements Kernel {
  private readonly kept: JoinRows;
  private readonly arrivals: Arrivals;
  private readonly pairs: FoundPairs;
  private readonly late: LateRows;
  private readonly refused: RefusedRows;
  private watermark: WatermarkMs = NO_WATERMARK;
  /** Rows of the round that cannot be used; without a message where they have no time. */
  private unusable: Unusable[] = [];

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<IntervalJoinBound>) {
    const { lowerMs, upperMs, leftKey, rightKey, residual } = bound;
    const { isLate, leftReachMs, rightReachMs, resultTimeMs } = dialect.joins.interval;
    const left = { schema: inputs[0]!.schema, keyColumns: leftKey.columns, reachMs: leftReachMs(upperMs) };
    const right = { schema: inputs[1]!.schema, keyColumns: rightKey.columns, reachMs: rightReachMs(lowerMs) };
    this.kept = new JoinRows(
      { ...left, fromMs: lowerMs, toMs: upperMs },
      { ...right, fromMs: -upperMs, toMs: -lowerMs },
      leftKey.fields,
    );
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
    arrivals.putInOrder(round, (arrival) => this.turnAway(arrival, clock, out));
    this.meet(clock, out);
    this.late.flush(out);
    this.refuseAll(clock, out);
    this.watermark = lastWatermark(clock);
    kept.settle(arrivals.taken, this.watermark, out.fates);
    kept.keys.settle();
    return clock;
  }

  /** Joins the rows in order with what is there, and puts each into its queue. */
  private meet(clock: Curve, out: KernelOutput): void {
    const { arrivals, pairs, kept } = this;
    const { order, taken } = arrivals;
    for (let next = 0; next < taken;) {
      kept.letGo(watermarkBefore(clock, arrivals.seq[order[next]!]!));
      const to = Math.min(taken, next + SPAN_ROWS);
      next = kept.queues.meet(arrivals, kept, [next, to], pairs.matches);
      if (next < taken && !pairs.matches.areMany) continue;
      pairs.flush(arrivals, out, (arrival, message) => this.unusable.push({ arrival, message }));
    }
  }

  private turnAway(arrival: number, clock: Curve, out: KernelOutput): void {
    const fate = this.arrivals.fates[arrival]!;
    if (fate === WITHOUT_KEY) out.fates.unmatched++;
    else if (fate === LATE) {
      // The interval of a row counts as a window of its own.
      out.fates.lateWindows++;
      this.late.late(this.arrivals.rowOf(arrival), watermarkBefore(clock, this.arrivals.seq[arrival]!), [], out);
    } else this.unusable.push({ arrival, message: null });
  }

  /** Tells of the rows that the join cannot use, in order. */
  private refuseAll(clock: Curve, out: KernelOutput): void {
    if (this.unusable.length === 0) return;
    const { arrivals } = this;
    this.unusable.sort((a, b) => (arrivals.isBefore(a.arrival, b.arrival) ? -1 : 1));
    for (const { arrival, message } of this.unusable) {
      const row = arrivals.rowOf(arrival);
      const watermark = watermarkBefore(clock, arrivals.seq[arrival]!);
      if (message === null) this.refused.drop(row, 'no-time', watermark, out);
      else this.refused.reject(row, message, out);
    }
    this.unusable = [];
    this.refused.flush(out);
  }

  /** On average over the rows of a round: so many that l left rows and r right ones make at most l * r pairs. */
  mostOutputs(rows: number): number {
    return this.kept.mostInQueue + Math.ceil(rows / 4);
  }

  stateSize(): StateSize {
    return { rows: this.kept.rows, bytes: this.kept.bytes };
  }

  look(most: number): StateLook {
    return lookAtRows(this.kept, most);
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
