import type { StateReader, StateWriter } from '../../stream/state-codec.ts';
import type { AggregateInput } from '../shared/aggregates/accumulator.ts';
import { MergeWatch, mergeRuleOf } from '../shared/aggregates/merge-rule.ts';
import type { FiredCells } from './aligned-results.ts';
import type { WindowBound } from './bound.ts';
import type { SliceGrid } from './slice-grid.ts';
import { SliceMerge } from './slice-merge-state.ts';
import type { Slot, WindowState } from './window-state.ts';

/** What of a batch's rows is looked at. */
interface SeenRows {
  readonly rows: Int32Array;
  readonly arguments: readonly AggregateInput[];
}

/**
 * Windows that overlap share slices: a row is added once, to the cell of its slice, and a window that fires merges its
 * slices. That is done only while it gives exactly what adding each row to each of its windows would: with the first
 * value of which this is not certain every open window gets cells of its own, merged from the slices, and rows go to all of
 * their windows from there on, until nothing is open.
 *
 * Not where windows are kept for late rows: those fire again key by key.
 */
export class SlicedRows {
  private readonly grid: SliceGrid;
  private readonly state: WindowState;
  private readonly merge: SliceMerge;
  private readonly watches: readonly MergeWatch[];
  private readonly canSlice: boolean;
  /** Whether slots are slices; windows otherwise. */
  isOn: boolean;
  /** Of slices: windows up to this one are over. */
  closed = -Infinity;
  /** Rows that were looked at since nothing was open. */
  private seen = 0;
  /** Rows of the batch at hand that were looked at. */
  private seenOfBatch = 0;

  constructor(bound: WindowBound, grid: SliceGrid, state: WindowState) {
    this.grid = grid;
    this.state = state;
    this.merge = new SliceMerge(grid, state);
    const rules = bound.aggregates.map(mergeRuleOf);
    this.watches = rules.map((rule) => new MergeWatch(rule));
    this.canSlice = bound.latenessMs === 0 && grid.mostWindows > 1 && !rules.includes('never');
    this.isOn = this.canSlice;
  }

  beginBatch(): void {
    this.seenOfBatch = 0;
  }

  /** The first row by place in [from, until) that slices do not take exactly, or `until`. At most one without open slices. */
  exactUntil({ rows, arguments: inputs }: SeenRows, from: number, until: number): number {
    // How many rows a window may hold is counted from the opening of the first slice on.
    const to = this.state.openSlots === 0 ? from + 1 : until;
    const begin = Math.max(from, this.seenOfBatch);
    if (begin >= to) return to;
    const held = this.heldAtMost;
    let count = to - begin;
    this.watches.forEach((watch, a) => {
      count = Math.min(count, watch.exactRows(rows, { from: begin, to: begin + count }, held, inputs[a]!));
    });
    this.seen += count;
    this.seenOfBatch = begin + count;
    return begin + count;
  }

  /** Whether slices take the row at place `i` exactly. */
  takesExactly(view: SeenRows, i: number): boolean {
    return i < this.seenOfBatch || this.exactUntil(view, i, i + 1) > i;
  }

  /** No window holds more rows. */
  private get heldAtMost(): number {
    let first = this.seen;
    for (let s = 0; s < this.state.openSlots; s++) first = Math.min(first, this.state.slot(s).openedAt);
    return this.seen - first;
  }

  /** How many rows had been looked at before the one at place `i` of the batch at hand. */
  seenBefore(i: number): number {
    return this.isOn ? this.seen - (this.seenOfBatch - i) : 0;
  }

  /** The first window that is not over and holds any row; NaN where none does. */
  nextWindow(): number {
    return this.merge.nextWindow(this.closed);
  }

  /** The cells of a window, borrowed; valid until the next call. */
  merged(window: number): FiredCells {
    return this.merge.merged(window);
  }

  close(window: number): void {
    if (window > this.closed) this.closed = window;
  }

  /** The first slice, if all of its windows are over. */
  firstToClose(): Slot | null {
    if (this.state.openSlots === 0) return null;
    const slot = this.state.slot(0);
    return this.grid.lastWindow(slot.number) <= this.closed ? slot : null;
  }

  /** Gives every open window cells of its own; while keys are not settled. */
  leave(): void {
    const { state, grid } = this;
    const count = state.openSlots;
    const windows: OpenWindow[] = [];
    const last = count === 0 ? -Infinity : grid.lastWindow(state.slot(count - 1).number);
    for (let window = this.nextWindow(); window <= last; window += grid.step) {
      const { cells, count: keys } = this.merge.merged(window);
      if (keys > 0) windows.push({ window, cells: cells.slice(0, keys), rows: this.rowsAtHome(window) });
    }
    for (let s = 0; s < count; s++) state.closeFirst();
    this.isOn = false;
    this.closed = -Infinity;
    for (const { window, cells, rows } of windows) {
      const slot = state.openSlot(window, false, 0);
      state.homeRows[slot.lane] = rows;
      for (const cell of cells) state.adopt(slot, cell);
    }
  }

  /** Rows that the ledger counts with a window: those of the slices that it is the last window of. */
  private rowsAtHome(window: number): number {
    const { state, grid } = this;
    let rows = 0;
    for (let s = 0; s < state.openSlots; s++) {
      const slot = state.slot(s);
      if (grid.lastWindow(slot.number) === window) rows += state.rowsIn(slot);
    }
    return rows;
  }

  /** Nothing is open any more: slices may be used again. */
  beginAnew(): void {
    this.isOn = this.canSlice;
    this.seen = 0;
    for (const watch of this.watches) watch.largest = 0;
  }

  snapshot(writer: StateWriter): void {
    writer.u8(this.isOn ? 1 : 0);
    writer.f64(this.closed);
    writer.f64(this.seen);
    for (const watch of this.watches) writer.f64(watch.largest);
  }

  restore(reader: StateReader): void {
    this.isOn = reader.u8() === 1;
    this.closed = reader.f64();
    this.seen = reader.f64();
    for (const watch of this.watches) watch.largest = reader.f64();
  }
}

interface OpenWindow {
  readonly window: number;
  readonly cells: Int32Array;
  readonly rows: number;
}
