/** Events under way, each in its slot: what a row is made of when it arrives. */
export class EventSlots {
  times = new Float64Array(64);
  kinds = new Uint8Array(64);
  /** 1: waits in line behind a cut. */
  inLine = new Uint8Array(64);
  readonly width: number;
  private figures: Float64Array;

  constructor(width: number) {
    this.width = width;
    this.figures = new Float64Array(64 * width);
  }

  put(slot: number, timeMs: number, figures: Float64Array, kind: number): void {
    if (slot >= this.times.length) this.grow(slot);
    this.times[slot] = timeMs;
    this.figures.set(figures, slot * this.width);
    this.kinds[slot] = kind;
    this.inLine[slot] = 0;
  }

  /** The user, or another key. */
  keyOf(slot: number): number {
    return this.figures[slot * this.width] ?? 0;
  }

  copyFigures(slot: number, target: Float64Array, row: number): void {
    const { width, figures } = this;
    for (let i = 0; i < width; i++) target[row * width + i] = figures[slot * width + i] ?? 0;
  }

  private grow(slot: number): void {
    const size = (slot + 1) * 2;
    const { times, kinds, inLine, figures } = this;
    this.times = new Float64Array(size);
    this.kinds = new Uint8Array(size);
    this.inLine = new Uint8Array(size);
    this.figures = new Float64Array(size * this.width);
    this.times.set(times);
    this.kinds.set(kinds);
    this.inLine.set(inLine);
    this.figures.set(figures);
  }
}
