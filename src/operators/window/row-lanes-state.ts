import type { EventTimeMs } from '../../stream/time.ts';
import type { LaneSums } from './lane-sums-state.ts';
import type { SliceGrid } from './slice-grid.ts';
import type { Summing } from './summed-rows-state.ts';
import type { Slot, WindowState } from './window-state.ts';

const NONE = -1;
/** Slices that a map of lanes may span. */
const MOST_SLICES = 1 << 16;
/** Slices beyond the newest that are mapped beforehand. */
const AHEAD = 8;

/** Rows on their way to cells: `rows[i]` is a physical row, `cells[i]` the cell that it is to be added to, from <= i < to. */
export interface PendingRows {
  readonly cells: Int32Array;
  readonly rows: Int32Array;
  from: number;
  to: number;
}

/** Rows of a batch, by place: event time, physical row and key. */
export interface PlacedRows {
  readonly ts: Float64Array;
  readonly rows: Int32Array;
  readonly keys: Int32Array;
}

interface RowsByTime {
  readonly ts: Float64Array;
  readonly from: number;
  readonly to: number;
}

/**
 * A map from slices to the lanes of the slots that take their rows while nothing fires: slots that have not fired. Rows
 * go to their cells by it without a look at windows or the watermark.
 */
export class RowLanes {
  private readonly grid: SliceGrid;
  private readonly state: WindowState;
  /** First slice of the map. */
  private origin = 0;
  private originMs = 0;
  /** Lane by number of the slot, less that of the map's first; NONE where no quiet slot is open. */
  private lanes = new Int32Array(0);
  /** The slots that are mapped. */
  private readonly quiet: Slot[] = [];
  /** Slots of each slice of the map: first and last, by place in `lanes`. */
  private firsts = new Int32Array(0);
  private lasts = new Int32Array(0);
  private step = 1;
  private isValid = false;
  /** Places in `LaneSums` of the keys that `sumRows` met first in their slots. */
  private firstRows = new Int32Array(0);
  private firstCount = 0;

  constructor(grid: SliceGrid, state: WindowState) {
    this.grid = grid;
    this.state = state;
  }

  /** Slots were opened, fired or closed. */
  invalidate(): void {
    this.isValid = false;
  }

  /**
   * Makes a map that holds a slice, unless it lies too far from the slots. `isSliced`: slots are slices, not windows.
   * Slices of windows up to `closed` take no rows quietly.
   */
  cover(slice: number, isSliced: boolean, closed: number): boolean {
    if (this.isValid && slice >= this.origin && slice < this.origin + this.firsts.length) return true;
    const { state, grid } = this;
    const count = state.openSlots;
    const widest = isSliced ? 0 : grid.length;
    const first = count === 0 ? slice : Math.min(slice, state.slot(0).number - widest);
    const last = Math.max(slice, count === 0 ? slice : state.slot(count - 1).number) + AHEAD;
    if (!(last - first < MOST_SLICES)) return false;
    this.origin = first;
    const firstSlot = isSliced ? first : grid.firstWindow(first);
    this.originMs = grid.startMs(first);
    const span = last - first;
    this.firsts = new Int32Array(span);
    this.lasts = new Int32Array(span);
    for (let s = 0; s < span; s++) {
      this.firsts[s] = isSliced ? s : grid.firstWindow(first + s) - firstSlot;
      this.lasts[s] = isSliced ? s : grid.lastWindow(first + s) - firstSlot;
    }
    this.step = isSliced ? 1 : grid.step;
    this.lanes = new Int32Array(this.lasts[span - 1]! + 1).fill(NONE);
    this.quiet.length = 0;
    for (let s = 0; s < count; s++) {
      const slot = state.slot(s);
      const place = slot.number - firstSlot;
      const isQuiet = isSliced ? grid.firstWindow(slot.number) > closed : !slot.hasFired;
      if (!(isQuiet && place >= 0 && place < this.lanes.length)) continue;
      this.lanes[place] = slot.lane;
      this.quiet.push(slot);
    }
    this.isValid = true;
    return true;
  }

  /**
   * Puts rows of places [from, to) into cells, each into the one slot of its slice, until one comes that is not mapped.
   * Returns its place, or `to`. Cells stand in `pending` at the places of their rows.
   */
  placeOnce({ ts, keys }: PlacedRows, from: number, to: number, pending: PendingRows): number {
    const { cells } = pending;
    this.state.takeAllSumsBack();
    // Two short loops: in one long one a row's division would hold up the rows behind it.
    const until = this.findLanes(ts, from, to, cells);
    const { state } = this;
    const table = state.table.array;
    const stride = state.table.keysPerLane;
    let { counts } = state.rowCounts;
    for (let i = from; i < until; i++) {
      const lane = cells[i]!;
      const key = keys[i]!;
      let cell = table === null ? state.table.find(lane, key, state) : table[lane * stride + key]!;
      if (cell < 0) {
        cell = state.addCell(state.slotOfLane(lane), key);
        ({ counts } = state.rowCounts);
      }
      cells[i] = cell;
      counts[cell]!++;
    }
    pending.to = until;
    return until;
  }

