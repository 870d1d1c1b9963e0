import { mergeCells } from '../shared/aggregates/many-cells.ts';
import { Ints } from '../shared/ints.ts';
import type { FiredCells } from './aligned-results.ts';
import type { SliceGrid } from './slice-grid.ts';
import type { WindowState } from './window-state.ts';

/** Places that a key may move in all before sorting by insertion gives way to a real sort, for each key. */
const PATIENCE = 16;

/**
 * What windows hold that lie in slices: each key's cells of all slices of a window merged into one, in order of the
 * key's first arrival in the window.
 */
export class SliceMerge {
  private readonly grid: SliceGrid;
  private readonly state: WindowState;
  /** Place of each key in the result, by number; NONE for keys without one. */
  private placeOf = new Int32Array(0);
  private readonly keys = new Ints();
  private readonly cells = new Ints();
  private readonly into = new Ints();
  private readonly from = new Ints();
  private panes = new Int32Array(0);
  private arrivals = new Float64Array(0);

  constructor(grid: SliceGrid, state: WindowState) {
    this.grid = grid;
    this.state = state;
  }

  /** The first window after `closed` that holds any row; NaN where none does. */
  nextWindow(closed: number): number {
    if (this.state.openSlots === 0) return Number.NaN;
    const { number } = this.state.slot(0);
    const first = this.grid.firstWindow(number);
    if (first > closed) return first;
    return first + (Math.floor((closed - first) / this.grid.step) + 1) * this.grid.step;
  }

  /**
   * The merged cells of a window, taken anew: the caller puts them into a slot or gives them back. Valid until the next
   * call. Panes are all 0.
   */
  merged(window: number): FiredCells {
    const { state, keys, cells, into, from } = this;
    keys.length = cells.length = into.length = from.length = 0;
    if (this.placeOf.length < state.keys.bound) this.placeOf = new Int32Array(state.keys.bound * 2);
    const firstSlice = this.grid.firstSlice(window);
    for (let s = 0; s < state.openSlots; s++) {
      const slot = state.slot(s);
      if (slot.number >= window) break;
      if (slot.number < firstSlice) continue;
      state.takeSumsBack(slot);
      this.gather(slot.cells);
    }
    for (const accumulator of state.stores) {
      mergeCells(accumulator, into.values, from.values, into.length);
    }
    for (let i = 0; i < keys.length; i++) this.placeOf[keys.values[i]!] = 0;
    this.sort();
    if (this.panes.length < keys.length) this.panes = new Int32Array(keys.values.length);
    return { cells: cells.values, keys: keys.values, panes: this.panes, count: keys.length };
  }

  /** Notes which cell goes into which merged one. */
  private gather({ values, length }: Ints): void {
    const { state, placeOf, keys, cells } = this;
    this.into.reserve(this.into.length + length);
    this.from.reserve(this.from.length + length);
    const into = this.into.values;
    const at = this.into.length;
    const { cellKeys, cellArrivals } = state;
    let { arrivals } = this;
    let merged = cells.values;
    for (let i = 0; i < length; i++) {
      const cell = values[i]!;
      const key = cellKeys[cell]!;
      const arrival = cellArrivals[cell]!;
      let place = placeOf[key]! - 1;
      if (place < 0) {
        place = keys.length;
        placeOf[key] = place + 1;
        keys.push(key);
        cells.push(state.borrowCell(key));
        this.noteArrival(place, arrival);
        ({ arrivals } = this);
        merged = cells.values;
      } else if (arrival < arrivals[place]!) arrivals[place] = arrival;
      into[at + i] = merged[place]!;
    }
    this.from.values.set(values.subarray(0, length), at);
    this.into.length = at + length;
    this.from.length = at + length;
  }

  private noteArrival(place: number, arrival: number): void {
    if (place === this.arrivals.length) {
      const larger = new Float64Array(Math.max(64, place * 2));
      larger.set(this.arrivals);
      this.arrivals = larger;
    }
    this.arrivals[place] = arrival;
  }

  /** By first arrival. Slices follow each other in time, and so nearly do the keys' first arrivals. */
  private sort(): void {
    const { arrivals } = this;
    const keys = this.keys.values;
    const cells = this.cells.values;
    const count = this.keys.length;
    let patience = count * PATIENCE;
    for (let i = 1; i < count; i++) {
      const arrival = arrivals[i]!;
      if (!(arrivals[i - 1]! > arrival)) continue;
      const key = keys[i]!;
      const cell = cells[i]!;
      let place = i;
      for (; place > 0 && arrivals[place - 1]! > arrival; place--) {
        arrivals[place] = arrivals[place - 1]!;
        keys[place] = keys[place - 1]!;
        cells[place] = cells[place - 1]!;
      }
      arrivals[place] = arrival;
      keys[place] = key;
      cells[place] = cell;
      patience -= i - place;
      if (patience < 0) {
        this.sortAll();
        return;
      }
    }
  }

  private sortAll(): void {
    const count = this.keys.length;
    const { arrivals } = this;
    const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => arrivals[a]! - arrivals[b]!);
    const keys = this.keys.values.slice(0, count);
    const cells = this.cells.values.slice(0, count);
    for (let i = 0; i < count; i++) {
      this.keys.values[i] = keys[order[i]!]!;
      this.cells.values[i] = cells[order[i]!]!;
    }
  }
}
