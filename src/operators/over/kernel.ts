import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import { ENTRY_CLOCK } from '../../stream/log-slice.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import type { OverBound } from './bind-over.ts';
import { FrameTimers } from './frame-timers-state.ts';
import { FrameWork } from './frame-work-buffer.ts';
import { Frames } from './frames-state.ts';
import type { FrameKey, WaitingRows } from './frames-state.ts';

export function overKernel(request: KernelRequest<OverBound>): Kernel {
  return new OverKernel(request);
}

/** Rows with aggregates over those before them, in the ways that `overDefinition` tells. */
class OverKernel implements Kernel {
  private readonly bound: OverBound;
  private readonly type: StreamType;
  private readonly frames: Frames;
  private readonly timers: FrameTimers;
  private readonly work: FrameWork;
  private readonly outcomes: RowOutcomes;
  private readonly isByTime: boolean;
  private readonly isUnbounded: boolean;
  /** Rows of this round's entries before it were looked at for steps of the watermark and the clock. */
  private cursor = 0;

  constructor({ bound, inputs, outputs, connected }: KernelRequest<OverBound>) {
    this.bound = bound;
    this.type = inputs[0]!;
    this.frames = new Frames(this.type.schema, bound);
    this.timers = new FrameTimers(bound, this.frames);
    this.work = new FrameWork(bound, this.frames, { input: this.type, output: outputs.out! });
    this.outcomes = new RowOutcomes(this.type, connected);
    this.isByTime = bound.orderBy === 'event-time';
    this.isUnbounded = bound.frame === 'rows-unbounded' || bound.frame === 'range-unbounded';
  }

  run(round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    for (const batch of inputs[0]!.batches) {
      const errors = this.failures(batch);
      rejectFailed(batch, this.type, errors, out);
      this.outcomes.begin(batch);
      const count = rowCount(batch);
      for (let i = 0; i < count; i++) {
        const row = rowAt(batch, i);
        this.advance(round, clock, batch.seq[row]! - round.firstSeq, out);
        if (errors.has(row)) this.outcomes.failed(row);
        else this.take(batch, row, { round, clock, out });
      }
      this.outcomes.finish(out);
    }
    this.advance(round, clock, round.length, out);
    this.work.finish(out);
    return clock;
  }

  private failures(batch: Batch): RowErrors {
    const errors = rowErrors();
    this.frames.cells.begin(batch, errors);
    for (const { argument } of this.bound.lags) argument.evaluate(batch, errors);
    return errors;
  }

  private take(batch: Batch, row: number, { round, clock, out }: Surroundings): void {
    const seq = batch.seq[row]!;
    const nowMs = round.at[seq - round.firstSeq]!;
    const watermark = watermarkBefore(clock, seq);
    const eventMs = batch.ts[row]!;
    if (this.isByTime && Number.isNaN(eventMs)) {
      this.outcomes.reject(row, 'no-time', watermark, out);
      return;
    }
    if (this.isByTime && this.isLate(batch, row, watermark)) {
      this.outcomes.late(row, watermark, [], out);
      const known = this.frames.find(batch, row);
      if (known !== undefined) this.timers.touch(known, nowMs);
      return;
    }
    const key = this.frames.keyOf(batch, row);
    this.timers.touch(key, nowMs);
    if (this.isByTime || this.bound.frame === 'range') {
      out.fates.held++;
      const handle = this.frames.rows.put(batch.columns, row);
      this.timers.wait(key, this.isByTime ? eventMs : nowMs, { handle, eventMs });
      return;
    }
    out.fates.used++;
    const copy = this.work.rowOf(batch, row);
    if (this.bound.frame === 'rows') this.slide(key, nowMs, () => this.frames.rows.put(batch.columns, row));
    this.work.add(key, copy);
    this.work.show(key, copy, { seq, phase: phaseAt(batch, row) === 0 ? 0 : 1, eventMs });
    this.finishIfLarge(out);
  }

  private isLate(batch: Batch, row: number, watermark: WatermarkMs): boolean {
    const timeMs = batch.ts[row]!;
    return this.isUnbounded ? timeMs <= watermark : timeMs <= (this.frames.find(batch, row)?.firedMs ?? 0);
  }

