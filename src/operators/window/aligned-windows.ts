import { rowErrors } from '../../expression/frame.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { phaseAt } from '../../stream/batch.ts';
import { isNull } from '../../stream/column.ts';
import type { Curve } from '../../stream/curve.ts';
import { lastWatermark, watermarkBefore } from '../../stream/curve.ts';
import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { StateLook } from '../../stream/state-look.ts';
import type { WatermarkMs } from '../../stream/time.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { Kernel, KernelInput, KernelOutput, KernelRequest, Round, StateSize } from '../operator.ts';
import { addRows } from '../shared/aggregates/aggregate-input.ts';
import { firstStepAtLeast } from '../shared/curve-steps.ts';
import { rejectFailed } from '../shared/rejected-rows.ts';
import { RowOutcomes } from '../shared/row-outcomes.ts';
import { AlignedActions } from './aligned-actions.ts';
import { AlignedFirings } from './aligned-firings.ts';
import { AlignedResults } from './aligned-results.ts';
import { lookAtWindows } from './look-at-windows.ts';
import type { BatchView, MetRow } from './batch-views-state.ts';
import { BatchViews, firstBehind } from './batch-views-state.ts';
import type { WindowBound } from './bound.ts';
import type { PendingRows } from './row-lanes-state.ts';
import { RowLanes } from './row-lanes-state.ts';
import { SliceGrid } from './slice-grid.ts';
import { SlicedRows } from './sliced-rows-state.ts';
import type { Summing } from './summed-rows-state.ts';
import { learnKey } from './summed-rows-state.ts';
import type { Slot } from './window-state.ts';
import { WindowState } from './window-state.ts';

/**
 * Tumbling, hopping and cumulating windows that fire when the watermark completes them, and again with each late row: no
 * trigger, no changelog.
 *
 * As long as no step of the watermark fires anything and no row is late, rows go to their cells in one loop and are added
 * to the aggregates column by column: at the end of the batch, or before a firing that must see them. A batch is cut
 * exactly where a step fires. Cells are those of windows, or of the slices that windows share, see `SlicedRows`.
 */
export class AlignedWindows implements Kernel {
  readonly bound: WindowBound;
  readonly rules: WindowRules;
  private readonly type: StreamType;
  readonly grid: SliceGrid;
  private readonly outcomes: RowOutcomes;
  readonly state: WindowState;
  readonly sliced: SlicedRows;
  readonly look = (most: number): StateLook => lookAtWindows(this, most);
  private readonly lanes: RowLanes;
  private readonly results: AlignedResults;
  private readonly firings: AlignedFirings;
  private readonly actions: AlignedActions;
  /** The watermark at the end of the round. */
  private lastOfRound: WatermarkMs = NO_WATERMARK;
  /** Entry, from the round's first, up to which steps of the watermark were taken. */
  private cursor = 0;
  private pending: PendingRows = { cells: new Int32Array(0), rows: new Int32Array(0), from: 0, to: 0 };
  private readonly batches: BatchViews;
  private readonly taking: Slot[] = [];
  private view: BatchView | null = null;

  constructor({ bound, inputs, outputs, dialect, connected }: KernelRequest<WindowBound>) {
    this.bound = bound;
    this.rules = dialect.windows;
    this.type = inputs[0]!;
    this.grid = new SliceGrid(bound);
    this.outcomes = new RowOutcomes(this.type, connected);
    this.state = new WindowState(bound);
    this.sliced = new SlicedRows(bound, this.grid, this.state);
    this.lanes = new RowLanes(this.grid, this.state);
    this.batches = new BatchViews(bound, this.state, this.grid.mostWindows);
    this.results = new AlignedResults(bound, outputs.out!, this.state);
    this.firings = new AlignedFirings(this.grid, this.rules, this.results);
    this.actions = new AlignedActions(this, this.firings);
  }

  run(_round: Round, inputs: readonly KernelInput[], clock: Curve, out: KernelOutput): Curve {
    this.cursor = 0;
    this.lastOfRound = lastWatermark(clock);
    this.state.keys.begin();
    for (const batch of inputs[0]!.batches) this.takeBatch(batch, clock, out);
    if (this.mayAct) this.advance(clock, clock.watermarks.length, out);
    this.results.flush(out);
    this.state.holdKeys();
    this.state.keys.settle();
    return clock;
  }

  private takeBatch(batch: Batch, clock: Curve, out: KernelOutput): void {
    const errors = rowErrors();
    const view = this.batches.of(batch, errors, out);
    this.view = view;
    this.beginPending();
    rejectFailed(batch, this.type, errors, out);
    this.outcomes.begin(batch);
    this.sliced.beginBatch();
    const anyQuiet = errors.count === 0 && this.rules.nullKeys === 'group';
    for (let i = 0; i < view.count;) {
      this.advanceTo(view, i, clock);
      const reached = anyQuiet ? this.takeQuietRows(view, i, clock) : i;
      if (reached === i) this.takeRow(view, i++, clock);
      else i = reached;
    }
    this.flushPending();
    this.view = null;
    this.outcomes.finish(out);
  }

