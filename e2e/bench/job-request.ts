import { defined } from '../../src/stream/assert.ts';
import type { Job } from './job.ts';
import type { CpuClock, Effort, JobResult } from './measure.ts';
import { measureJob } from './measure.ts';

/** Asks a process or a worker for one job. */
export interface JobRequest {
  readonly job: string;
  /** The job's own number when null. */
  readonly events: number | null;
  readonly effort: Effort;
  /** Names of the contenders; all when null. */
  readonly lanes: readonly string[] | null;
}

/** What measures one job at a time, each in surroundings that saw no other. */
export interface JobRunner {
  measure(request: JobRequest): Promise<JobResult>;
  close(): Promise<void>;
}

export async function answer(request: JobRequest, jobs: readonly Job[], clock: CpuClock): Promise<JobResult> {
  const { job, events, effort, lanes } = request;
  const found = defined(
    jobs.find(({ name }) => name === job),
    `a job ${job}`,
  );
  const asked = lanes === null ? {} : { lanes: ({ name }: { readonly name: string }) => lanes.includes(name) };
  return measureJob(found, { events: events ?? found.events, effort, clock, ...asked });
}

/** In place of figures: what kept the job from any. */
export function failure(job: string, reason: string): JobResult {
  return { job, unit: 'events/s', measured: [], faults: [`${job}: ${reason}`] };
}
