import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import { widened } from '../shared/state/stored-column.ts';

/** A power of two. */
const BLOCK_BITS = 9;
const BLOCK_ROWS = 1 << BLOCK_BITS;
/** Where so many rows of a block are due at once, more will be with the next watermark. */
const MANY_DUE = 8;
/** A block with no more rows than this is filled again, so that at least so many stand for each block of memory. */
const FEW_ROWS = BLOCK_ROWS / 4;

/**
 * Handles for the rows of one side of a join, and when each row is to go. They are given out in blocks, in order of arrival,
 * so that the rows of a block are of much the same age: a block is looked at only when the watermark has passed the
 * earliest of them.
 *
 * Times lie by item, `handle * 2 + side`, in an array of the caller's: NaN where no row is.
 */
export class RowBlocks {
  readonly side: 0 | 1;
  /** How far a watermark has to be behind the time of a row for it to go. */
  readonly reachMs: DurationMs;
  /** How many rows there are. */
  rows = 0;
  private count = 0;
  /** By block: how many rows there are, a time before which none is due, whether it waits to be filled again. */
  private rowsOf = new Int32Array(0);
  private leastMs = new Float64Array(0);
  private waits = new Uint8Array(0);
  /** Blocks that wait to be filled again, the last one first: its memory is the warmest. */
  private readonly sparse: number[] = [];
  /** The block that is being filled, and what is left of it. */
  private block = -1;
  private next = 0;
  private end = 0;

  constructor(side: 0 | 1, reachMs: DurationMs) {
    this.side = side;
    this.reachMs = reachMs;
  }

  /** Every handle is below this, also of `more` rows that are still to come. */
  bound(more: number): number {
    return (this.count + (more >> BLOCK_BITS) + 1) << BLOCK_BITS;
  }

  /** Gives out handles, ascending within a block. There is room in `times` for all; the caller writes those of the rows. */
  take(handles: Int32Array, times: Float64Array): void {
    const { side } = this;
    const wanted = handles.length;
    for (let given = 0; given < wanted;) {
      if (this.next === this.end) this.beginBlock();
      const before = given;
      let { next } = this;
      for (; next < this.end && given < wanted; next++) {
        const timeMs = times[(next << 1) + side]!;
        handles[given] = next;
        given += +(timeMs !== timeMs);
      }
      this.next = next;
      this.rowsOf[this.block]! += given - before;
    }
    this.rows += wanted;
  }

  private beginBlock(): void {
    if (this.block >= 0) this.offer(this.block, -1);
    const known = this.sparse.pop();
    const block = known ?? this.count++;
    if (block >= this.rowsOf.length) this.widen(Math.max(8, block * 2));
    this.waits[block] = 0;
    this.block = block;
    this.next = block << BLOCK_BITS;
    this.end = this.next + BLOCK_ROWS;
  }

  private widen(blocks: number): void {
    const before = this.leastMs.length;
    this.rowsOf = widened(this.rowsOf, blocks);
    this.leastMs = widened(this.leastMs, blocks).fill(Infinity, before);
    this.waits = widened(this.waits, blocks);
  }

  /** Lets a block be filled again if few rows are left in it, unless it is the one that is being filled. */
  private offer(block: number, filling: number): void {
    if (block === filling || this.rowsOf[block]! > FEW_ROWS || this.waits[block] === 1) return;
    this.waits[block] = 1;
    this.sparse.push(block);
  }

  /** Notes that a block has rows of this time and later ones. */
  note(block: number, timeMs: EventTimeMs): void {
    if (timeMs < this.leastMs[block]!) this.leastMs[block] = timeMs;
  }

  /**
   * Takes back the handles of all rows that are due at the watermark: writes them to `into`, which has room for all, and
   * says how many they are. The caller clears their times.
   */
  due(watermark: WatermarkMs, times: Float64Array, into: Int32Array): number {
    let count = 0;
    for (let block = 0; block < this.count; block++) {
      if (this.leastMs[block]! + this.reachMs <= watermark)
        count = this.dueOf(block, watermark, { times, into, count });
    }
    return count;
  }

  private dueOf(
    block: number,
    watermark: WatermarkMs,
    { times, into, count: before }: { times: Float64Array; into: Int32Array; count: number },
  ): number {
    const { side, reachMs } = this;
    let count = before;
    const end = ((block + 1) << (BLOCK_BITS + 1)) + side;
    for (let item = (block << (BLOCK_BITS + 1)) + side; item < end; item += 2) {
      const timeMs = times[item]!;
      into[count] = item >> 1;
      count += +(timeMs + reachMs <= watermark);
    }
    const due = count - before;
    this.leastMs[block] = due < MANY_DUE ? this.leastOf(block, watermark, times) : watermark - reachMs;
    this.takeBack(block, due);
    return count;
  }

  /** The earliest time in a block of those that are not due. */
  private leastOf(block: number, watermark: WatermarkMs, times: Float64Array): EventTimeMs {
    const { side, reachMs } = this;
    let least = Infinity;
    const end = ((block + 1) << (BLOCK_BITS + 1)) + side;
    for (let item = (block << (BLOCK_BITS + 1)) + side; item < end; item += 2) {
      const timeMs = times[item]!;
      if (timeMs < least && timeMs + reachMs > watermark) least = timeMs;
    }
    return least;
  }

  private takeBack(block: number, rows: number): void {
    this.rowsOf[block]! -= rows;
    this.rows -= rows;
    this.offer(block, this.block);
  }

  /** Takes a handle back, whose time the caller has cleared. */
  release(handle: number): void {
    this.takeBack(blockOf(handle), 1);
  }

  /** Lets a row stay whose handle was taken back just now. */
  keep(handle: number, timeMs: EventTimeMs): void {
    this.rowsOf[blockOf(handle)]!++;
    this.rows++;
    this.note(blockOf(handle), timeMs);
  }
}

export function blockOf(handle: number): number {
  return handle >> BLOCK_BITS;
}
