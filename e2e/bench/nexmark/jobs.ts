import type { Job } from '../job.ts';
import { queries } from './queries.ts';
import { queryJob } from './query-job.ts';

export const nexmarkJobs: readonly Job[] = queries.map(queryJob);
