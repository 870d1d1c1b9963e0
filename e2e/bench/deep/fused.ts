import type { Contender } from '../job.ts';
import type { HeavyColumns, LargeColumns, ScoredColumns } from './sums.ts';
import { DeepSums } from './sums.ts';
import type { Wide } from './wide.ts';
import { wideOf } from './wide.ts';

const BLOCK_ROWS = 2048;
/** A row that does not pass is written, too, behind the last one that does. */
const OUT_ROWS = BLOCK_ROWS + 1;

interface Columns {
  readonly large: LargeColumns;
  readonly scored: ScoredColumns;
  readonly heavy: HeavyColumns;
}

interface State extends Columns {
  readonly sums: DeepSums;
}

function makeColumns(): Columns {
  const ints = (): Int32Array => new Int32Array(OUT_ROWS);
  const doubles = (): Float64Array => new Float64Array(OUT_ROWS);
  return {
    large: {
      key: ints(),
      value: doubles(),
      ts: doubles(),
      price: doubles(),
      quantity: ints(),
      weight: doubles(),
      region: ints(),
      rank: ints(),
    },
    scored: { key: ints(), ts: doubles(), score: doubles() },
    heavy: { key: ints(), ts: doubles(), value: doubles(), weight: doubles() },
  };
}

/** Rows from `from` on, up to a block of them, through all sixteen steps. */
function block(rows: Wide, from: number, to: number, { large, scored, heavy, sums }: State): void {
  const { key, value, ts, price, quantity, weight, region, rank } = rows;
  let larges = 0;
  let scores = 0;
  let heavies = 0;
  for (let i = from; i < to; i++) {
    const v = value[i]!;
    const q = quantity[i]!;
    const r = region[i]!;
    const n = rank[i]!;
    if (v < 300 || q >= 48 || r === 7 || n <= 4) continue;
    const k = key[i]!;
    const t = ts[i]!;
    const doubled = v * 2 + 1;
    const total = price[i]! * q + weight[i]!;
    const load = weight[i]! + doubled;
    const score = total + load * 2;
    const rest = doubled * 3 - total;
    // Written without branches: only a row that passes moves the end on.
    large.key[larges] = k;
    large.value[larges] = doubled - load * 2;
    large.ts[larges] = t;
    large.price[larges] = total;
    large.quantity[larges] = q;
    large.weight[larges] = load;
    large.region[larges] = r;
    large.rank[larges] = n * 3 + r;
    larges += +(total > 20_000);
    scored.key[scores] = k;
    scored.ts[scores] = t;
    scored.score[scores] = score - 40_000;
    scores += +(score > 40_000);
    heavy.key[heavies] = k;
    heavy.ts[heavies] = t;
    heavy.value[heavies] = rest;
    heavy.weight[heavies] = load - 12_000;
    heavies += +(load >= 12_000) & +(rest > 20_000);
  }
  sums.large.addRows(large, larges, null);
  sums.scored.addRows(scored, scores, null);
  sums.heavy.addRows(heavy, heavies, null);
}

/** By hand, over typed arrays: one loop for sixteen steps. */
export const fused: Contender = {
  name: 'fused',
  prepare: (workload) => {
    const rows = wideOf(workload);
    const columns = makeColumns();
    return () => {
      const sums = new DeepSums();
      const state = { ...columns, sums };
      for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
        block(rows, from, Math.min(from + BLOCK_ROWS, rows.length), state);
      }
      return sums.checksum();
    };
  },
};
