import type { Contender } from '../job.ts';
import type { Workload } from '../workload.ts';
import { DISORDER_MS, KEYS } from '../workload.ts';
import type { JoinedRows } from './sums.ts';
import { JoinedSums } from './sums.ts';

const SPAN_MS = 2000;
/** Rows that a key may keep on a side, a power of two: rows of some seven seconds at one in two seconds. */
const RING = 32;
const BLOCK_ROWS = 8192;
/** An arrival may add a ring's worth of pairs to a block that is nearly full, and writes one row beyond its end. */
const OUT_ROWS = BLOCK_ROWS + RING + 1;

/** Of key k and side s: ring number r = 2k + s, its rows from `2 * RING * r` on, its bounds at `2 * r`. */
interface State {
  /** Time and value of each row, next to each other. */
  readonly rings: Float64Array;
  /** Number of the first row that is still kept, then of the one after the last. */
  readonly bounds: Int32Array;
  readonly maxMs: Float64Array;
  /** Columns of pairs: the left rows' at 0, the right rows' at `OUT_ROWS`. */
  readonly keys: Int32Array;
  readonly values: Float64Array;
  readonly times: Float64Array;
}

function makeState(): State {
  return {
    rings: new Float64Array(KEYS * 2 * RING * 2),
    bounds: new Int32Array(KEYS * 2 * 2),
    maxMs: new Float64Array(2),
    keys: new Int32Array(2 * OUT_ROWS),
    values: new Float64Array(2 * OUT_ROWS),
    times: new Float64Array(2 * OUT_ROWS),
  };
}

function pairsOf({ keys, values, times }: State): JoinedRows {
  return {
    leftKey: keys.subarray(0, OUT_ROWS),
    leftValue: values.subarray(0, OUT_ROWS),
    leftTs: times.subarray(0, OUT_ROWS),
    rightKey: keys.subarray(OUT_ROWS),
    rightValue: values.subarray(OUT_ROWS),
    rightTs: times.subarray(OUT_ROWS),
  };
}

function run({ length, key, value, ts, side }: Workload, state: State, pairs: JoinedRows): string {
  const { rings, bounds, maxMs, keys, values, times } = state;
  const sums = new JoinedSums();
  bounds.fill(0);
  maxMs.fill(-Infinity);
  let watermark = -Infinity;
  let out = 0;
  for (let i = 0; i < length; i++) {
    const t = ts[i]!;
    if (t < watermark) continue;
    const s = side[i]!;
    const k = key[i]!;
    const v = value[i]!;
    if (t > maxMs[s]!) {
      maxMs[s] = t;
      watermark = Math.min(maxMs[0]!, maxMs[1]!) - DISORDER_MS - 1;
    }
    const own = (2 * k + s) << 1;
    const other = own ^ 2;
    // A left row looks from its own time on, a right row as far back; left rows are of use for that much longer.
    const fromMs = t - s * SPAN_MS;
    const toMs = fromMs + SPAN_MS;
    const keepFromMs = watermark - s * SPAN_MS;
    const ownOut = s * OUT_ROWS;
    const otherOut = OUT_ROWS - ownOut;
    let head = bounds[other]!;
    const end = bounds[other + 1]!;
    for (let row = head; row < end; row++) {
      const at = other * RING + ((row & (RING - 1)) << 1);
      const otherMs = rings[at]!;
      keys[ownOut + out] = k;
      values[ownOut + out] = v;
      times[ownOut + out] = t;
      keys[otherOut + out] = k;
      values[otherOut + out] = rings[at + 1]!;
      times[otherOut + out] = otherMs;
      // Without branches: each row is written, a match moves the end on, an outlived one at the head moves the head on.
      out += +(otherMs >= fromMs) & +(otherMs <= toMs);
      head += +(otherMs < keepFromMs) & +(head === row);
    }
    bounds[other] = head;
    const next = bounds[own + 1]!;
    if (next - bounds[own]! >= RING) throw new Error(`key ${k} has more than ${RING} rows on a side`);
    const at = own * RING + ((next & (RING - 1)) << 1);
    rings[at] = t;
    rings[at + 1] = v;
    bounds[own + 1] = next + 1;
    if (out >= BLOCK_ROWS) {
      sums.addFirst(pairs, out);
      out = 0;
    }
  }
  sums.addFirst(pairs, out);
  return sums.checksum();
}

/** By hand, over typed arrays: a ring of rows for each key and side, rows outlived at its head let go on touch. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => {
    const state = makeState();
    const pairs = pairsOf(state);
    return () => run(workload, state, pairs);
  },
};
