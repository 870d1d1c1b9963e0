/**
 * Which `clock` entries a log needs: those on the grid of `tickMs` that follow a row by at most the horizon, rounded up
 * to the grid. Ticks at p come before rows at p; none come before the first row or after the last.
 *
 * ```
 * tick 200, horizon 500   rows at   150            1900
 *                         ticks        200 400 600 800 |  (150 + 500 = 650, up to the grid: 800; then silence until 1900)
 * ```
 *
 * A function of the rows' processing times and nothing else, so that the cut of the log cannot show.
 */
export class ClockTicks {
  private readonly tickMs: number;
  private readonly horizonMs: number;
  private nextMs = Infinity;
  private lastMs = -Infinity;

  /** `horizonMs` null: nobody needs the clock. */
  constructor(tickMs: number, horizonMs: number | null) {
    this.tickMs = tickMs;
    this.horizonMs = horizonMs ?? -1;
  }

  get needed(): boolean {
    return this.horizonMs >= 0;
  }

  /**
   * No tick comes before rows ahead of this time, the next one before rows from it on: +∞ while nobody needs the clock, -∞
   * when no tick is due any more, and none is known until the next row came.
   */
  get boundMs(): number {
    if (!this.needed) return Infinity;
    return this.nextMs <= this.lastMs ? this.nextMs : -Infinity;
  }

  ticked(): void {
    this.nextMs += this.tickMs;
  }

  /** A row, or the last of several with no tick between them. */
  row(rowMs: number): void {
    if (this.horizonMs < 0) return;
    // A tick at the row's own time came before it.
    this.nextMs = Math.floor(rowMs / this.tickMs) * this.tickMs + this.tickMs;
    this.lastMs = Math.ceil((rowMs + this.horizonMs) / this.tickMs) * this.tickMs;
  }
}
