import type { RowSums } from '../row-stream.ts';
import { rowContenders } from '../row-stream.ts';
import { tidemark as integerKeys } from '../tumbling/tidemark.ts';
import { TumblingStep } from '../tumbling/tumbling-step.ts';
import type { WindowRow } from '../windows/window-sums.ts';
import { WindowSums } from '../windows/window-sums.ts';
import { workloadJob } from '../workload-job.ts';
import type { KeyedRow } from '../workload.ts';
import { fused } from './fused.ts';
import { namedRowsOf, numberOf } from './names.ts';
import { tidemark } from './tidemark.ts';

/** Sums of windows whose keys are names. */
function namedSums(): RowSums<WindowRow<string>> {
  const sums = new WindowSums();
  return {
    add: ({ key, startMs, endMs, count, sum }) => sums.add({ key: numberOf(key), startMs, endMs, count, sum }),
    checksum: () => sums.checksum(),
  };
}

const rows = rowContenders<KeyedRow<string>, WindowRow<string>>({
  rows: namedRowsOf,
  step: (emit) => new TumblingStep(emit),
  sums: namedSums,
});

/** As `tumbling`, by names: a text column with a dictionary. `integer-keys` is the engine at `tumbling`. */
export const tumblingStringJob = workloadJob('tumbling-string', [
  fused,
  tidemark,
  { ...integerKeys, name: 'integer-keys' },
  ...rows,
]);
