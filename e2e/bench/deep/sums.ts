import { START_MS } from '../workload.ts';
import type { WideRow } from './wide.ts';

type IntField = 'key' | 'quantity' | 'region' | 'rank';

/** Rows that left by `large`, `scored` and `heavy`, in columns. */
export type LargeColumns = { readonly [Field in keyof WideRow]: Field extends IntField ? Int32Array : Float64Array };
export type ScoredColumns = Pick<LargeColumns, 'key' | 'ts'> & { readonly score: Float64Array };
export type HeavyColumns = Pick<LargeColumns, 'key' | 'ts' | 'value' | 'weight'>;

/** The same as objects. */
export type LargeRow = WideRow;
export type ScoredRow = Pick<WideRow, 'key' | 'ts'> & { readonly score: number };
export type HeavyRow = Pick<WideRow, 'key' | 'ts' | 'value' | 'weight'>;

/** Low bits of the key weigh what stands in a row, so that values on the wrong row show. */
const KEY_MASK = 15;
/** Low bits of a time are taken, so that products stay exact. */
const TIME_MASK = 0xffff;

/** Rows, keys, and all values of a row with a weight for each: exact, and the same in any order of rows. */
abstract class BranchSums {
  protected rows = 0;
  protected keys = 0;
  protected mixed = 0;

  checksum(): string {
    return [this.rows, this.keys, this.mixed].join('/');
  }

  protected plus(key: number, ts: number, values: number): void {
    this.rows++;
    this.keys += key;
    this.mixed += ((key & KEY_MASK) + 1) * (((ts - START_MS) & TIME_MASK) + values);
  }
}

export class LargeSums extends BranchSums {
  add({ key, value, ts, price, quantity, weight, region, rank }: LargeRow): void {
    this.plus(key, ts, 3 * value + 5 * price + 7 * quantity + 11 * weight + 13 * region + 17 * rank);
  }

  /** The first `length` rows, or those that `selection` lists. */
  addRows(columns: LargeColumns, length: number, selection: Int32Array | null): void {
    const { key, value, ts, price, quantity, weight, region, rank } = columns;
    let { keys, mixed } = this;
    for (let i = 0; i < length; i++) {
      const row = selection === null ? i : selection[i]!;
      const k = key[row]!;
      const time = (ts[row]! - START_MS) & TIME_MASK;
      const doubles = 3 * value[row]! + 5 * price[row]! + 11 * weight[row]!;
      const ints = 7 * quantity[row]! + 13 * region[row]! + 17 * rank[row]!;
      keys += k;
      mixed += ((k & KEY_MASK) + 1) * (time + doubles + ints);
    }
    this.rows += length;
    this.keys = keys;
    this.mixed = mixed;
  }
}

export class ScoredSums extends BranchSums {
  add({ key, ts, score }: ScoredRow): void {
    this.plus(key, ts, 3 * score);
  }

  /** The first `length` rows, or those that `selection` lists. */
  addRows({ key, ts, score }: ScoredColumns, length: number, selection: Int32Array | null): void {
    let { keys, mixed } = this;
    for (let i = 0; i < length; i++) {
      const row = selection === null ? i : selection[i]!;
      const k = key[row]!;
      keys += k;
      mixed += ((k & KEY_MASK) + 1) * (((ts[row]! - START_MS) & TIME_MASK) + 3 * score[row]!);
    }
    this.rows += length;
    this.keys = keys;
    this.mixed = mixed;
  }
}

export class HeavySums extends BranchSums {
  add({ key, ts, value, weight }: HeavyRow): void {
    this.plus(key, ts, 3 * value + 5 * weight);
  }

  /** The first `length` rows, or those that `selection` lists. */
  addRows({ key, ts, value, weight }: HeavyColumns, length: number, selection: Int32Array | null): void {
    let { keys, mixed } = this;
    for (let i = 0; i < length; i++) {
      const row = selection === null ? i : selection[i]!;
      const k = key[row]!;
      keys += k;
      mixed += ((k & KEY_MASK) + 1) * (((ts[row]! - START_MS) & TIME_MASK) + 3 * value[row]! + 5 * weight[row]!);
    }
    this.rows += length;
    this.keys = keys;
    this.mixed = mixed;
  }
}

/** Of the three ends, in the order of the document's sinks. */
export class DeepSums {
  readonly large = new LargeSums();
  readonly scored = new ScoredSums();
  readonly heavy = new HeavySums();

  checksum(): string {
    return [this.large, this.scored, this.heavy].map((branch) => branch.checksum()).join(' ');
  }
}
