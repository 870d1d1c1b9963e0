import { filter, from, map } from 'rxjs';
import type { Contender } from '../job.ts';
import { MAX_ROW_OBJECTS } from '../job.ts';
import { rowsOf } from '../workload.ts';
import { MappedSums } from './sums.ts';

/** Row by row, without a library. */
export const plain: Contender = {
  name: 'plain',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = rowsOf(workload);
    return () => {
      const sums = new MappedSums();
      for (const row of rows) {
        if (row.value < 5000) continue;
        const mapped = { key: row.key, value: row.value * 2 + 1, ts: row.ts };
        sums.add(mapped.key, mapped.value, mapped.ts);
      }
      return sums.checksum();
    };
  },
};

export const rxjs: Contender = {
  name: 'rxjs',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = rowsOf(workload);
    return () => {
      const sums = new MappedSums();
      from(rows)
        .pipe(
          filter((row) => row.value >= 5000),
          map((row) => ({ key: row.key, value: row.value * 2 + 1, ts: row.ts })),
        )
        .subscribe(({ key, value, ts }) => sums.add(key, value, ts));
      return sums.checksum();
    };
  },
};
