import type { Count } from '../shared/aggregates/count.ts';
import type { SumOfRows } from '../shared/aggregates/sum-of-rows.ts';
import type { Ints } from '../shared/ints.ts';

/** Rows that a key may have in a lane. */
const MOST_ROWS = 2 ** 31 - 1;

/** A slot whose rows and sums may be lent. */
export interface LentSlot {
  readonly lane: number;
  readonly cells: Ints;
  areSumsLent: boolean;
}

/** How many keys and lanes there are, and the key of each cell. */
export interface LaneKeys {
  readonly lanes: number;
  readonly keysPerLane: number;
  readonly cellKeys: Int32Array;
}

/**
 * Rows and sums of the cells of open slots, lent to the loop that counts and sums: an array by lane and key, where a row
 * finds its key without a look at cells. What is lent is out of date in the cells, until it is taken back.
 */
export class LaneSums {
  /** Rows and sum at lane * `stride` + key; 0 for keys that have no cell. */
  rows = new Int32Array(0);
  sums = new Float64Array(0);
  stride = 0;
  private readonly cellRows: Count;
  private readonly cellSums: SumOfRows;
  private readonly slots: LentSlot[] = [];
  /** No key has more rows in a lane. */
  private mostRows = 0;

  constructor(cellRows: Count, cellSums: SumOfRows) {
    this.cellRows = cellRows;
    this.cellSums = cellSums;
  }

  /** Makes room for all keys and lanes: all that was lent may come back. */
  reserve(keys: LaneKeys): void {
    const { lanes, keysPerLane } = keys;
    if (this.stride === keysPerLane && this.rows.length >= lanes * keysPerLane) return;
    this.takeAllBack(keys);
    this.stride = keysPerLane;
    this.rows = new Int32Array(lanes * keysPerLane);
    this.sums = new Float64Array(lanes * keysPerLane);
  }

  /** Lends a slot; there is room for it. */
  lend(slot: LentSlot, keys: Pick<LaneKeys, 'cellKeys'>): void {
    const { rows, sums, stride } = this;
    const { counts } = this.cellRows;
    const { values, length } = slot.cells;
    for (let i = 0; i < length; i++) {
      const cell = values[i]!;
      const place = slot.lane * stride + keys.cellKeys[cell]!;
      this.mostRows = Math.max(this.mostRows, counts[cell]!);
      rows[place] = counts[cell]!;
      sums[place] = this.cellSums.sums[cell]!;
    }
    slot.areSumsLent = true;
    this.slots.push(slot);
  }

  /** Whether so many rows more are sure to be counted right; the caller adds no others. */
  takes(rows: number): boolean {
    this.mostRows += rows;
    return this.mostRows <= MOST_ROWS;
  }

  /** Brings the cells of a slot up to date, and forgets what was lent. */
  takeBack(slot: LentSlot, { cellKeys }: Pick<LaneKeys, 'cellKeys'>): void {
    const { rows, sums } = this;
    const { counts } = this.cellRows;
    const total = this.cellSums.sums;
    const { values, length } = slot.cells;
    const first = slot.lane * this.stride;
    for (let i = 0; i < length; i++) {
      const cell = values[i]!;
      const place = first + cellKeys[cell]!;
      counts[cell] = rows[place]!;
      total[cell] = sums[place]!;
      rows[place] = 0;
      sums[place] = 0;
    }
    slot.areSumsLent = false;
    this.slots.splice(this.slots.indexOf(slot), 1);
    if (this.slots.length === 0) this.mostRows = 0;
  }

  takeAllBack(keys: Pick<LaneKeys, 'cellKeys'>): void {
    while (this.slots.length > 0) this.takeBack(this.slots[this.slots.length - 1]!, keys);
  }
}
