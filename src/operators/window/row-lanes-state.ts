import type { SliceGrid } from './slice-grid.ts';
import type { WindowState } from './window-state.ts';

const NONE = -1;
/** Slices that a map of lanes may span. */
const MOST_SLICES = 1 << 16;
/** Slices beyond the newest that are mapped beforehand. */
const AHEAD = 8;

/** Rows on their way to cells: `rows[i]` is a physical row, `cells[i]` the cell that it is to be added to. */
export interface PendingRows {
  cells: Int32Array;
  rows: Int32Array;
  length: number;
}

/** Rows of a batch: event time by physical row; physical row and key by place. */
export interface PlacedRows {
  readonly ts: Float64Array;
  readonly rows: Int32Array;
  readonly keys: Int32Array;
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
  /** Lane by number of the slot from `origin` on, NONE where no quiet slot is open. */
  private lanes = new Int32Array(0);
  /** Slots of each slice of the map: first and last, by place in `lanes`. */
  private firsts = new Int32Array(0);
  private lasts = new Int32Array(0);
  private step = 1;
  private isValid = false;

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
    this.originMs = grid.startMs(first);
    const span = last - first;
    this.firsts = new Int32Array(span);
    this.lasts = new Int32Array(span);
    for (let s = 0; s < span; s++) {
      this.firsts[s] = isSliced ? s : grid.firstWindow(first + s) - first;
      this.lasts[s] = isSliced ? s : grid.lastWindow(first + s) - first;
    }
    this.step = isSliced ? 1 : grid.step;
    this.lanes = new Int32Array(this.lasts[span - 1]! + 1).fill(NONE);
    for (let s = 0; s < count; s++) {
      const slot = state.slot(s);
      const place = slot.number - first;
      const isQuiet = isSliced ? grid.firstWindow(slot.number) > closed : !slot.hasFired;
      if (isQuiet && place >= 0 && place < this.lanes.length) this.lanes[place] = slot.lane;
    }
    this.isValid = true;
    return true;
  }

  /**
   * Puts rows of places [from, to) into cells, each into the one slot of its slice, until one comes that is not mapped.
   * Returns its place, or `to`. `pending` has room for all.
   */
  placeOnce({ ts, rows, keys }: PlacedRows, from: number, to: number, pending: PendingRows): number {
    const table = this.state.table.array;
    if (table === null) return this.placeEach({ ts, rows, keys }, from, to, pending);
    const { state, originMs, lanes, firsts } = this;
    const { sliceMs } = this.grid;
    const stride = state.table.keysPerLane;
    const { laneRows } = state;
    const { cells, rows: taken } = pending;
    const span = firsts.length;
    let at = pending.length;
    let i = from;
    for (; i < to; i++) {
      const row = rows[i]!;
      const slice = (ts[row]! - originMs) / sliceMs;
      // Written so that NaN is no slice.
      if (!(slice >= 0 && slice < span)) break;
      const lane = lanes[firsts[slice | 0]!]!;
      if (lane < 0) break;
      const key = keys[i]!;
      let cell = table[lane * stride + key]!;
      if (cell < 0) cell = state.addCell(state.slotOfLane(lane), key);
      cells[at] = cell;
      taken[at++] = row;
      laneRows[lane]!++;
    }
    pending.length = at;
    return i;
  }

  /** The same for slices that lie in several slots, or where cells are found by hashing: stops when `pending` is full, too. */
  placeEach({ ts, rows, keys }: PlacedRows, from: number, to: number, pending: PendingRows): number {
    const { state, originMs, lanes, firsts, lasts, step } = this;
    const { sliceMs } = this.grid;
    const { cells, rows: taken } = pending;
    const span = firsts.length;
    const room = cells.length - this.grid.mostWindows;
    let at = pending.length;
    let i = from;
    for (; i < to && at <= room; i++) {
      const row = rows[i]!;
      const slice = (ts[row]! - originMs) / sliceMs;
      if (!(slice >= 0 && slice < span)) break;
      const first = firsts[slice | 0]!;
      const last = lasts[slice | 0]!;
      let isQuiet = true;
      for (let slot = first; slot <= last; slot += step) if (lanes[slot]! < 0) isQuiet = false;
      if (!isQuiet) break;
      for (let slot = first; slot <= last; slot += step) {
        const lane = lanes[slot]!;
        const cell = state.table.find(lane, keys[i]!, state);
        cells[at] = cell >= 0 ? cell : state.addCell(state.slotOfLane(lane), keys[i]!);
        taken[at++] = row;
      }
      state.laneRows[lanes[last]!]!++;
    }
    pending.length = at;
    return i;
  }
}
