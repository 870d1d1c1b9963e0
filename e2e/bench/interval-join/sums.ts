import { START_MS } from '../workload.ts';
import type { Pair } from './join-step.ts';

/** Pairs in columns. */
export interface JoinedRows {
  readonly leftKey: Int32Array;
  readonly leftValue: Float64Array;
  readonly leftTs: Float64Array;
  readonly rightKey: Int32Array;
  readonly rightValue: Float64Array;
  readonly rightTs: Float64Array;
}

/** Checksum over all columns of the result, exact and the same in any order of rows. */
export class JoinedSums {
  private rows = 0;
  private leftByKey = 0;
  private rightByKey = 0;
  private products = 0;
  private leftTimes = 0;
  private rightTimes = 0;

  add({ left, right }: Pair): void {
    this.rows++;
    this.leftByKey += (left.key + 1) * left.value;
    this.rightByKey += (right.key + 1) * right.value;
    this.products += left.value * right.value;
    this.leftTimes += left.ts - START_MS;
    this.rightTimes += right.ts - START_MS;
  }

  /** The first `length` rows. */
  addFirst({ leftKey, leftValue, leftTs, rightKey, rightValue, rightTs }: JoinedRows, length: number): void {
    let { leftByKey, rightByKey, products, leftTimes, rightTimes } = this;
    for (let i = 0; i < length; i++) {
      const left = leftValue[i]!;
      const right = rightValue[i]!;
      leftByKey += (leftKey[i]! + 1) * left;
      rightByKey += (rightKey[i]! + 1) * right;
      products += left * right;
      leftTimes += leftTs[i]! - START_MS;
      rightTimes += rightTs[i]! - START_MS;
    }
    this.rows += length;
    this.leftByKey = leftByKey;
    this.rightByKey = rightByKey;
    this.products = products;
    this.leftTimes = leftTimes;
    this.rightTimes = rightTimes;
  }

  checksum(): string {
    const { rows, leftByKey, rightByKey, products, leftTimes, rightTimes } = this;
    return [rows, leftByKey, rightByKey, products, leftTimes, rightTimes].join('/');
  }
}
