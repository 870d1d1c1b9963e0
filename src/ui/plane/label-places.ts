/** Most labels that are remembered: more cannot be read anyway. */
const MOST = 120;

interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Where labels of one height stand, so that none is written over another. */
export class LabelPlaces {
  private readonly taken: Label[] = [];
  private readonly heightPx: number;

  constructor(heightPx: number) {
    this.heightPx = heightPx;
  }

  /** False where the place, by its left edge, is taken. */
  take(x: number, y: number, width: number): boolean {
    const isFree =
      this.taken.length < MOST &&
      this.taken.every(
        (other) => Math.abs(other.y - y) >= this.heightPx || x >= other.x + other.width + 4 || other.x >= x + width + 4,
      );
    if (isFree) this.taken.push({ x, y, width });
    return isFree;
  }
}
