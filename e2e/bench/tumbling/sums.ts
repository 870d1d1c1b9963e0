import { START_MS } from '../workload.ts';

/** Rows of the result in columns. */
export interface WindowRows {
  readonly key: Int32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
}

export interface WindowRow {
  readonly key: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly count: number;
  readonly sum: number;
}

/** Checksum over all columns of the result, exact and the same in any order of rows. */
export class WindowSums {
  private rows = 0;
  private counts = 0;
  private sums = 0;
  private sumsByKey = 0;
  /** Counts by the second in which the window begins, and lengths of windows. */
  private countsByStart = 0;
  private lengths = 0;

  add({ key, startMs, endMs, count, sum }: WindowRow): void {
    this.rows++;
    this.counts += count;
    this.sums += sum;
    this.sumsByKey += (key + 1) * sum;
    this.countsByStart += ((startMs - START_MS) / 1000) * count;
    this.lengths += endMs - startMs;
  }

  /** The first `length` rows. */
  addFirst({ key, startMs, endMs, count, sum }: WindowRows, length: number): void {
    let { counts, sums, sumsByKey, countsByStart, lengths } = this;
    for (let i = 0; i < length; i++) {
      counts += count[i]!;
      sums += sum[i]!;
      sumsByKey += (key[i]! + 1) * sum[i]!;
      countsByStart += ((startMs[i]! - START_MS) / 1000) * count[i]!;
      lengths += endMs[i]! - startMs[i]!;
    }
    this.rows += length;
    this.counts = counts;
    this.sums = sums;
    this.sumsByKey = sumsByKey;
    this.countsByStart = countsByStart;
    this.lengths = lengths;
  }

  checksum(): string {
    return [this.rows, this.counts, this.sums, this.sumsByKey, this.countsByStart, this.lengths].join('/');
  }
}
