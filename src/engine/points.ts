import { assert, defined } from '../stream/assert.ts';

/** A moment of a run from which it can go on: `cost` is the work that the run had done by then, in any unit. */
export interface Point {
  readonly seq: number;
  readonly cost: number;
  /** That are this point's alone. */
  readonly bytes: number;
  /** That it has in common with the point that came before it when it was added. */
  readonly sharedBytes: number;
}

interface Kept<P> {
  readonly point: P;
  bytes: number;
  sharedBytes: number;
  /** The point that holds what is shared. */
  base: Kept<P> | null;
}

/**
 * Moments of a run by position, within `mostBytes`: when they need more, points go whose neighbours are closest by the
 * work between them, so that what is left lies evenly. The newest stays.
 */
export class Points<P extends Point> {
  private readonly mostBytes: number;
  private kept: readonly Kept<P>[] = [];
  private held = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  get all(): readonly P[] {
    return this.kept.map(({ point }) => point);
  }

  /** Of all points, what several have in common counted once, or more often; never less. */
  get bytes(): number {
    return this.held;
  }

  /** The last one at or before `seq`. */
  nearest(seq: number): P | null {
    return this.kept[firstBehind(this.kept, seq) - 1]?.point ?? null;
  }

  /** False where there is one at this position, or where it takes too much room for others beside it. */
  add(point: P): boolean {
    const place = firstBehind(this.kept, point.seq);
    const base = this.kept[place - 1] ?? null;
    if (base?.point.seq === point.seq || 2 * (point.bytes + point.sharedBytes) > this.mostBytes) return false;
    const { bytes, sharedBytes } = point;
    this.kept = this.kept.toSpliced(place, 0, { point, bytes, sharedBytes, base });
    this.held += bytes;
    while (this.held > this.mostBytes && this.kept.length > 1) this.thin();
    return true;
  }

  /** Forgets all points after `seq`: the run goes on in another way from there. */
  forgetAfter(seq: number): void {
    this.kept = this.kept.slice(0, firstBehind(this.kept, seq));
    this.held = this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private thin(): void {
    const { kept } = this;
    assert(kept.length > 1, 'points to choose from');
    let least = 0;
    let leastCost = Infinity;
    for (let i = 0; i < kept.length - 1; i++) {
      const before = kept[i - 1]?.point.cost ?? 0;
      const cost = defined(kept[i + 1], 'a neighbour').point.cost - before;
      if (cost >= leastCost) continue;
      least = i;
      leastCost = cost;
    }
    this.drop(defined(kept[least], 'point'));
    this.kept = kept.toSpliced(least, 1);
  }

  /** What others share with it is theirs from then on: as much as was its own, at most. */
  private drop(gone: Kept<P>): void {
    this.held -= gone.bytes;
    for (const other of this.kept) {
      if (other.base !== gone) continue;
      const inherited = Math.min(other.sharedBytes, gone.bytes);
      other.bytes += inherited;
      other.sharedBytes -= inherited;
      other.base = gone.base;
      this.held += inherited;
    }
  }
}

function firstBehind(kept: readonly Kept<Point>[], seq: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.point.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
