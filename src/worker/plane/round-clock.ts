import type { Moment } from './pane-stretches.ts';

/** What windows go by over a round: a step function that never goes back. */
export class RoundClock {
  readonly before: number;
  private readonly values: Float64Array;
  private readonly firstSeq: number;
  private readonly at: Float64Array;

  /** `values[i]` holds after entry `firstSeq + i`, which was processed at `at[i]`. */
  constructor(before: number, values: Float64Array, round: { readonly firstSeq: number; readonly at: Float64Array }) {
    this.before = before;
    this.values = values;
    this.firstSeq = round.firstSeq;
    this.at = round.at;
  }

  get last(): number {
    return this.values[this.values.length - 1] ?? this.before;
  }

  beforeEntry(seq: number): number {
    return seq <= this.firstSeq ? this.before : this.after(seq - 1);
  }

  after(seq: number): number {
    return this.values[seq - this.firstSeq] ?? this.last;
  }

  /** The entry with which the clock came to `value`; the first of the round if it was there before. */
  momentOf(value: number): Moment {
    let low = 0;
    let high = this.values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.values[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return { seq: this.firstSeq + low, atMs: this.at[low] ?? Number.NaN };
  }
}
