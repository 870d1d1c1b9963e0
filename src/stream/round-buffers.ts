import type { Buffers } from './buffers.ts';
import { firstOf } from './buffers.ts';

/** Lengths up to 2^FEWEST_BITS take an array of that length; each further class is twice as long. */
const FEWEST_BITS = 6;
const MOST_BITS = 20;
/** Bytes that are kept for later rounds; what a round needs beyond them is made anew each time. */
const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Arrays for the batches of a round, which serve again when nobody keeps them any more. A fresh array costs about as much as
 * filling it: the system clears its memory, and the collector has to find out that it is free.
 */
export class RoundBuffers implements Buffers {
  private readonly keptRounds: number;
  private round = 0;
  private keptBytes = 0;
  private readonly floatShelves = shelves<Float64Array>();
  private readonly intShelves = shelves<Int32Array>();
  private readonly byteShelves = shelves<Uint8Array>();

  /** For how many rounds more than its own what is lent may be kept; where that is for ever, every array is a fresh one. */
  constructor(keptRounds: number) {
    this.keptRounds = keptRounds;
  }

  floats(length: number): Float64Array {
    const shelf = this.shelfFor(this.floatShelves, length);
    if (shelf === null) return new Float64Array(length);
    return firstOf(this.free(shelf) ?? this.keep(shelf, new Float64Array(shelf.length)), length);
  }

  ints(length: number): Int32Array {
    const shelf = this.shelfFor(this.intShelves, length);
    if (shelf === null) return new Int32Array(length);
    return firstOf(this.free(shelf) ?? this.keep(shelf, new Int32Array(shelf.length)), length);
  }

  bytes(length: number): Uint8Array {
    const shelf = this.shelfFor(this.byteShelves, length);
    if (shelf === null) return new Uint8Array(length);
    return firstOf(this.free(shelf) ?? this.keep(shelf, new Uint8Array(shelf.length)), length);
  }

  /** Another round begins. */
  nextRound(): void {
    this.round++;
  }

  /** The shelf for arrays of a length; null where they are to be fresh ones. */
  private shelfFor<T>(list: readonly Shelf<T>[], length: number): Shelf<T> | null {
    if (this.keptRounds === Infinity || length === 0 || length > 1 << MOST_BITS) return null;
    return list[Math.max(0, 32 - Math.clz32(length - 1) - FEWEST_BITS)]!;
  }

  /** The array that was lent longest ago, if it may serve again. */
  private free<T>(shelf: Shelf<T>): T | null {
    const { oldest, arrays, lentIn } = shelf;
    if (arrays.length === 0 || lentIn[oldest]! + this.keptRounds >= this.round) return null;
    lentIn[oldest] = this.round;
    shelf.oldest = oldest + 1 === arrays.length ? 0 : oldest + 1;
    return arrays[oldest]!;
  }

  private keep<T extends Float64Array | Int32Array | Uint8Array>(shelf: Shelf<T>, array: T): T {
    if (this.keptBytes + array.byteLength > KEPT_BYTES) return array;
    this.keptBytes += array.byteLength;
    shelf.arrays.splice(shelf.oldest, 0, array);
    shelf.lentIn.splice(shelf.oldest, 0, this.round);
    shelf.oldest = shelf.oldest + 1 === shelf.arrays.length ? 0 : shelf.oldest + 1;
    return array;
  }
}

/** Arrays of one length, in a ring by when they were lent. */
class Shelf<T> {
  readonly length: number;
  readonly arrays: T[] = [];
  /** The round in which each was lent last. */
  readonly lentIn: number[] = [];
  oldest = 0;

  constructor(length: number) {
    this.length = length;
  }
}

function shelves<T>(): readonly Shelf<T>[] {
  return Array.from({ length: MOST_BITS - FEWEST_BITS + 1 }, (_, i) => new Shelf<T>(1 << (i + FEWEST_BITS)));
}
