import { fork } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import type { JobRequest, JobRunner } from './job-request.ts';
import { answer, failure } from './job-request.ts';
import { jobs } from './jobs.ts';
import type { JobResult } from './measure.ts';

/** The first argument of a process that measures one job. */
export const MEASURE = 'measure';

/** CPU time of all threads of this process. */
function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Answers the one request that the parent sends. */
export function serveRequest(): void {
  process.once('message', (request) => {
    void answer(request as JobRequest, jobs, processCpuMs).then((result) => {
      process.send?.(result);
      process.disconnect();
    });
  });
}

/**
 * Measures each job in a fresh process: code that saw the types of other jobs is slower, and a heap that held their rows is
 * collected longer. Options of Node (`node --cpu-prof e2e/run.js bench`) reach these processes, too.
 */
export class JobProcesses implements JobRunner {
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
        resolve(result ?? failure(request.job, `its process ended with ${code ?? 'a signal'}`));
      });
      child.send(request);
    });
  }

  close(): Promise<void> {
    rmSync(this.program, { force: true });
    return Promise.resolve();
  }
}
