import { assert, defined } from '../stream/assert.ts';

/** What is kept of a moment, piece by piece, and how many bytes each takes; points may have pieces in common. */
export type PointParts = ReadonlyMap<object, number>;

/** A moment of a run from which it can go on: `cost` is the work that the run had done by then, in any unit. */
export interface Point {
  readonly seq: number;
  readonly cost: number;
  readonly parts: PointParts;
}

/** What lies between two points, or between the start of a run and its first one. */
export interface Gap<P> {
  /** Null: the start. */
  readonly from: P | null;
  readonly to: P;
  readonly cost: number;
}

/**
 * Moments of a run by position, within `mostBytes`: when they need more, points go whose neighbours are closest by the
 * work between them, so that what is left lies evenly. The newest stays.
 */
export class Points<P extends Point> {
  private readonly mostBytes: number;
  private kept: readonly P[] = [];
  /** How many points have each piece. */
  private readonly holders = new Map<object, { points: number; readonly bytes: number }>();
  private held = 0;
  /** Work between the neighbours of the last point that went for want of room. */
  private thinnedCost = 0;
  /** How often points were forgotten because the run goes on in another way. */
  forgotten = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  get all(): readonly P[] {
    return this.kept;
  }

  /** Of all points, what several have in common counted once. */
  get bytes(): number {
    return this.held;
  }

  /** Points closer than this would only take the place of each other; 0 while there is room. */
  get leastCost(): number {
    return this.thinnedCost / 2;
  }

  /** The last one at or before `seq`. */
  nearest(seq: number): P | null {
    return this.kept[firstBehind(this.kept, seq) - 1] ?? null;
  }

  /** The first one behind `seq`. */
  next(seq: number): P | null {
    return this.kept[firstBehind(this.kept, seq)] ?? null;
  }

  gaps(): readonly Gap<P>[] {
    return this.kept.map((to, i) => {
      const from = this.kept[i - 1] ?? null;
      return { from, to, cost: to.cost - (from?.cost ?? 0) };
    });
  }

  /** False where there is one at this position, or where it takes too much room for others beside it. */
  add(point: P): boolean {
    const place = firstBehind(this.kept, point.seq);
    let bytes = 0;
    for (const size of point.parts.values()) bytes += size;
    if (this.kept[place - 1]?.seq === point.seq || 2 * bytes > this.mostBytes) return false;
    this.kept = this.kept.toSpliced(place, 0, point);
    this.hold(point.parts);
    while (this.held > this.mostBytes && this.kept.length > 1) this.thin();
    return true;
  }

  /** Forgets all points after `seq`: the run goes on in another way from there. */
  forgetAfter(seq: number): void {
    this.forgotten++;
    const place = firstBehind(this.kept, seq);
    for (const { parts } of this.kept.slice(place)) this.letGo(parts);
    this.kept = this.kept.slice(0, place);
    this.thinnedCost = 0;
  }

  private thin(): void {
    const { kept } = this;
    assert(kept.length > 1, 'points to choose from');
    let least = 0;
    let leastCost = Infinity;
    for (let i = 0; i < kept.length - 1; i++) {
      const before = kept[i - 1]?.cost ?? 0;
      const cost = defined(kept[i + 1], 'a neighbour').cost - before;
      if (cost >= leastCost) continue;
      least = i;
      leastCost = cost;
    }
    this.letGo(defined(kept[least], 'point').parts);
    this.kept = kept.toSpliced(least, 1);
    this.thinnedCost = leastCost;
  }

  private hold(parts: PointParts): void {
    for (const [part, bytes] of parts) {
      const held = this.holders.get(part);
      if (held !== undefined) held.points++;
      else {
        this.holders.set(part, { points: 1, bytes });
        this.held += bytes;
      }
    }
  }

  private letGo(parts: PointParts): void {
    for (const part of parts.keys()) {
      const held = defined(this.holders.get(part), 'a piece that is held');
      if (--held.points > 0) continue;
      this.holders.delete(part);
      this.held -= held.bytes;
    }
  }
}

function firstBehind(kept: readonly Point[], seq: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
