import type { Contender } from '../job.ts';
import type { WorkloadJob } from '../workload-job.ts';
import { workloadJob } from '../workload-job.ts';
import { dbIvmFilterMap, dbIvmIntervalJoin, dbIvmTumbling } from './db-ivm.ts';
import {
  duckDbHopping,
  duckDbIntervalJoin,
  duckDbSession,
  duckDbTumbling,
  duckDbTumblingString,
} from './duckdb-jobs.ts';

/** Other engines that do a job of the bench, by job. */
const peers: Readonly<Record<string, readonly Contender[]>> = {
  'filter-map': [dbIvmFilterMap],
  tumbling: [dbIvmTumbling, duckDbTumbling],
  'tumbling-string': [duckDbTumblingString],
  hopping: [duckDbHopping],
  session: [duckDbSession],
  'interval-join': [dbIvmIntervalJoin, duckDbIntervalJoin],
};

/** The job with the other engines that do it. They run in Node alone: the page's policy allows no WebAssembly. */
export function withPeers({ name, contenders }: WorkloadJob): WorkloadJob {
  return workloadJob(name, [...contenders, ...(peers[name] ?? [])]);
}