  /**
   * Takes rows from the `from`-th on, as long as no step of the watermark fires anything and each goes into slots of which
   * nothing has fired: nothing can be late, nothing comes out. Returns where it stopped.
   */
  private takeQuietRows(view: BatchView, from: number, clock: Curve): number {
    let until = this.quietUntil(view, from, clock);
    if (this.sliced.isOn) until = this.sliced.exactUntil(view, from, until);
    if (until === from) return from;
    const watermark = this.mayAct ? watermarkBefore(clock, view.batch.seq[view.rows[until - 1]!]!) : this.lastOfRound;
    let i = from;
    while (i < until && this.admit(view, i, watermark)) i = this.place(view, i, until);
    view.out.fates.held += i - from;
    return i;
  }

  /** Whether a step of the round fires or closes anything that is open: until then nobody asks for the curve, which would be written. */
  private get mayAct(): boolean {
    return this.actions.any && this.lastOfRound >= this.actions.nextAt;
  }

  /** Takes the steps of the watermark before the row at place `i`. */
  private advanceTo({ batch, rows, out }: BatchView, i: number, clock: Curve): void {
    if (!this.mayAct) return;
    const seq = batch.seq[rows[i]!]!;
    if (watermarkBefore(clock, seq) >= this.actions.nextAt) this.advance(clock, seq - clock.firstSeq, out);
  }

  private place(view: BatchView, from: number, until: number): number {
    if (view.summing !== null && !this.isRepeating) return this.sum(view, view.summing, { from, until });
    if (view.summing !== null) this.batches.fillKeys(view);
    if (this.isRepeating) {
      if (this.pending.to + this.grid.mostWindows > this.pending.cells.length) this.flushPending();
      return this.lanes.placeEach(view, from, until, this.pending);
    }
    if (from !== this.pending.to) this.beginPendingAt(from);
    return this.lanes.placeOnce(view, from, until, this.pending);
  }

  private sum(view: BatchView, summing: Summing, { from, until }: { from: number; until: number }): number {
    this.flushPending();
    const reached = this.lanes.sum(view.ts, from, until, summing);
    const isNewKey = reached !== null && reached < until && this.lanes.isMapped(view.ts[reached]!);
    if (reached === null || (isNewKey && !learnKey(summing, this.state, reached))) this.batches.fillKeys(view);
    return reached ?? from;
  }

  /** Whether a row may go into several slots. */
  get isRepeating(): boolean {
    return !this.sliced.isOn && this.grid.mostWindows > 1;
  }

  /** The first row, by its place among those that a reader sees, that comes after a step which fires or closes. */
  private quietUntil(view: BatchView, from: number, clock: Curve): number {
    if (!this.mayAct) return view.count;
    const step = firstStepAtLeast(clock, this.actions.nextAt, this.cursor, clock.watermarks.length);
    return step < 0 ? view.count : firstBehind(view, from, clock.firstSeq + step);
  }

  /** Opens what takes the row at place `i`, unless it has no time, or a window of it is complete at `watermark`. */
  private admit({ ts }: BatchView, i: number, watermark: WatermarkMs): boolean {
    const timeMs = ts[i]!;
    if (Number.isNaN(timeMs)) return false;
    const { grid, sliced, state } = this;
    const slice = grid.sliceAt(timeMs);
    const first = grid.firstWindow(slice);
    if (first <= sliced.closed || !(this.rules.fireAt(grid.startMs(first)) > watermark)) return false;
    const last = sliced.isOn ? slice : grid.lastWindow(slice);
    for (let number = sliced.isOn ? slice : first; number <= last; number += grid.step) {
      if (state.slotAt(number) === undefined) this.open(number, false, i);
    }
    return this.lanes.cover(slice, sliced.isOn, sliced.closed);
  }

  /** Takes one row into its windows, as far as it is not too late for them. */
  private takeRow(view: BatchView, i: number, clock: Curve): void {
    const { out, batch } = view;
    const row = view.rows[i]!;
    if (view.summing !== null) this.batches.fillKeys(view);
    const seq = batch.seq[row]!;
    const watermark = watermarkBefore(clock, seq);
    if (view.errors.has(row)) {
      this.outcomes.failed(row);
      return;
    }
    if (this.sliced.isOn && !this.sliced.takesExactly(view, i)) this.leaveSlices();
    if (!this.isUsable(view, row, watermark)) return;
    const { grid, rules, bound } = this;
    const slice = grid.sliceAt(batch.ts[row]!);
    const last = grid.lastWindow(slice);
    let window = grid.firstWindow(slice);
    let missed = 0;
    while (window <= last && watermark >= rules.cleanupAt(grid.startMs(window), bound.latenessMs)) {
      window += grid.step;
      missed++;
    }
    if (window > last) {
      this.outcomes.late(row, watermark, grid.allBoundsOf(slice), out);
      return;
    }
    if (missed > 0) this.outcomes.lateFor(missed, out);
    out.fates.held++;
    if (this.sliced.isOn) {
      if (missed > 0) this.sliced.close(window - grid.step);
      this.lanes.invalidate();
      this.put(this.state.slotAt(slice) ?? this.open(slice, false, i), view, i);
    } else this.putInto(window, last, { view, i, watermark });
  }

