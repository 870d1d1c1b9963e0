import { FATE_ON_TIME } from '../../app/plane-updates.ts';
import type { CellRun } from './density.ts';
import { Density } from './density.ts';

const SIDES = 2;

/** Points by how dense they lie: those on time all together, the others by fate and side. */
export class PointCells {
  private readonly finestMs: number;
  private readonly onTime: Density;
  private readonly others: (Density | undefined)[] = [];

  constructor(finestMs: number) {
    this.finestMs = finestMs;
    this.onTime = new Density(finestMs);
  }

  add(fate: number, side: number, tsMs: number, atMs: number): void {
    (this.others[SIDES * fate + side] ??= new Density(this.finestMs)).add(tsMs, atMs, 1);
  }

  addOnTime(tsMs: number, atMs: number, weight: number): void {
    this.onTime.add(tsMs, atMs, weight);
  }

  /** Whether cells as small as that are counted. */
  has(cellMs: number): boolean {
    return cellMs >= this.finestMs;
  }

  /** Stretches of cells at most `cellMs` long that hold every point of this fate and side once; `side` is not asked of those on time. */
  runsOf(fate: number, side: number, cellMs: number): readonly CellRun[] {
    const density = fate === FATE_ON_TIME ? this.onTime : this.others[SIDES * fate + side];
    return density?.cellsFor(cellMs) ?? [];
  }
}
