import type { Curve } from '../../stream/curve.ts';
import { lastWatermark, watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { LateRows } from '../shared/joins/late-rows.ts';
import { RefusedRows } from '../shared/joins/refused-rows.ts';
import { MergedOrder } from '../shared/merged-order.ts';
import { KeyTable } from '../shared/state/key-table.ts';
import { Arrivals, LATE, TAKEN_AT_WATERMARK, WITHOUT_KEY } from './arrivals-buffer.ts';
import type { IntervalJoinBound } from './definition.ts';
import { FoundPairs } from './found-pairs-buffer.ts';
import { KeptRows } from './kept-rows-state.ts';
import { KeyRings } from './key-rings-state.ts';

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
  private readonly sides: readonly [KeptRows, KeptRows];
  private readonly keys: KeyTable;
  private readonly rings = new KeyRings();
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
    const { isLate, leftExpiresAt, rightExpiresAt, resultTimeMs } = dialect.joins.interval;
    this.bound = bound;
    this.keys = new KeyTable(leftKey.fields);
    const shared = { keys: this.keys, rings: this.rings };
    const [left, right] = [inputs[0]!.schema, inputs[1]!.schema];
    this.sides = [
      new KeptRows(
        { number: 0, schema: left, keyColumns: leftKey.columns, expiresAt: (timeMs) => leftExpiresAt(timeMs, upperMs) },
        shared,
      ),
      new KeptRows(
        {
          number: 1,
          schema: right,
          keyColumns: rightKey.columns,
          expiresAt: (timeMs) => rightExpiresAt(timeMs, lowerMs),
        },
        shared,
      ),
    ];
    this.fromMs = Float64Array.of(lowerMs, -upperMs);
    this.toMs = Float64Array.of(upperMs, -lowerMs);
    this.arrivals = new Arrivals(isLate);
    this.pairs = new FoundPairs(this.sides, { residual, resultTimeMs });
    this.late = new LateRows(inputs, outputs, connected);
    this.refused = new RefusedRows(inputs, outputs, connected);
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    const { arrivals, keys } = this;
    keys.begin();
    arrivals.begin();
    for (const { port, batches } of inputs) {
      const side = this.sides[port === 'left' ? 0 : 1];
      for (const batch of batches) arrivals.add(batch, clock, side, keys);
    }
    this.merged.merge(arrivals, arrivals.count, round);
    this.meet(clock, out);
    this.late.flush(out);
    this.refused.flush(out);
    this.schedule(out);
    this.watermark = lastWatermark(clock);
    for (const side of this.sides) side.expire(this.watermark, out.fates);
    keys.settle();
    return clock;
  }

  /** Joins the rows in order with what is there, and puts each into its ring. */
  private meet(clock: Curve, out: KernelOutput): void {
    const { arrivals, pairs, rings, fromMs, toMs } = this;
    const { side: sides, times, fates, keys, handles, count } = arrivals;
    const { order } = this.merged;
    const [left, right] = this.sides;
    for (let place = 0; place < count; place++) {
      const arrival = order[place]!;
      if (fates[arrival]! > TAKEN_AT_WATERMARK) {
        this.turnAway(arrival, clock, out);
        continue;
      }
      const side = sides[arrival]!;
      const timeMs = times[arrival]!;
      const key = keys[arrival]!;
      const handle = handles[arrival]!;
      const ring = key * 2 + side;
      rings.reserve(key * 2 + 2);
      const found = pairs.count;
      rings.collect(ring ^ 1, timeMs + fromMs[side]!, timeMs + toMs[side]!, pairs);
      if (pairs.count > found) {
        if (fates[arrival] === TAKEN_AT_WATERMARK) this.dropForgotten(arrival, found, clock);
        pairs.belongTo(arrival, found);
      }
      const isAtWatermark = fates[arrival] === TAKEN_AT_WATERMARK;
      if (side === 0) left.keep(key, timeMs, handle, isAtWatermark);
      else right.keep(key, timeMs, handle, isAtWatermark);
      if (pairs.count >= CHUNK_ROWS) this.flush(out);
    }
    this.flush(out);
  }

  /** Takes rows that the watermark has overtaken in this round out of the pairs from `found` on. */
  private dropForgotten(arrival: number, found: number, clock: Curve): void {
    const { pairs, arrivals } = this;
    const other = this.sides[arrivals.side[arrival] === 0 ? 1 : 0];
    const watermark = watermarkBefore(clock, arrivals.seq[arrival]!);
    let kept = found;
    for (let i = found; i < pairs.count; i++) {
      if (other.isGone(pairs.handles[i]!, pairs.times[i]!, watermark)) continue;
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

  /** Counts the rows that were taken as held, and lets each go by the watermark. */
  private schedule(out: KernelOutput): void {
    const { side: sides, times, fates, handles, count } = this.arrivals;
    let held = 0;
    for (let arrival = 0; arrival < count; arrival++) {
      if (fates[arrival]! > TAKEN_AT_WATERMARK) continue;
      const side = this.sides[sides[arrival] === 0 ? 0 : 1];
      const handle = handles[arrival]!;
      if (side.isRefused(handle)) continue;
      side.schedule(handle, times[arrival]!);
      held++;
    }
    out.fates.held += held;
  }

  mostOutputs(rows: number): number {
    const [left, right] = this.sides;
    return Math.min(this.rings.mostRows, Math.max(left.store.rows, right.store.rows)) + rows;
  }

  stateSize(): StateSize {
    const [left, right] = this.sides;
    return { rows: left.store.rows + right.store.rows, bytes: left.bytes + right.bytes + this.keys.textBytes };
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.watermark);
    for (const side of this.sides) side.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.watermark = reader.f64();
    for (const side of this.sides) side.restore(reader, this.watermark);
  }
}
