import type { DurationMs, WatermarkMs } from '../../stream/time.ts';
import { END_OF_TIME } from '../../stream/time.ts';
import type { WindowRules } from '../dialects/dialect.ts';
import type { KernelOutput } from '../operator.ts';
import type { AlignedFirings } from './aligned-firings.ts';
import type { SliceGrid } from './slice-grid.ts';
import type { SlicedRows } from './sliced-rows-state.ts';
import type { Slot, WindowState } from './window-state.ts';

interface Owner {
  readonly bound: { readonly latenessMs: DurationMs };
  readonly rules: WindowRules;
  readonly grid: SliceGrid;
  readonly state: WindowState;
  readonly sliced: SlicedRows;
  /** Whether a row may go into several slots. */
  readonly isRepeating: boolean;
}

/** What the watermark does to windows on a grid: which action is next, and the firing and closing itself. */
export class AlignedActions {
  /** No open window fires or closes before this watermark. */
  nextAt: WatermarkMs = END_OF_TIME;
  /** Whether anything is open. */
  any = false;
  private readonly owner: Owner;
  private readonly firings: AlignedFirings;

  constructor(owner: Owner, firings: AlignedFirings) {
    this.owner = owner;
    this.firings = firings;
  }

  /** To be called whenever windows were opened, fired or closed. */
  schedule(): void {
    const { state, sliced } = this.owner;
    this.any = state.openSlots > 0;
    if (sliced.isOn) {
      this.nextAt = this.any ? this.firesAt(sliced.nextWindow()) : END_OF_TIME;
      return;
    }
    const toFire = state.firstToFire();
    const toClose = state.firstToClose();
    const fireAt = toFire === null ? END_OF_TIME : this.firesAt(toFire.number);
    const closeAt = toClose === null ? END_OF_TIME : this.closesAt(toClose);
    this.nextAt = Math.min(fireAt, closeAt);
  }

  firesAt(window: number): WatermarkMs {
    const { rules, grid } = this.owner;
    return rules.fireAt(grid.startMs(window));
  }

  private closesAt({ number }: Slot): WatermarkMs {
    const { rules, grid, bound } = this.owner;
    return rules.cleanupAt(grid.startMs(number), bound.latenessMs);
  }

  /** Fires and closes what the watermark `watermark`, reached at entry `seq`, completes. */
  act(watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    if (this.owner.sliced.isOn) this.actOnSlices(watermark, seq, out);
    else this.actOnWindows(watermark, seq, out);
  }

  private actOnWindows(watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    const { state } = this.owner;
    for (;;) {
      const slot = state.firstToFire();
      if (slot === null || watermark < this.firesAt(slot.number)) break;
      state.markFired(slot);
      this.firings.onTime(slot.number, state.firedCells(slot), seq, out);
    }
    for (;;) {
      const slot = state.firstToClose();
      if (slot === null || watermark < this.closesAt(slot)) break;
      this.settle(slot, out);
      state.closeFirst();
    }
  }

  private actOnSlices(watermark: WatermarkMs, seq: number, out: KernelOutput): void {
    const { state, sliced } = this.owner;
    while (state.openSlots > 0) {
      const window = sliced.nextWindow();
      if (watermark < this.firesAt(window)) break;
      const fired = sliced.merged(window);
      this.firings.onTime(window, fired, seq, out);
      state.giveBack(fired.cells, fired.count);
      sliced.close(window);
      for (let slot = sliced.firstToClose(); slot !== null; slot = sliced.firstToClose()) {
        this.settle(slot, out);
        state.closeFirst();
      }
    }
  }

  /** The rows that the ledger counts with a slot are held no more. */
  private settle(slot: Slot, { fates }: KernelOutput): void {
    const { state, isRepeating } = this.owner;
    const rows = isRepeating ? state.homeRowsOf(slot) : state.rowsIn(slot);
    fates.held -= rows;
    fates.used += rows;
  }
}
