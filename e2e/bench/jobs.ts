import { ingestJobs } from './ingest/jobs.ts';
import type { Job } from './job.ts';
import { nexmarkJobs } from './nexmark/jobs.ts';
import { withPeers } from './peers/peers.ts';
import { snapshotJob } from './snapshot.ts';
import { workloadJobs } from './workload-jobs.ts';

/** Every job, in the order in which they run. */
export const jobs: readonly Job[] = [...workloadJobs.map(withPeers), ...nexmarkJobs, ...ingestJobs, snapshotJob];
