import { fork } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { defined } from '../../src/stream/assert.ts';
import { jobs } from './jobs.ts';
import type { Effort, JobResult } from './measure.ts';
import { measureJob } from './measure.ts';

/** The first argument of a process that measures one job. */
export const MEASURE = 'measure';

/** Asks such a process for one job. */
export interface JobRequest {
  readonly job: string;
  /** The job's own number when null. */
  readonly events: number | null;
  readonly effort: Effort;
  /** Names of the contenders; all when null. */
  readonly lanes: readonly string[] | null;
}

/** CPU time of all threads of this process. */
function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Answers the one request that the parent sends. */
export function serveRequest(): void {
  process.once('message', (request) => {
    void answer(request as JobRequest).then((result) => {
      process.send?.(result);
      process.disconnect();
    });
  });
}

async function answer({ job, events, effort, lanes }: JobRequest): Promise<JobResult> {
  const found = defined(
    jobs.find(({ name }) => name === job),
    `a job ${job}`,
  );
  return measureJob(found, {
    events: events ?? found.events,
    effort,
    clock: processCpuMs,
    ...(lanes === null ? {} : { lanes: ({ name }) => lanes.includes(name) }),
  });
}

/**
 * Measures each job in a fresh process: code that saw the types of other jobs is slower, and a heap that held their rows is
 * collected longer. Options of Node (`node --cpu-prof e2e/run.js bench`) reach these processes, too.
 */
export class JobProcesses {
  /** Of its own, because whoever builds the bench meanwhile exchanges the program. */
  private readonly program: string;

  constructor(program: string) {
    this.program = program.replace(/\.js$/, `.${process.pid}.js`);
    copyFileSync(program, this.program);
  }

  measure(request: JobRequest): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      const child = fork(this.program, [MEASURE], { serialization: 'advanced' });
      let result: JobResult | null = null;
      child.on('message', (message) => {
        result = message as JobResult;
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (result !== null && code === 0) resolve(result);
        else reject(new Error(`${request.job}: its process ended with ${code ?? 'a signal'}`));
      });
      child.send(request);
    });
  }

  close(): void {
    rmSync(this.program, { force: true });
  }
}
