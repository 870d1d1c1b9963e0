/** Rows that one round may bring forth, roughly: what is held in memory before it is written. */
const ROWS_PER_ROUND = 65_536;
const FIRST_ENTRIES = 256;

/** How many entries the next round takes. Begins small, grows, and shrinks where entries bring many rows. */
export class RoundSize {
  entries: number;
  private readonly most: number;
  private emitted = 0;

  constructor(most: number) {
    this.most = most;
    this.entries = Math.min(FIRST_ENTRIES, most);
  }

  /** Tells what a round of `entries` did; `emittedRows` counts from the start of the run. */
  after(entries: number, emittedRows: number): void {
    const perEntry = Math.max(1e-9, (emittedRows - this.emitted) / entries);
    this.emitted = emittedRows;
    const wanted = Math.min(ROWS_PER_ROUND / perEntry, this.entries * 2, this.most);
    this.entries = Math.max(1, Math.floor(wanted));
  }
}
