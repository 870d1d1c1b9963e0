import type { Workload } from '../workload.ts';

/** The workload's events with eight fields. All values are whole numbers, so that sums are exact in any order. */
export interface Wide {
  readonly length: number;
  readonly key: Int32Array;
  readonly value: Float64Array;
  readonly ts: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Int32Array;
  readonly weight: Float64Array;
  readonly region: Int32Array;
  readonly rank: Int32Array;
}

export interface WideRow {
  readonly key: number;
  readonly value: number;
  readonly ts: number;
  readonly price: number;
  readonly quantity: number;
  readonly weight: number;
  readonly region: number;
  readonly rank: number;
}

const wideByWorkload = new WeakMap<Workload, Wide>();

/** The same for whoever asks. */
export function wideOf(workload: Workload): Wide {
  const known = wideByWorkload.get(workload);
  if (known !== undefined) return known;
  const { length, key, value, ts } = workload;
  const made: Wide = {
    length,
    key,
    value,
    ts,
    price: new Float64Array(length),
    quantity: new Int32Array(length),
    weight: new Float64Array(length),
    region: new Int32Array(length),
    rank: new Int32Array(length),
  };
  for (let i = 0; i < length; i++) {
    const k = key[i]!;
    const v = value[i]!;
    made.price[i] = 100 + ((v * 3 + k) % 900);
    made.quantity[i] = v % 50;
    made.weight[i] = v % 997;
    made.region[i] = k % 8;
    made.rank[i] = (k * 7 + v) % 100;
  }
  wideByWorkload.set(workload, made);
  return made;
}

export function wideRowsOf(workload: Workload): readonly WideRow[] {
  const { length, key, value, ts, price, quantity, weight, region, rank } = wideOf(workload);
  const rows: WideRow[] = [];
  for (let i = 0; i < length; i++) {
    rows.push({
      key: key[i]!,
      value: value[i]!,
      ts: ts[i]!,
      price: price[i]!,
      quantity: quantity[i]!,
      weight: weight[i]!,
      region: region[i]!,
      rank: rank[i]!,
    });
  }
  return rows;
}
