import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { jobs } from './jobs.ts';
import type { Answer, Order } from './orders.ts';
import { keeper, keptTrack } from './orders.ts';
import type { Track, TrackRequest } from './track.ts';

/** The first argument of a process that keeps one contender. */
export const CONTENDER = 'contender';

/** CPU time of all threads of this process. */
function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Keeps one contender for the parent until it hangs up. */
export function serveContender(): void {
  const keep = keeper(jobs, processCpuMs);
  process.on('message', (order) => {
    void keep(order as Order).then((answer) => process.send?.(answer));
  });
}

/**
 * Keeps each contender in a process of its own: code that saw other types is slower, and a heap that holds millions of row
 * objects is collected at the cost of whoever runs then. Options of Node (`node --cpu-prof e2e/run.js bench`) reach these
 * processes, too.
 */
export class TrackProcesses {
  /** Of its own, because whoever builds the bench meanwhile exchanges the program. */
  private readonly program: string;

  constructor(program: string) {
    this.program = program.replace(/\.js$/, `.${process.pid}.js`);
    copyFileSync(program, this.program);
  }

  open(request: TrackRequest): Promise<Track> {
    const child = fork(this.program, [CONTENDER]);
    return keptTrack(
      request,
      (order) => tell(child, order),
      () => hangUp(child),
    );
  }

  close(): void {
    rmSync(this.program, { force: true });
  }
}

function tell(child: ChildProcess, order: Order): Promise<Answer> {
  return new Promise((resolve) => {
    const ended = (code: number | null): void => resolve({ error: `its process ended with ${code ?? 'a signal'}` });
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Answer);
    });
    child.send(order);
  });
}

function hangUp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.disconnect();
  });
}