  /** Puts a row into the windows `first` to `last`; those that have fired fire again for its key. */
  private putInto(first: number, last: number, { view, i, watermark }: MetRow): void {
    this.taking.length = 0;
    for (let window = first; window <= last; window += this.grid.step) {
      const known = this.state.slotAt(window);
      const slot = known ?? this.open(window, watermark >= this.actions.firesAt(window), i);
      this.taking.push(slot);
    }
    this.taking.forEach((slot, s) => this.put(slot, view, i, s === this.taking.length - 1));
    for (const slot of this.taking) if (slot.hasFired) this.fireAgain(slot, view, i);
  }

  /** The ledger counts a row with the last of its windows. */
  private put(slot: Slot, { rows, keys }: BatchView, i: number, isHome = true): void {
    const { pending } = this;
    if (this.isRepeating) {
      if (pending.to === pending.cells.length) this.flushPending();
      pending.rows[pending.to] = rows[i]!;
    } else if (i !== pending.to) this.beginPendingAt(i);
    const cell = this.state.cellFor(slot, keys[i]!);
    this.state.rowCounts.counts[cell]!++;
    pending.cells[pending.to++] = cell;
    if (isHome && this.isRepeating) this.state.homeRows[slot.lane]!++;
  }

  private beginPending(): void {
    this.pending = this.batches.pendingOf(this.view!, this.isRepeating);
  }

  /** Rows in between were not taken. */
  private beginPendingAt(i: number): void {
    this.flushPending();
    this.pending.from = i;
    this.pending.to = i;
  }

  private isUsable({ batch, keyColumns, out }: BatchView, row: number, watermark: WatermarkMs): boolean {
    const timeMs = batch.ts[row]!;
    const hasTime = timeMs === timeMs;
    const hasKey = this.rules.nullKeys === 'group' || !keyColumns.some((column) => isNull(column.nulls, row));
    if (hasTime && hasKey) return true;
    this.outcomes.reject(row, hasTime ? 'null-key' : 'no-time', watermark, out);
    return false;
  }

  /** A slot for the row at place `i`. */
  private open(number: number, hasFired: boolean, i: number): Slot {
    const slot = this.state.openSlot(number, hasFired, this.sliced.seenBefore(i));
    this.lanes.invalidate();
    this.actions.schedule();
    return slot;
  }

  /** From here on every window has cells of its own. */
  private leaveSlices(): void {
    this.flushPending();
    this.sliced.leave();
    this.beginPending();
    this.lanes.invalidate();
    this.actions.schedule();
  }

  /** Takes the steps of the watermark up to, and without, the round's entry `until`. */
  private advance(clock: Curve, until: number, out: KernelOutput): void {
    while (this.actions.any) {
      const step = firstStepAtLeast(clock, this.actions.nextAt, this.cursor, until);
      if (step < 0) break;
      this.flushPending();
      this.actions.act(clock.watermarks[step]!, clock.firstSeq + step, out);
      if (this.state.openSlots === 0) this.sliced.beginAnew();
      if (this.view !== null) this.beginPending();
      this.lanes.invalidate();
      this.actions.schedule();
      this.cursor = step;
    }
    this.cursor = Math.max(this.cursor, Math.min(until, clock.watermarks.length));
  }

  /** A row for a window that has fired and is still kept fires the row's key again. */
  private fireAgain(slot: Slot, { batch, rows, keys, out }: BatchView, i: number): void {
    this.flushPending();
    const seq = batch.seq[rows[i]!]!;
    const phase = phaseAt(batch, rows[i]!) === 0 ? 0 : 1;
    const key = keys[i]!;
    const cell = this.state.cellFor(slot, key);
    const paneIndex = this.state.cellPanes[cell]!++;
    this.firings.late(slot.number, { seq, phase, cell, key, paneIndex }, out);
  }

  private flushPending(): void {
    const { pending, view } = this;
    if (pending.from === pending.to || view === null) return;
    const range = {
      from: pending.from,
      to: pending.to,
      areAllRows: view.batch.selection === null && !this.isRepeating,
    };
    const rows = { cells: pending.cells, rows: pending.rows, range };
    this.state.accumulators.forEach((accumulator, a) => {
      if (accumulator !== this.state.rowCounts) addRows(accumulator, rows, view.arguments[a]!);
    });
    if (this.isRepeating) pending.to = 0;
    else pending.from = pending.to;
  }

  mostOutputs(_rows: number): number {
    return this.bound.latenessMs > 0 ? this.grid.mostWindows : 1;
  }

  stateSize(): StateSize {
    return { rows: this.state.cellsInUse, bytes: this.state.bytes };
  }

  snapshot(writer: StateWriter): void {
    this.sliced.snapshot(writer);
    this.state.snapshot(writer);
  }

  restore(reader: StateReader): void {
    this.sliced.restore(reader);
    this.state.restore(reader);
    this.actions.schedule();
  }
}
