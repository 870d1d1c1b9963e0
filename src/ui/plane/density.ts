import { Growing } from './growing.ts';

/** Cells of a level are this many times as long, along both axes, as those of the level below. */
const STEP = 4;
const LEVELS = 16;
/** Points that a row of the smallest cells holds on the average, at least: smaller cells would be as many as points. */
const ROW_POINTS = 64;

/** Length of the smallest cells for so many points that came in so long a time. */
export function finestCellMs(points: number, spanMs: number): number {
  let cellMs = 1;
  while (cellMs * points < ROW_POINTS * spanMs) cellMs *= STEP;
  return cellMs;
}

/**
 * How many rows fell where, at several levels: each has square cells of time, row by row along processing time.
 * Points come in that order, so that a level grows at its end alone. A row of cells goes up to the next level once it is
 * over; until then it stands at the end of its own.
 */
export class Density {
  private readonly levels: readonly Level[];

  constructor(finestMs: number) {
    const levels: Level[] = [];
    for (let i = LEVELS - 1; i >= 0; i--) levels.unshift(new Level(finestMs * STEP ** i, levels[0] ?? null));
    this.levels = levels;
  }

  add(tsMs: number, atMs: number, weight: number): void {
    this.levels[0]?.add(tsMs, atMs, weight);
  }

  /**
   * Stretches of cells that hold every point once: those of the coarsest level whose cells are at most `cellMs` long, and the
   * rows that have not gone up to it. Null where cells that small are not counted.
   */
  cellsFor(cellMs: number): readonly CellRun[] | null {
    const place = this.levels.findLastIndex((level) => level.cellMs <= cellMs);
    if (place < 0) return null;
    return this.levels
      .slice(0, place + 1)
      .map((level, i) => ({ level, from: i === place ? 0 : level.openFrom, to: level.x.length }));
  }
}

export interface CellRun {
  readonly level: Level;
  readonly from: number;
  readonly to: number;
}

export class Level {
  readonly cellMs: number;
  /** Number of the cell along event time, of its row along processing time, and the rows in it. */
  readonly x = new Growing((size) => new Float64Array(size));
  readonly y = new Growing((size) => new Float64Array(size));
  readonly count = new Growing((size) => new Uint32Array(size));
  /** Where the cells of the row begin that is being filled. */
  openFrom = 0;
  private readonly above: Level | null;
  /** By how far a cell lies from the first one of the level: such keys are small, and found the sooner. */
  private readonly places = new Map<number, number>();
  private firstCell = Number.NaN;
  private row = Number.NaN;

  constructor(cellMs: number, above: Level | null) {
    this.cellMs = cellMs;
    this.above = above;
  }

  add(tsMs: number, atMs: number, count: number): void {
    const row = Math.floor(atMs / this.cellMs);
    if (row !== this.row) this.beginRow(row);
    const cell = Math.floor(tsMs / this.cellMs);
    if (Number.isNaN(this.firstCell)) this.firstCell = cell;
    const key = cell - this.firstCell;
    const known = this.places.get(key);
    if (known !== undefined) {
      this.count.values[known] = (this.count.values[known] ?? 0) + count;
      return;
    }
    const place = this.x.length;
    this.places.set(key, place);
    this.x.set(place, cell);
    this.y.set(place, row);
    this.count.set(place, count);
  }

  private beginRow(row: number): void {
    const { cellMs, above } = this;
    for (let i = this.openFrom; i < this.x.length; i++) {
      above?.add((this.x.at(i) + 0.5) * cellMs, (this.y.at(i) + 0.5) * cellMs, this.count.at(i));
    }
    this.openFrom = this.x.length;
    this.places.clear();
    this.row = row;
  }
}
