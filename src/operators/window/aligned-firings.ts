import { PANE_LATE, PANE_ON_TIME } from '../../stream/batch.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import type { AlignedResults, FiredCells } from './aligned-results.ts';
import type { SliceGrid } from './slice-grid.ts';

/** Where a late row stands, and the cell that it went into. */
export interface LateCell {
  readonly seq: number;
  readonly phase: 0 | 1;
  readonly cell: number;
  readonly key: number;
  readonly paneIndex: number;
}

/** Gives out windows on a grid, and tells of it. */
export class AlignedFirings {
  private readonly grid: SliceGrid;
  private readonly rules: WindowRules;
  private readonly results: AlignedResults;
  private readonly one: FiredCells = {
    cells: new Int32Array(1),
    keys: new Int32Array(1),
    panes: new Int32Array(1),
    count: 1,
  };

  constructor(grid: SliceGrid, rules: WindowRules, results: AlignedResults) {
    this.grid = grid;
    this.rules = rules;
    this.results = results;
  }

  /** All of a window, which a step of the watermark completes at entry `seq`. */
  onTime(number: number, fired: FiredCells, seq: number, out: KernelOutput): void {
    const window = this.grid.boundsOf(number);
    const { startMs, endMs } = window;
    const ts = this.rules.resultTimeMs(startMs, endMs);
    this.results.add(fired, { window, seq, phase: 1, timing: PANE_ON_TIME, ts }, out);
    const results = fired.count;
    out.trace?.fired({ seq, phase: 1, startMs, endMs, timing: PANE_ON_TIME, paneIndex: 0, results });
  }

  /** One key of a window that has fired before. */
  late(number: number, { seq, phase, cell, key, paneIndex }: LateCell, out: KernelOutput): void {
    this.one.cells[0] = cell;
    this.one.keys[0] = key;
    this.one.panes[0] = paneIndex;
    const window = this.grid.boundsOf(number);
    const { startMs, endMs } = window;
    const ts = this.rules.resultTimeMs(startMs, endMs);
    this.results.add(this.one, { window, seq, phase, timing: PANE_LATE, ts }, out);
    out.trace?.fired({ seq, phase, startMs, endMs, timing: PANE_LATE, paneIndex, results: 1 });
  }
}
