import { from } from 'rxjs';
import type { Contender } from '../job.ts';
import { MAX_ROW_OBJECTS } from '../job.ts';
import { rowOperator } from '../row-stream.ts';
import { rowsOf } from '../workload.ts';
import type { Pair } from './join-step.ts';
import { JoinStep } from './join-step.ts';
import { JoinedSums } from './sums.ts';

/** Row by row, without a library. */
export const plain: Contender = {
  name: 'plain',
  maxEvents: MAX_ROW_OBJECTS,
  prepare: (workload) => {
    const rows = rowsOf(workload);
    return () => {
      const sums = new JoinedSums();
      const step = new JoinStep(({ left, right }) => sums.add(left, right));
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
      const sums = new JoinedSums();
      from(rows)
        .pipe(rowOperator<Pair>((emit) => new JoinStep(emit)))
        .subscribe(({ left, right }) => sums.add(left, right));
      return sums.checksum();
    };
  },
};
