import { assert, defined } from '../stream/assert.ts';

/** A moment of a run from which it can go on: `cost` is the work that the run had done by then, in any unit. */
export interface Point {
  readonly seq: number;
  readonly cost: number;
  readonly bytes: number;
}

/**
 * Moments of a run by position, within `mostBytes`: when they need more, points go whose neighbours are closest by the
 * work between them, so that what is left lies evenly. The newest stays.
 */
export class Points<P extends Point> {
  private readonly mostBytes: number;
  private points: readonly P[] = [];
  private bytes = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  get all(): readonly P[] {
    return this.points;
  }

  /** The last one at or before `seq`. */
  nearest(seq: number): P | null {
    return this.points[firstBehind(this.points, seq) - 1] ?? null;
  }

  /** False where there is one at this position, or where it takes too much room for others beside it. */
  add(point: P): boolean {
    const place = firstBehind(this.points, point.seq);
    if (this.points[place - 1]?.seq === point.seq || 2 * point.bytes > this.mostBytes) return false;
    this.points = this.points.toSpliced(place, 0, point);
    this.bytes += point.bytes;
    while (this.bytes > this.mostBytes && this.points.length > 1) this.thin();
    return true;
  }

  /** Forgets all points after `seq`: the run goes on in another way from there. */
  forgetAfter(seq: number): void {
    this.points = this.points.slice(0, firstBehind(this.points, seq));
    this.bytes = this.points.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private thin(): void {
    const { points } = this;
    assert(points.length > 1, 'points to choose from');
    let least = 0;
    let leastCost = Infinity;
    for (let i = 0; i < points.length - 1; i++) {
      const before = points[i - 1]?.cost ?? 0;
      const cost = defined(points[i + 1], 'a neighbour').cost - before;
      if (cost >= leastCost) continue;
      least = i;
      leastCost = cost;
    }
    this.bytes -= defined(points[least], 'point').bytes;
    this.points = points.toSpliced(least, 1);
  }
}

function firstBehind(points: readonly Point[], seq: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
