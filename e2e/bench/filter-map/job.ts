import { workloadJob } from '../workload-job.ts';
import { fused } from './fused.ts';
import { plain, rxjs } from './rows.ts';
import { tidemark } from './tidemark.ts';

/** value >= 5000 → value * 2 + 1, over rows of three columns. */
export const filterMapJob = workloadJob('filter-map', [fused, tidemark, plain, rxjs]);
