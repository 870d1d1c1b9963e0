import { Random } from '../../src/stream/random.ts';

/** Event time of the first event: a multiple of every window size. */
export const START_MS = Date.UTC(2026, 0, 1);
export const KEYS = 1000;
/** Most by which an arrival is later than its event, which is also how long the watermark waits. */
export const DISORDER_MS = 5000;
const SEED = 42;

/**
 * The events of every job, in columns, in order of arrival.
 *
 * One event a millisecond of event time, keys uniform, values whole numbers in doubles so that sums are exact in any
 * order. An event arrives up to `DISORDER_MS` after its time; equal arrivals keep the order of their times. `side` is 0
 * and 1 by turns in event time.
 */
export interface Workload {
  readonly length: number;
  readonly key: Int32Array;
  readonly value: Float64Array;
  readonly ts: Float64Array;
  readonly arrival: Float64Array;
  readonly side: Uint8Array;
}

/** What a keyed step looks at. */
export interface KeyedRow<Key> {
  readonly key: Key;
  readonly value: number;
  readonly ts: number;
}

/** One event as a user's own code would hold it. */
export interface EventRow extends KeyedRow<number> {
  readonly side: number;
}

export function makeWorkload(length: number): Workload {
  const random = new Random(SEED);
  const keys = new Int32Array(length);
  const values = new Float64Array(length);
  const arrivals = new Float64Array(length);
  const firstAt = new Uint32Array(length + DISORDER_MS + 1);
  for (let i = 0; i < length; i++) {
    keys[i] = random.below(KEYS);
    values[i] = random.below(10_000);
    arrivals[i] = i + random.below(DISORDER_MS);
    firstAt[arrivals[i]! + 1]!++;
  }
  for (let t = 1; t < firstAt.length; t++) firstAt[t]! += firstAt[t - 1]!;
  const workload: Workload = {
    length,
    key: new Int32Array(length),
    value: new Float64Array(length),
    ts: new Float64Array(length),
    arrival: new Float64Array(length),
    side: new Uint8Array(length),
  };
  for (let i = 0; i < length; i++) {
    const place = firstAt[arrivals[i]!]!++;
    workload.key[place] = keys[i]!;
    workload.value[place] = values[i]!;
    workload.ts[place] = START_MS + i;
    workload.arrival[place] = START_MS + arrivals[i]!;
    workload.side[place] = i & 1;
  }
  return workload;
}

const rowsByWorkload = new WeakMap<Workload, readonly EventRow[]>();

/** The same rows for whoever asks: they are many. */
export function rowsOf(workload: Workload): readonly EventRow[] {
  const known = rowsByWorkload.get(workload);
  if (known !== undefined) return known;
  const { length, key, value, ts, side } = workload;
  const rows: EventRow[] = [];
  for (let i = 0; i < length; i++) rows.push({ key: key[i]!, value: value[i]!, ts: ts[i]!, side: side[i]! });
  rowsByWorkload.set(workload, rows);
  return rows;
}
