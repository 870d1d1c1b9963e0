import { deepJob } from './deep/job.ts';
import { filterMapJob } from './filter-map/job.ts';
import { hoppingJob } from './hopping/job.ts';
import { intervalJoinJob } from './interval-join/job.ts';
import { sessionJob } from './session/job.ts';
import { tumblingJob } from './tumbling/job.ts';
import { tumblingStringJob } from './tumbling-string/job.ts';
import type { WorkloadJob } from './workload-job.ts';

/** Jobs over the events of `makeWorkload`, with the contenders that run anywhere. */
export const workloadJobs: readonly WorkloadJob[] = [
  filterMapJob,
  tumblingJob,
  tumblingStringJob,
  hoppingJob,
  sessionJob,
  intervalJoinJob,
  deepJob,
];
