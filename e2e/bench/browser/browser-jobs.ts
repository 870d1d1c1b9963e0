import type { Job } from '../job.ts';
import { workloadJobs } from '../workload-jobs.ts';

/** The jobs that run in a browser, too. */
export const browserJobs: readonly Job[] = [...workloadJobs];
