import type { Contender, Job } from './job.ts';
import { makeJob } from './job.ts';
import { makeWorkload } from './workload.ts';

/** A job over the events of `makeWorkload`. */
export interface WorkloadJob extends Job {
  readonly contenders: readonly Contender[];
}

export function workloadJob(name: string, contenders: readonly Contender[]): WorkloadJob {
  const job = makeJob({ name, input: makeWorkload, size: ({ length }) => length, contenders });
  return { ...job, contenders };
}
