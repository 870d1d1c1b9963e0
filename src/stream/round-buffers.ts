import type { Buffers } from './buffers.ts';

/** Lengths up to 2^FEWEST_BITS take an array of that length; each further class is twice as long. */
const FEWEST_BITS = 6;
const MOST_BITS = 20;
/** Bytes that are kept for later rounds; what a round needs beyond them is made anew each time. */
const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Arrays for the batches of one round, which serve again in later rounds. A fresh array costs about as much as filling it:
 * the system clears its memory, and the collector has to find out that it is free.
 *
 * While `reuses` is false somebody may keep what a round handed out, and every array is a fresh one.
 */
export class RoundBuffers implements Buffers {
  private readonly reuses: boolean;
  private keptBytes = 0;
  private readonly floatShelves = shelves<Float64Array>();
  private readonly intShelves = shelves<Int32Array>();
  private readonly byteShelves = shelves<Uint8Array>();

  constructor(reuses: boolean) {
    this.reuses = reuses;
  }

  floats(length: number): Float64Array {
    const shelf = this.shelfFor(this.floatShelves, length);
    if (shelf === null) return new Float64Array(length);
    return cut(shelf.take() ?? this.keep(shelf, new Float64Array(shelf.length)), length);
  }

  ints(length: number): Int32Array {
    const shelf = this.shelfFor(this.intShelves, length);
    if (shelf === null) return new Int32Array(length);
    return cut(shelf.take() ?? this.keep(shelf, new Int32Array(shelf.length)), length);
  }

  bytes(length: number): Uint8Array {
    const shelf = this.shelfFor(this.byteShelves, length);
    if (shelf === null) return new Uint8Array(length);
    return cut(shelf.take() ?? this.keep(shelf, new Uint8Array(shelf.length)), length);
  }

  /** Everything that was handed out may be handed out again. */
  takeBack(): void {
    for (const shelf of this.floatShelves) shelf.next = 0;
    for (const shelf of this.intShelves) shelf.next = 0;
    for (const shelf of this.byteShelves) shelf.next = 0;
  }

  /** The shelf for arrays of a length; null where they are to be fresh ones. */
  private shelfFor<T>(list: readonly Shelf<T>[], length: number): Shelf<T> | null {
    if (!this.reuses || length === 0 || length > 1 << MOST_BITS) return null;
    return list[Math.max(0, 32 - Math.clz32(length - 1) - FEWEST_BITS)]!;
  }

  private keep<T extends Float64Array | Int32Array | Uint8Array>(shelf: Shelf<T>, array: T): T {
    if (this.keptBytes + array.byteLength > KEPT_BYTES) return array;
    this.keptBytes += array.byteLength;
    shelf.arrays.push(array);
    shelf.next++;
    return array;
  }
}

/** Arrays of one length; those before `next` are out. */
class Shelf<T> {
  readonly length: number;
  readonly arrays: T[] = [];
  next = 0;

  constructor(length: number) {
    this.length = length;
  }

  /** One that is not out; null when all are. */
  take(): T | null {
    return this.next < this.arrays.length ? this.arrays[this.next++]! : null;
  }
}

function shelves<T>(): readonly Shelf<T>[] {
  return Array.from({ length: MOST_BITS - FEWEST_BITS + 1 }, (_, i) => new Shelf<T>(1 << (i + FEWEST_BITS)));
}

function cut<T extends Float64Array | Int32Array | Uint8Array>(array: T, length: number): T {
  return array.length === length ? array : (array.subarray(0, length) as T);
}
