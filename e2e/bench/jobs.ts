import { filterMapJob } from './filter-map/job.ts';
import { intervalJoinJob } from './interval-join/job.ts';
import type { Job } from './job.ts';
import { tumblingJob } from './tumbling/job.ts';

/** Every job, in the order in which they run. */
export const jobs: readonly Job[] = [filterMapJob, tumblingJob, intervalJoinJob];