  /**
   * Counts and sums rows, each in the one slot of its slice, until one comes that is not mapped or whose key is new. Returns
   * its place, or `to`; null where rows have to go to cells instead.
   */
  sum(ts: Float64Array, from: number, to: number, summing: Summing): number | null {
    const { state } = this;
    const { laneSums } = state;
    if (laneSums === null || !state.lendSums(this.quiet) || !laneSums.takes(to - from)) return null;
    if (this.firstRows.length <= to - from) this.firstRows = new Int32Array(to - from + 1);
    const until = this.sumRows({ ts, from, to }, summing, laneSums);
    state.addCells(this.firstRows, this.firstCount, laneSums.stride);
    return until;
  }

  /**
   * Nothing in the loop calls anything or branches on what can hardly be foreseen: whether a key is new in its slot, or which
   * slice comes. The places of new keys are noted.
   */
  private sumRows({ ts, from, to }: RowsByTime, { directory, values }: Summing, laneSums: LaneSums): number {
    const { originMs, lanes, firstRows } = this;
    const { sliceMs } = this.grid;
    const perMs = 1 / sliceMs;
    const halfMs = sliceMs / 2;
    const span = this.firsts.length;
    const { rows, sums, stride } = laneSums;
    const { places, numbers } = directory;
    const known = numbers.length;
    let firstCount = 0;
    let i = from;
    for (; i < to; i++) {
      const sinceMs = ts[i]! - originMs;
      let slice = (sinceMs * perMs) | 0;
      // A product is much faster than a quotient, and wrong at a border now and then. Seen from the middle of a slice,
      // because a product that is 0 would be a case of its own. NaN is no slice.
      const pastMiddleMs = sinceMs - (slice + 0.5) * sliceMs;
      if (!(pastMiddleMs >= -halfMs && pastMiddleMs < halfMs))
        slice = sinceMs < span * sliceMs ? Math.floor(sinceMs / sliceMs) : -1;
      if (slice < 0 || slice >= span) break;
      const lane = lanes[slice]!;
      const keyAt = places[i]!;
      if (lane < 0 || keyAt < 0 || keyAt >= known) break;
      const key = numbers[keyAt]!;
      if (key < 0) break;
      const place = lane * stride + key;
      const before = rows[place]!;
      firstRows[firstCount] = place;
      firstCount += (before - 1) >>> 31;
      rows[place] = before + 1;
      sums[place]! += values[i]!;
    }
    this.firstCount = firstCount;
    return i;
  }

  /** Whether the slice of a time is mapped: where `sum` stops although it is, a key is new. */
  isMapped(timeMs: EventTimeMs): boolean {
    const slice = (timeMs - this.originMs) / this.grid.sliceMs;
    return this.isValid && slice >= 0 && slice < this.firsts.length && this.lanes[this.firsts[slice | 0]!]! >= 0;
  }

  /** The lanes of rows; returns the place of the first that has none, or `to`. */
  private findLanes(ts: Float64Array, from: number, to: number, found: Int32Array): number {
    const { originMs, lanes } = this;
    const { sliceMs } = this.grid;
    const span = this.firsts.length;
    for (let i = from; i < to; i++) {
      const slice = (ts[i]! - originMs) / sliceMs;
      // Written so that NaN is no slice.
      if (!(slice >= 0 && slice < span)) return i;
      const lane = lanes[slice | 0]!;
      if (lane < 0) return i;
      found[i] = lane;
    }
    return to;
  }

  /** The same for slices that lie in several slots; cells are appended to `pending`. Stops when it is full, too. */
  placeEach({ ts, rows, keys }: PlacedRows, from: number, to: number, pending: PendingRows): number {
    const { state, originMs, lanes, firsts, lasts, step } = this;
    const { sliceMs } = this.grid;
    const { cells, rows: taken } = pending;
    state.takeAllSumsBack();
    const span = firsts.length;
    const room = cells.length - this.grid.mostWindows;
    let at = pending.to;
    let i = from;
    for (; i < to && at <= room; i++) {
      const row = rows[i]!;
      const slice = (ts[i]! - originMs) / sliceMs;
      if (!(slice >= 0 && slice < span)) break;
      const first = firsts[slice | 0]!;
      const last = lasts[slice | 0]!;
      let isQuiet = true;
      for (let slot = first; slot <= last; slot += step) if (lanes[slot]! < 0) isQuiet = false;
      if (!isQuiet) break;
      for (let slot = first; slot <= last; slot += step) {
        const lane = lanes[slot]!;
        let cell = state.table.find(lane, keys[i]!, state);
        if (cell < 0) cell = state.addCell(state.slotOfLane(lane), keys[i]!);
        state.rowCounts.counts[cell]!++;
        cells[at] = cell;
        taken[at++] = row;
      }
      state.homeRows[lanes[last]!]!++;
    }
    pending.to = at;
    return i;
  }
}
