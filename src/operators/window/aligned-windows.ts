import type { RowErrors } from '../../expression/frame.ts';
import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { PANE_LATE, PANE_ON_TIME, phaseAt, rowAt, rowCount } from '../../stream/batch.ts';
import type { Column } from '../../stream/column.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME, windowStartMs } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import { CHUNK_ROWS } from '../operator.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import { addRows, aggregateInput } from '../shared/aggregates/aggregate-input.ts';
import { firstStepAtLeast } from '../shared/curve-steps.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { OriginBuilder, ResultBuilder } from '../shared/result-builder.ts';
import type { WindowBound } from './bound.ts';
import type { Slot } from './window-state.ts';
import { WindowState } from './window-state.ts';

/** What the rows of one batch are read by. */
interface BatchView {
  readonly batch: Batch;
  readonly keyColumns: readonly Column[];
  readonly arguments: readonly AggregateInput[];
  readonly errors: RowErrors;
  readonly out: KernelOutput;
}

/**
 * Tumbling windows that fire when the watermark completes them, and again with each late row: no trigger, no session, no
 * changelog.
 *
 * Rows are assigned one by one to cells and added to the aggregates column by column: at the end of the batch, or
 * before a firing that must see them.
 */
export class AlignedWindows implements Kernel {
  private readonly bound: WindowBound;
  private readonly rules: WindowRules;
  private readonly type: StreamType;
  private readonly outcomes: RowOutcomes;
  private readonly state: WindowState;
  private readonly results: ResultBuilder;
  private readonly origins: OriginBuilder;
  /** No open window fires or closes before this watermark. */
  private nextActionAt: WatermarkMs = END_OF_TIME;
  private anyAction = false;
  /** The window that the last row went into, while it is open. */
  private lastSlot: Slot | null = null;
  /** Entry, from the round's first, up to which steps of the watermark were taken. */
  private cursor = 0;
  private readonly pendingCells = new Int32Array(CHUNK_ROWS);
  private readonly pendingRows = new Int32Array(CHUNK_ROWS);
  private pending = 0;
  private view: BatchView | null = null;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    this.bound = bound;
    this.rules = dialect.windows;
    this.type = inputs[0]!;
    this.outcomes = new RowOutcomes(this.type, connected);
    this.state = new WindowState(bound);
    this.results = new ResultBuilder(outputs.out!.schema);
    this.origins = new OriginBuilder(bound.key.fields);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, clock, out);
    this.advance(clock, clock.watermarks.length, out);
    this.flushResults(out);
    return clock;
  }

  private takeBatch(batch: Batch, clock: Curve, out: KernelOutput): void {
    const errors = rowErrors();
    this.view = {
      batch,
      keyColumns: this.bound.key.columns.map((index) => batch.columns[index]!),
      arguments: this.bound.aggregates.map((aggregate) => aggregateInput(aggregate, batch, errors)),
      errors,
      out,
    };
    rejectFailed(batch, this.type, errors, out);
    this.outcomes.begin(batch);
    const count = rowCount(batch);
    const anyQuiet = errors.count === 0 && this.rules.nullKeys === 'group';
    for (let i = anyQuiet ? this.takeQuietRows(this.view, 0, clock) : 0; i < count;) {
      const row = rowAt(batch, i);
      this.takeRow(this.view, row, clock);
      i = anyQuiet ? this.takeQuietRows(this.view, i + 1, clock) : i + 1;
    }
    this.flushPending();
    this.view = null;
    this.outcomes.finish(out);
  }

  /**
   * Takes rows from the `from`-th on, as long as no step of the watermark fires anything and each belongs to a window
   * that has not fired: nothing can be late, nothing comes out. Returns where it stopped.
   */
  private takeQuietRows({ batch, keyColumns, out }: BatchView, from: number, clock: Curve): number {
    const count = rowCount(batch);
    const until = from < count ? this.quietUntil(batch, from, clock) : from;
    if (until === from) return from;
    const watermark = watermarkBefore(clock, batch.seq[rowAt(batch, until - 1)]!);
    const { ts } = batch;
    const { state, pendingCells, pendingRows } = this;
    let slot = this.lastSlot;
    let i = from;
    for (; i < until; i++) {
      const row = rowAt(batch, i);
      const timeMs = ts[row]!;
      // Written so that NaN belongs to no window.
      if (slot === null || !(timeMs >= slot.startMs && timeMs < slot.endMs)) {
        slot = this.quietSlot(timeMs, watermark);
        if (slot === null) break;
      }
      if (slot.hasFired) break;
      if (this.pending === CHUNK_ROWS) this.flushPending();
      pendingCells[this.pending] = state.cellFor(slot, state.keys.idOf(keyColumns, row));
      pendingRows[this.pending++] = row;
      slot.rows++;
    }
    this.lastSlot = slot;
    out.fates.held += i - from;
    return i;
  }

  /** The first row, by its place among those that a reader sees, that comes after a step which fires or closes. */
  private quietUntil(batch: Batch, from: number, clock: Curve): number {
    const count = rowCount(batch);
    const step = this.anyAction ? firstStepAtLeast(clock, this.nextActionAt, this.cursor, clock.watermarks.length) : -1;
    if (step < 0) return count;
    const lastSeq = clock.firstSeq + step;
    let low = from;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (batch.seq[rowAt(batch, middle)]! <= lastSeq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The window that a time belongs to, unless it is complete at `watermark` or there is no time. */
  private quietSlot(timeMs: EventTimeMs, watermark: WatermarkMs): Slot | null {
    const startMs = windowStartMs(timeMs, this.bound.sizeMs, this.bound.offsetMs);
    const endMs = startMs + this.bound.sizeMs;
    if (!(this.rules.fireAt(endMs) > watermark)) return null;
    return this.state.slotAt(startMs) ?? this.open(startMs, endMs, watermark);
  }

  /** Takes one row into its window, if there is one that it is not too late for. */
  private takeRow(view: BatchView, row: number, clock: Curve): void {
    const { out } = view;
    const seq = view.batch.seq[row]!;
    const watermark = watermarkBefore(clock, seq);
    if (this.anyAction && watermark >= this.nextActionAt) this.advance(clock, seq - clock.firstSeq, out);
    const timeMs = view.batch.ts[row]!;
    if (!this.isUsable(view, row, timeMs, watermark)) return;
    const slot = this.slotOf(view, row, watermark);
    if (slot === null) return;
    const cell = this.state.cellFor(slot, this.state.keys.idOf(view.keyColumns, row));
    if (this.pending === CHUNK_ROWS) this.flushPending();
    this.pendingCells[this.pending] = cell;
    this.pendingRows[this.pending++] = row;
    slot.rows++;
    out.fates.held++;
    if (slot.hasFired) this.fireAgain(slot, cell, view, row);
  }

  /** The open window that a row belongs to; null when it came too late, which is then told. */
  private slotOf(view: BatchView, row: number, watermark: WatermarkMs): Slot | null {
    const timeMs = view.batch.ts[row]!;
    // A window that is open at this watermark takes its rows: the steps so far would have closed it.
    const { lastSlot } = this;
    if (lastSlot !== null && timeMs >= lastSlot.startMs && timeMs < lastSlot.endMs) return lastSlot;
    const { sizeMs, offsetMs, latenessMs } = this.bound;
    const startMs = windowStartMs(timeMs, sizeMs, offsetMs);
    const endMs = startMs + sizeMs;
    if (watermark >= this.rules.cleanupAt(endMs, latenessMs)) {
      this.outcomes.late(row, watermark, [[startMs, endMs]], view.out);
      return null;
    }
    this.lastSlot = this.state.slotAt(startMs) ?? this.open(startMs, endMs, watermark);
    return this.lastSlot;
  }

  private isUsable(view: BatchView, row: number, timeMs: EventTimeMs, watermark: WatermarkMs): boolean {
    const { errors, keyColumns, out } = view;
    if (errors.has(row)) {
      this.outcomes.failed(row);
      return false;
    }
    const hasTime = timeMs === timeMs;
    const hasKey = this.rules.nullKeys === 'group' || !keyColumns.some((column) => isNull(column.nulls, row));
    if (hasTime && hasKey) return true;
    this.outcomes.reject(row, hasTime ? 'null-key' : 'no-time', watermark, out);
    return false;
  }

  private open(startMs: EventTimeMs, endMs: EventTimeMs, watermark: WatermarkMs): Slot {
    const slot = this.state.openSlot(startMs, endMs, watermark >= this.rules.fireAt(endMs));
    this.scheduleNext();
    return slot;
  }

  private scheduleNext(): void {
    const toFire = this.state.firstToFire();
    const toClose = this.state.firstToClose();
    const fireAt = toFire === null ? END_OF_TIME : this.rules.fireAt(toFire.endMs);
    const closeAt = toClose === null ? END_OF_TIME : this.closesAt(toClose);
    this.nextActionAt = Math.min(fireAt, closeAt);
    this.anyAction = this.state.openWindows > 0;
  }

  private closesAt(slot: Slot): WatermarkMs {
    return this.rules.cleanupAt(slot.endMs, this.bound.latenessMs);
  }

  /** Takes the steps of the watermark up to, and without, the round's entry `until`. */
  private advance(clock: Curve, until: number, out: KernelOutput): void {
    while (this.anyAction) {
      const step = firstStepAtLeast(clock, this.nextActionAt, this.cursor, until);
      if (step < 0) break;
      this.flushPending();
      this.act(clock.watermarks[step]!, clock.firstSeq + step, out);
      this.cursor = step;
    }
    this.cursor = Math.max(this.cursor, Math.min(until, clock.watermarks.length));
  }

  /** Fires and closes what the watermark `watermark`, reached at entry `seq`, completes. */
  private act(watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    for (;;) {
      const slot = this.state.firstToFire();
      if (slot === null || watermark < this.rules.fireAt(slot.endMs)) break;
      this.fire(slot, seq, out);
    }
    for (;;) {
      const slot = this.state.firstToClose();
      if (slot === null || watermark < this.closesAt(slot)) break;
      out.fates.held -= slot.rows;
      out.fates.used += slot.rows;
      if (slot === this.lastSlot) this.lastSlot = null;
      this.state.closeFirst();
    }
    this.scheduleNext();
  }

  private fire(slot: Slot, seq: number, out: KernelOutput): void {
    this.state.markFired(slot);
    for (const cell of slot.cells) this.emitCell(slot, cell, { seq, phase: 1, timing: PANE_ON_TIME }, out);
    const { startMs, endMs } = slot;
    out.trace?.fired({
      seq,
      phase: 1,
      startMs,
      endMs,
      timing: PANE_ON_TIME,
      paneIndex: 0,
      results: slot.cells.length,
    });
  }

  /** A row for a window that has fired and is still kept fires the row's key again. */
  private fireAgain(slot: Slot, cell: number, { batch, out }: BatchView, row: number): void {
    this.flushPending();
    const seq = batch.seq[row]!;
    const paneIndex = this.state.cellPanes[cell]!;
    const phase = phaseAt(batch, row) === 0 ? 0 : 1;
    this.emitCell(slot, cell, { seq, phase, timing: PANE_LATE }, out);
    const { startMs, endMs } = slot;
    out.trace?.fired({ seq, phase, startMs, endMs, timing: PANE_LATE, paneIndex, results: 1 });
  }

  private emitCell(
    slot: Slot,
    cell: number,
    firing: { readonly seq: number; readonly phase: 0 | 1; readonly timing: number },
    out: KernelOutput,
  ): void {
    const { keys, accumulators, cellKey, cellPanes } = this.state;
    const { columns } = this.results;
    const keyCount = this.bound.key.fields.length;
    keys.appendTo(columns, cellKey[cell]!);
    columns[keyCount]!.append(slot.startMs);
    columns[keyCount + 1]!.append(slot.endMs);
    for (let a = 0; a < accumulators.length; a++) accumulators[a]!.appendTo(columns[keyCount + 2 + a]!, cell);
    this.origins.push(slot.startMs, slot.endMs, firing.timing, cellPanes[cell]!++);
    this.results.place(firing.seq, firing.phase, this.rules.resultTimeMs(slot.startMs, slot.endMs));
    if (this.results.length === CHUNK_ROWS) this.flushResults(out);
  }

  private flushPending(): void {
    if (this.pending === 0) return;
    const pending = { cells: this.pendingCells, rows: this.pendingRows, range: { from: 0, to: this.pending } };
    this.state.accumulators.forEach((accumulator, a) => addRows(accumulator, pending, this.view!.arguments[a]!));
    this.pending = 0;
  }

  private flushResults(out: KernelOutput): void {
    const batch = this.results.take(null);
    if (batch === null) return;
    const origin = this.origins.take(batch.columns.slice(0, this.bound.key.fields.length));
    out.emit('out', { ...batch, origin });
  }

  mostOutputs(_rows: number): number {
    return 1;
  }

  stateSize(): StateSize {
    return { rows: this.state.cellsInUse, bytes: this.state.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.state.restore(reader);
    this.scheduleNext();
  }
}
