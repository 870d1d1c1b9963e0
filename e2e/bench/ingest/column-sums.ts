import type { Column } from '../../../src/stream/column.ts';
import { isNull } from '../../../src/stream/column.ts';
import { assert } from '../../../src/stream/assert.ts';

/** Rows after which a row's weight in a sum begins again. */
const WEIGHTS = 64;
const NULL_TEXT = 'NULL';

/**
 * Checksum of columns of values, which sees their order. Rows have to come in file order; a number is NaN where there is
 * none, a text null.
 */
export class ColumnSums {
  private readonly sums: Float64Array;
  private readonly rows: Float64Array;

  constructor(columns: number) {
    this.sums = new Float64Array(columns);
    this.rows = new Float64Array(columns);
  }

  numbers(column: number, values: Float64Array | Int32Array | Uint8Array, length: number): void {
    let sum = this.sums[column]!;
    const before = this.rows[column]!;
    for (let row = 0; row < length; row++) {
      const value = values[row]!;
      sum += (value === value ? value : -7) * (1 + ((before + row) % WEIGHTS));
    }
    this.sums[column] = sum;
    this.rows[column] = before + length;
  }

  texts(column: number, values: readonly (string | null)[], length: number): void {
    let sum = this.sums[column]!;
    const before = this.rows[column]!;
    for (let row = 0; row < length; row++) {
      sum += textWeight(values[row] ?? NULL_TEXT) * (1 + ((before + row) % WEIGHTS));
    }
    this.sums[column] = sum;
    this.rows[column] = before + length;
  }

  /** The columns of a batch. */
  column(index: number, column: Column, length: number): void {
    if (column.kind === 'text') {
      const { ids, dictionary, nulls } = column;
      let sum = this.sums[index]!;
      const before = this.rows[index]!;
      for (let row = 0; row < length; row++) {
        const text = nulls !== null && isNull(nulls, row) ? NULL_TEXT : dictionary[ids[row]!]!;
        sum += textWeight(text) * (1 + ((before + row) % WEIGHTS));
      }
      this.sums[index] = sum;
      this.rows[index] = before + length;
      return;
    }
    assert(column.kind === 'float' || column.kind === 'int' || column.kind === 'bool', 'a column of numbers');
    if (column.nulls === null) {
      this.numbers(index, column.values, length);
      return;
    }
    const values = Float64Array.from(column.values.subarray(0, length));
    for (let row = 0; row < length; row++) if (isNull(column.nulls, row)) values[row] = Number.NaN;
    this.numbers(index, values, length);
  }

  checksum(): string {
    return `${this.rows[0] ?? 0} rows ${[...this.sums].join(' ')}`;
  }
}

function textWeight(text: string): number {
  const { length } = text;
  if (length === 0) return 1;
  return length * 65_537 + text.charCodeAt(0) * 257 + text.charCodeAt(length >> 1) * 17 + text.charCodeAt(length - 1);
}
