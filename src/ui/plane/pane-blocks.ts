const BLOCK = 256;

/** Finds stretches by when they were there, without a look at each: blocks of them, each with its first and last moment. */
export class PaneBlocks {
  private readonly fromAtMs: number[] = [];
  private readonly toAtMs: number[] = [];
  private length = 0;

  note(place: number, fromAtMs: number, toAtMs: number): void {
    const block = Math.floor(place / BLOCK);
    this.fromAtMs[block] = Math.min(this.fromAtMs[block] ?? Infinity, fromAtMs);
    // An end that comes later only makes a stretch shorter: a block may seem longer than it is.
    this.toAtMs[block] = Math.max(this.toAtMs[block] ?? -Infinity, toAtMs);
    this.length = Math.max(this.length, place + 1);
  }

  /** Once stretches have ended: as long as they are. */
  tighten(block: number, toAtMs: number): void {
    this.toAtMs[block] = toAtMs;
  }

  /** Places of stretches that may have been there at some time in [fromAtMs, toAtMs]. */
  *within(fromAtMs: number, toAtMs: number, ends: { at(place: number): number }): Generator<number> {
    for (let block = 0; block < this.fromAtMs.length; block++) {
      if ((this.fromAtMs[block] ?? Infinity) > toAtMs || (this.toAtMs[block] ?? -Infinity) < fromAtMs) continue;
      let last = -Infinity;
      const to = Math.min(this.length, (block + 1) * BLOCK);
      for (let place = block * BLOCK; place < to; place++) {
        const endMs = ends.at(place);
        if (endMs > last) last = endMs;
        if (endMs >= fromAtMs) yield place;
      }
      this.tighten(block, last);
    }
  }
}
