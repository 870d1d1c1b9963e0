import type { Job } from '../job.ts';
import { nexmarkJobs } from '../nexmark/jobs.ts';
import { workloadJobs } from '../workload-jobs.ts';

/** The jobs that run in a browser, too. */
export const browserJobs: readonly Job[] = [...workloadJobs, ...nexmarkJobs];
