import { START_MS } from '../workload.ts';

/** Rows of the result in columns. */
export interface WindowRows {
  readonly key: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
}

/** Count and sum of a key in [startMs, endMs). */
export interface WindowRow<Key = number> {
  readonly key: Key;
  readonly startMs: number;
  readonly endMs: number;
  readonly count: number;
  readonly sum: number;
}

/** Start times go into the sums below this power of two, so that their products stay exact. */
const START_MASK = 0xffff;

/** Checksum over all columns of the result, exact and the same in any order of rows. */
export class WindowSums {
  private rows = 0;
  private counts = 0;
  private sums = 0;
  private sumsByKey = 0;
  private countsByStart = 0;
  private starts = 0;
  private lengths = 0;

  add({ key, startMs, endMs, count, sum }: WindowRow): void {
    const start = startMs - START_MS;
    this.rows++;
    this.counts += count;
    this.sums += sum;
    this.sumsByKey += (key + 1) * sum;
    this.countsByStart += (start & START_MASK) * count;
    this.starts += start;
    this.lengths += endMs - startMs;
  }

  /** The first `length` rows. */
  addFirst({ key, startMs, endMs, count, sum }: WindowRows, length: number): void {
    let { counts, sums, sumsByKey, countsByStart, starts, lengths } = this;
    for (let i = 0; i < length; i++) {
      const start = startMs[i]! - START_MS;
      counts += count[i]!;
      sums += sum[i]!;
      sumsByKey += (key[i]! + 1) * sum[i]!;
      countsByStart += (start & START_MASK) * count[i]!;
      starts += start;
      lengths += endMs[i]! - startMs[i]!;
    }
    this.rows += length;
    this.counts = counts;
    this.sums = sums;
    this.sumsByKey = sumsByKey;
    this.countsByStart = countsByStart;
    this.starts = starts;
    this.lengths = lengths;
  }

  checksum(): string {
    const { rows, counts, sums, sumsByKey, countsByStart, starts, lengths } = this;
    return [rows, counts, sums, sumsByKey, countsByStart, starts, lengths].join('/');
  }
}
