import { from } from 'rxjs';
import type { Contender } from '../job.ts';
import { MAX_ROW_OBJECTS } from '../job.ts';
import { rowOperator } from '../row-stream.ts';
import { rowsOf } from '../workload.ts';
import type { WindowRow } from './sums.ts';
import { WindowSums } from './sums.ts';
import { TumblingStep } from './tumbling-step.ts';

/** Row by row, without a library. */
export const plain: Contender = {
  name: 'plain',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = rowsOf(workload);
    return () => {
      const sums = new WindowSums();
      const step = new TumblingStep((row) => sums.add(row));
      for (const row of rows) step.next(row);
      step.end();
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
      const sums = new WindowSums();
      from(rows)
        .pipe(rowOperator<WindowRow>((emit) => new TumblingStep(emit)))
        .subscribe((row) => sums.add(row));
      return sums.checksum();
    };
  },
};