  /** Walks through the entries before `to`: steps of the watermark, then what is due by the clock. */
  private advance(round: Round, clock: Curve, to: number, out: KernelOutput): void {
    for (; this.cursor < to; this.cursor++) {
      const seq = round.firstSeq + this.cursor;
      const watermark = clock.watermarks[this.cursor]!;
      const nowMs = round.at[this.cursor]!;
      const isTick = round.kinds[this.cursor] === ENTRY_CLOCK;
      if (this.isByTime && watermark > watermarkBefore(clock, seq)) this.fire(watermark, { seq, nowMs, out });
      if (!isTick) continue;
      if (!this.isByTime) this.fire(nowMs, { seq, nowMs, out });
      for (const key of this.timers.takeExpired(nowMs)) this.forget(key);
    }
  }

  /** All that is due by a time comes out. */
  private fire(untilMs: number, at: Firing): void {
    // AbstractRowTimeUnboundedPrecedingOver.processElement registers no timer before 0.
    if (this.isByTime && this.isUnbounded && untilMs < 0) return;
    for (;;) {
      for (const key of this.timers.takeCleanups(untilMs)) this.forget(key);
      const due = this.timers.takeRows(untilMs);
      if (due === null) return;
      for (const waiting of due) this.comeOut(waiting, at);
      this.finishIfLarge(at.out);
    }
  }

  private comeOut({ key, timeMs, rows }: WaitingRows, { seq, nowMs, out }: Firing): void {
    const { frame } = this.bound;
    out.fates.held -= rows.length;
    out.fates.used += rows.length;
    const sharesValue = frame === 'range' || frame === 'range-unbounded';
    if (frame === 'range') this.dropBefore(key, timeMs - this.bound.precedingMs);
    const copies: number[] = [];
    for (const { handle, eventMs } of rows) {
      const copy = this.work.keptRow(handle);
      copies.push(copy);
      if (frame === 'rows') this.slide(key, timeMs, () => handle);
      else if (frame === 'range') key.frame.push({ handle, timeMs });
      else this.frames.rows.release(handle);
      this.work.add(key, copy);
      if (!sharesValue) this.work.show(key, copy, { seq, phase: 1, eventMs });
    }
    if (sharesValue) {
      rows.forEach(({ eventMs }, i) => this.work.show(key, copies[i]!, { seq, phase: 1, eventMs }));
    }
    if (this.isByTime) key.firedMs = timeMs;
    this.timers.touch(key, nowMs);
  }

  /** Makes room in a frame of rows for one that comes, and puts it there. */
  private slide(key: FrameKey, timeMs: number, handleOf: () => number): void {
    if (key.frame.length > this.bound.precedingRows) this.takeOut(key, key.frame.shift()!.handle);
    key.frame.push({ handle: handleOf(), timeMs });
  }

  private dropBefore(key: FrameKey, fromMs: number): void {
    while (key.frame.length > 0 && key.frame[0]!.timeMs < fromMs) this.takeOut(key, key.frame.shift()!.handle);
  }

  private takeOut(key: FrameKey, handle: number): void {
    this.work.retract(key, this.work.keptRow(handle));
    this.frames.rows.release(handle);
  }

  private forget(key: FrameKey): void {
    this.frames.forget(key);
    this.work.release(key);
  }

  private finishIfLarge(out: KernelOutput): void {
    if (this.work.size >= CHUNK_ROWS) this.work.finish(out);
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  look(most: number): StateLook {
    return this.frames.look(most);
  }

  stateSize(): StateSize {
    return { rows: this.frames.rows.rows, bytes: this.frames.bytes + this.timers.bytes };
  }

  pendingClockMs(): ProcessingTimeMs {
    return this.isByTime ? -Infinity : this.timers.lastDueMs;
  }

  snapshot(writer: StateWriter): void {
    writer.f64(this.work.rowsSoFar);
    this.frames.snapshot(writer);
    this.timers.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.work.rowsSoFar = reader.f64();
    this.timers.restore(reader, this.frames.restore(reader));
  }
}

interface Surroundings {
  readonly round: Round;
  readonly clock: Curve;
  readonly out: KernelOutput;
}

/** Where and when rows come out. */
interface Firing {
  readonly seq: number;
  readonly nowMs: ProcessingTimeMs;
  readonly out: KernelOutput;
}
