import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import { plain, rxjs } from './rows.ts';
import { tidemark } from './tidemark.ts';

/** Sixteen filters and maps over rows of eight fields: eight in a row, then three branches, each with an end of its own. */
export const deepJob = workloadJob('deep', [fused, tidemark, plain, rxjs]);
