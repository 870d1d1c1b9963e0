import type { Round } from '../operator.ts';

/** Where rows stand: the entry of each, and its phase, 0 or 1. */
export interface Positions {
  readonly seq: Float64Array;
  readonly phase: Uint8Array;
}

/**
 * Puts rows of several inputs into the one order that everybody agrees on: by position, then input number, then the order in
 * which they were emitted. By counting rows per position, so that it takes no comparison, however the inputs interleave.
 */
export class MergedOrder {
  private starts = new Int32Array(0);
  /** After `merge`: numbers of the rows in order. */
  order = new Int32Array(0);

  /** `rows` are those of the first input in their order, then those of the second, and so on: `count` in all. */
  merge({ seq, phase }: Positions, count: number, { firstSeq, length }: Pick<Round, 'firstSeq' | 'length'>): void {
    const slots = length * 2;
    if (this.starts.length < slots + 1) this.starts = new Int32Array(slots + 1);
    if (this.order.length < count) this.order = new Int32Array(Math.max(count, this.order.length * 2));
    const { starts, order } = this;
    starts.fill(0, 0, slots + 1);
    for (let i = 0; i < count; i++) starts[(seq[i]! - firstSeq) * 2 + phase[i]! + 1]!++;
    for (let slot = 1; slot <= slots; slot++) starts[slot]! += starts[slot - 1]!;
    for (let i = 0; i < count; i++) order[starts[(seq[i]! - firstSeq) * 2 + phase[i]!]!++] = i;
  }
}
