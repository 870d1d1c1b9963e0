import { START_MS } from '../workload.ts';

/** Rows of the result in columns: the first `length`, or those that `selection` lists. */
export interface MappedRows {
  readonly key: Int32Array;
  readonly value: Float64Array;
  readonly ts: Float64Array;
}

/** Checksum over all columns of the result, exact and the same in any order of rows. */
export class MappedSums {
  private rows = 0;
  private keys = 0;
  private values = 0;
  private times = 0;
  private valuesByKey = 0;

  add(key: number, value: number, ts: number): void {
    this.rows++;
    this.keys += key;
    this.values += value;
    this.times += ts - START_MS;
    this.valuesByKey += (key + 1) * value;
  }

  addFirst({ key, value, ts }: MappedRows, length: number): void {
    let { keys, values, times, valuesByKey } = this;
    for (let i = 0; i < length; i++) {
      const k = key[i]!;
      const v = value[i]!;
      keys += k;
      values += v;
      times += ts[i]! - START_MS;
      valuesByKey += (k + 1) * v;
    }
    this.rows += length;
    this.keys = keys;
    this.values = values;
    this.times = times;
    this.valuesByKey = valuesByKey;
  }

  addSelected({ key, value, ts }: MappedRows, selection: Int32Array): void {
    let { keys, values, times, valuesByKey } = this;
    for (let i = 0; i < selection.length; i++) {
      const row = selection[i]!;
      const k = key[row]!;
      const v = value[row]!;
      keys += k;
      values += v;
      times += ts[row]! - START_MS;
      valuesByKey += (k + 1) * v;
    }
    this.rows += selection.length;
    this.keys = keys;
    this.values = values;
    this.times = times;
    this.valuesByKey = valuesByKey;
  }

  checksum(): string {
    return [this.rows, this.keys, this.values, this.times, this.valuesByKey].join('/');
  }
}
