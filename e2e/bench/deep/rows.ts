import { Subject, filter, from, map } from 'rxjs';
import type { Contender } from '../job.ts';
import { MAX_ROW_OBJECTS } from '../job.ts';
import { DeepSums } from './sums.ts';
import type { WideRow } from './wide.ts';
import { wideRowsOf } from './wide.ts';

/** Row by row in one loop, without a library; an object for each result. */
export const plain: Contender = {
  name: 'plain',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = wideRowsOf(workload);
    return () => {
      const sums = new DeepSums();
      for (const { key, ts, quantity, region, ...row } of rows) {
        if (row.value < 300 || quantity >= 48 || region === 7 || row.rank <= 4) continue;
        const value = row.value * 2 + 1;
        const price = row.price * quantity + row.weight;
        const weight = row.weight + value;
        const rank = row.rank * 3 + region;
        if (price > 20_000) {
          sums.large.add({ key, value: value - weight * 2, ts, price, quantity, weight, region, rank });
        }
        const score = price + weight * 2;
        if (score > 40_000) sums.scored.add({ key, ts, score: score - 40_000 });
        if (weight < 12_000) continue;
        const heavy = value * 3 - price;
        if (heavy > 20_000) sums.heavy.add({ key, ts, value: heavy, weight: weight - 12_000 });
      }
      return sums.checksum();
    };
  },
};

/** An operator of the library for each step, as its users write them; the trunk runs once for all branches. */
export const rxjs: Contender = {
  name: 'rxjs',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = wideRowsOf(workload);
    return () => {
      const sums = new DeepSums();
      const fork = new Subject<WideRow>();
      fork
        .pipe(
          filter((row) => row.price > 20_000),
          map((row) => ({ ...row, value: row.value - row.weight * 2 })),
        )
        .subscribe((row) => sums.large.add(row));
      fork
        .pipe(
          map(({ key, ts, price, weight }) => ({ key, ts, score: price + weight * 2 })),
          filter((row) => row.score > 40_000),
          map((row) => ({ ...row, score: row.score - 40_000 })),
        )
        .subscribe((row) => sums.scored.add(row));
      fork
        .pipe(
          filter((row) => row.weight >= 12_000),
          map(({ key, ts, value, price, weight }) => ({ key, ts, value: value * 3 - price, weight: weight - 12_000 })),
          filter((row) => row.value > 20_000),
        )
        .subscribe((row) => sums.heavy.add(row));
      from(rows)
        .pipe(
          filter((row) => row.value >= 300),
          map((row) => ({ ...row, value: row.value * 2 + 1 })),
          filter((row) => row.quantity < 48),
          map((row) => ({ ...row, price: row.price * row.quantity + row.weight })),
          filter((row) => row.region !== 7),
          map((row) => ({ ...row, weight: row.weight + row.value })),
          filter((row) => row.rank > 4),
          map((row) => ({ ...row, rank: row.rank * 3 + row.region })),
        )
        .subscribe(fork);
      return sums.checksum();
    };
  },
};
