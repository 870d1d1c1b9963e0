import type { Batch } from '../../stream/batch.ts';
import { kindAt, rowAt, withSelection } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { UPDATE_BEFORE } from '../../stream/row-kind.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs } from '../../stream/time.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { firstClockAtLeast, firstStepAtLeast } from '../shared/curve-steps.ts';
import { forEachRun } from '../shared/merge-by-position.ts';
import { lookAtKinds } from '../shared/state-contents.ts';
import { NOTHING_TO_DELETE, UpsertTable } from '../shared/upsert-table.ts';
import type { TemporalJoinBound } from './definition.ts';
import { TemporalRows } from './temporal-rows-state.ts';
import { WatermarkState } from './watermark-state.ts';

/** The round as the join walks through it. */
interface Walk {
  readonly round: Round;
  readonly curve: Curve;
  readonly out: KernelOutput;
  /** Entries before this one were seen, by the watermark and by the clock. */
  watermarkAt: number;
  clockAt: number;
}

/** Left rows wait until the watermark has reached them. Flink: `TemporalRowTimeJoinOperator`. */
export class WatermarkJoin implements Kernel {
  private readonly rows: TemporalRows;
  private readonly state: WatermarkState;
  private readonly leftTable: UpsertTable | null;

  constructor(request: KernelRequest<TemporalJoinBound>) {
    const { leftTableKey } = request.bound;
    this.rows = new TemporalRows(request);
    this.state = new WatermarkState(this.rows);
    this.leftTable = leftTableKey === null ? null : new UpsertTable(request.inputs[0]!.schema, leftTableKey, 'own');
  }

  run(round: Round, inputs: readonly KernelInput[], curve: Curve, out: KernelOutput): Curve {
    const walk: Walk = { round, curve, out, watermarkAt: 0, clockAt: 0 };
    forEachRun(inputs, ({ input, batch, from, to }) => {
      const isLeft = inputs[input]!.port === 'left';
      for (let i = from; i < to; i++) {
        const row = rowAt(batch, i);
        this.advance(walk, batch.seq[row]! - round.firstSeq);
        if (isLeft) this.takeLeft(walk, batch, row);
        else this.takeRight(walk, batch, row);
      }
    });
    this.advance(walk, round.length);
    this.rows.flush(out);
    return curve;
  }

  /** Lets happen what the entries before `until` bring: of one entry, what the clock does comes before the watermark. */
  private advance(walk: Walk, until: number): void {
    const { round, curve, out } = walk;
    for (;;) {
      const step = this.nextStep(walk, until);
      const tick = firstClockAtLeast(round, this.state.retention.firstMs, walk.clockAt, until);
      if (tick >= 0 && (step < 0 || tick <= step)) {
        this.state.forget(round.at[tick]!, out);
        walk.clockAt = tick + 1;
      } else if (step >= 0) {
        this.fire(curve.watermarks[step]!, round.firstSeq + step, round.at[step]!, out);
        walk.watermarkAt = step + 1;
      } else break;
    }
    walk.watermarkAt = Math.max(walk.watermarkAt, until);
    walk.clockAt = Math.max(walk.clockAt, until);
  }

  /** The next entry that moves the watermark to what a key waits for, or -1. A row that is late waits for a move too. */
  private nextStep({ curve, watermarkAt }: Walk, until: number): number {
    const { watermarks } = curve;
    const present = watermarkAt === 0 ? curve.before : watermarks[watermarkAt - 1]!;
    const waitsFor = this.state.firstTimerMs;
    if (waitsFor === Infinity) return -1;
    let step = firstStepAtLeast(curve, waitsFor, watermarkAt, until);
    while (step >= 0 && step < until && !(watermarks[step]! > present)) step++;
    return step < until ? step : -1;
  }

  private fire(watermark: number, seq: number, nowMs: ProcessingTimeMs, out: KernelOutput): void {
    const { rows } = this;
    const place = { seq, phase: 1 as const };
    this.state.fire({ watermark, nowMs, out }, (left, version) => {
      const matches = version !== null && rows.conditionLater(left, version, place, out);
      const isUsed = rows.give(left, matches ? version : null, place, out);
      if (left.isOwn) rows.leave(isUsed, out);
      rows.left.release(left.handle);
    });
  }

  private takeLeft(walk: Walk, batch: Batch, row: number): void {
    const { rows, leftTable } = this;
    if (Number.isNaN(batch.ts[row]!)) {
      const watermark = watermarkBefore(walk.curve, batch.seq[row]!);
      rows.refused.drop({ side: 0, batch, row }, 'no-time', watermark, walk.out);
      return;
    }
    if (leftTable === null) {
      this.wait(walk, batch, row);
      return;
    }
    let isKnown = true;
    const changes = leftTable.spelledOut(withSelection(batch, Int32Array.of(row)), () => (isKnown = false));
    if (!isKnown) rows.refused.reject({ side: 0, batch, row }, NOTHING_TO_DELETE, walk.out);
    for (let i = 0; i < (changes?.length ?? 0); i++) this.wait(walk, changes!, i);
  }

  private wait({ round, out }: Walk, batch: Batch, row: number): void {
    const { rows } = this;
    const isOwn = this.leftTable === null || kindAt(batch, row) !== UPDATE_BEFORE;
    if (rows.bound.kind === 'inner' && rows.lacksKey(0, batch, row)) {
      if (isOwn) rows.end(false, out);
      return;
    }
    const key = rows.keys.idOf(rows.keyColumns(0, batch), row);
    this.state.wait(key, rows.keep(batch, row, isOwn), round.at[batch.seq[row]! - round.firstSeq]!);
    if (isOwn) out.fates.held++;
  }

  private takeRight({ round, curve, out }: Walk, batch: Batch, row: number): void {
    const { rows } = this;
    const seq = batch.seq[row]!;
    if (kindAt(batch, row) === UPDATE_BEFORE) out.fates.filtered++;
    else if (Number.isNaN(batch.ts[row]!)) {
      rows.refused.drop({ side: 1, batch, row }, 'no-time', watermarkBefore(curve, seq), out);
    } else if (rows.lacksKey(1, batch, row)) out.fates.unmatched++;
    else {
      const key = rows.keys.idOf(rows.keyColumns(1, batch), row);
      this.state.putVersion(key, rows.version(batch, row), round.at[seq - round.firstSeq]!, out);
      out.fates.held++;
    }
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    return lookAtKinds(...this.state.look(most), this.leftTable?.look('rows of the left input', most) ?? null);
  }

  stateSize(): StateSize {
    return {
      rows: this.state.size + (this.leftTable?.size ?? 0),
      bytes: this.state.bytes + (this.leftTable?.bytes ?? 0),
    };
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.state.retention.lastMs;
  }

  snapshot(writer: StateWriter): void {
    this.leftTable?.snapshot(writer);
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.leftTable?.restore(reader);
    this.state.restore(reader);
  }
}
