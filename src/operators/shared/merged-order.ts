import type { Round } from '../operator.ts';

/** Where rows stand: the entry of each, and its phase, 0 or 1. */
export interface Positions {
  readonly seq: Float64Array;
  readonly phase: Uint8Array;
}

type Span = Pick<Round, 'firstSeq' | 'length'>;

/**
 * Puts rows of several inputs into the one order that everybody agrees on: by position, then input number, then the order in
 * which they were emitted. By the numbers of their entries, so that it takes no comparison, however the inputs interleave.
 */
export class MergedOrder {
  private slots = new Int32Array(0);
  /** After `merge`: numbers of the rows in order. */
  order = new Int32Array(0);

  /** `rows` are those of the first input in their order, then those of the second, and so on: `count` in all. */
  merge(rows: Positions, count: number, round: Span): void {
    if (this.slots.length < round.length * 2 + 1) this.slots = new Int32Array(round.length * 2 + 1);
    // One beyond the last row is written where there are gaps.
    if (this.order.length < count + 1) this.order = new Int32Array(Math.max(count + 1, this.order.length * 2));
    if (!this.mergeSingle(rows, count, round)) this.mergeMany(rows, count, round);
  }

  /** The common case: rows of phase 0, no two of the same entry. False where it is another. */
  private mergeSingle({ seq, phase }: Positions, count: number, { firstSeq, length }: Span): boolean {
    const { slots, order } = this;
    slots.fill(-1, 0, length);
    let phases = 0;
    for (let i = 0; i < count; i++) {
      slots[seq[i]! - firstSeq] = i;
      phases |= phase[i]!;
    }
    if (phases !== 0) return false;
    let next = 0;
    for (let slot = 0; slot < length; slot++) {
      const row = slots[slot]!;
      order[next] = row;
      next += +(row >= 0);
    }
    return next === count;
  }

  /** By counting the rows of each position. */
  private mergeMany({ seq, phase }: Positions, count: number, { firstSeq, length }: Span): void {
    const { slots, order } = this;
    slots.fill(0, 0, length * 2 + 1);
    for (let i = 0; i < count; i++) slots[(seq[i]! - firstSeq) * 2 + phase[i]! + 1]!++;
    for (let slot = 1; slot <= length * 2; slot++) slots[slot]! += slots[slot - 1]!;
    for (let i = 0; i < count; i++) order[slots[(seq[i]! - firstSeq) * 2 + phase[i]!]!++] = i;
  }
}
