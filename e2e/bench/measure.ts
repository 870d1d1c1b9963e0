import { defined } from '../../src/stream/assert.ts';
import type { Job, Lane, Run, Unit } from './job.ts';

/** How much time a job may take. Slow contenders get fewer rounds, fast ones do the job many times a round. */
export interface Effort {
  /** At most and at least so many rounds; between them it ends once `enoughMs` were spent on rounds. */
  readonly rounds: number;
  readonly fewestRounds: number;
  readonly enoughMs: number;
  /** A contender warms up by this many runs, or fewer that take `warmMs`. */
  readonly warmRuns: number;
  readonly warmMs: number;
  /** Does its job over and over until this much time was spent, so that the clock's grain cannot show. */
  readonly sampleMs: number;
}

/** Takes about twelve seconds a job, with what it takes to get ready. */
export const FULL_EFFORT: Effort = {
  rounds: 7,
  fewestRounds: 3,
  enoughMs: 6000,
  warmRuns: 4,
  warmMs: 800,
  sampleMs: 100,
};

/** Time spent by the thread, or the process; what the rates are made of. */
export type CpuClock = () => number;

export interface Measured {
  readonly name: string;
  /** Events or bytes that it was fed with. */
  readonly size: number;
  readonly rounds: number;
  /** CPU time of one run by the clock that was handed in: median over the rounds. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly checksum: string;
}

export interface JobResult {
  readonly job: string;
  readonly unit: Unit;
  readonly measured: readonly Measured[];
  /** What was wrong; empty when every run of every contender gave the same results. */
  readonly faults: readonly string[];
}

/** What of a job is measured, and how. */
export interface Measurement {
  readonly events: number;
  readonly effort: Effort;
  readonly clock: CpuClock;
  /** Which of the contenders; all when left out. */
  readonly lanes?: (lane: Lane) => boolean;
}

/** One contender on its way through the rounds. */
interface Running {
  readonly lane: Lane;
  /** As asked for; `size` is the same in the job's unit. */
  readonly events: number;
  readonly size: number;
  readonly run: Run;
  readonly cpuMs: number[];
  readonly wallMs: number[];
  repeats: number;
  checksum: string;
}

type Check = (running: Running, checksum: string) => Promise<void>;

/** Measures the job's contenders in turns, so that a slow spell of the machine meets all of them. */
export async function measureJob(job: Job, measurement: Measurement): Promise<JobResult> {
  const { events, effort, clock, lanes = () => true } = measurement;
  const faults = new Set<string>();
  const check = checker(job, faults);
  const all: Running[] = [];
  for (const lane of job.lanes.filter(lanes)) {
    const count = Math.min(events, lane.maxEvents);
    const { size, run } = await lane.prepare(count);
    all.push({ lane, events: count, size, run, cpuMs: [], wallMs: [], repeats: 1, checksum: '' });
  }
  for (const running of all) await warmUp(running, effort, check);
  const startedAt = performance.now();
  for (let round = 0; round < effort.rounds; round++) {
    if (round >= effort.fewestRounds && performance.now() - startedAt > effort.enoughMs) break;
    for (const running of all) await check(running, await sample(running, clock));
  }
  return { job: job.name, unit: job.unit, measured: all.map(summary), faults: [...faults] };
}

/** Holds checksums against that of the job's first contender on as many events. */
function checker(job: Job, faults: Set<string>): Check {
  const expected = new Map<number, string>();
  const first = defined(job.lanes[0], 'a contender');
  return async (running, checksum) => {
    running.checksum = checksum;
    let wanted = expected.get(running.events);
    if (wanted === undefined) {
      const { run } = await first.prepare(running.events);
      wanted = await run();
      expected.set(running.events, wanted);
    }
    if (checksum === wanted) return;
    faults.add(`${job.name}: ${running.lane.name} gives ${checksum}, ${first.name} gives ${wanted}`);
  };
}

/** Lets the compiler see the code, and finds out how often it has to run for a sample. */
async function warmUp(running: Running, { warmRuns, warmMs, sampleMs }: Effort, check: Check): Promise<void> {
  const startedAt = performance.now();
  let lastMs = 0;
  for (let i = 0; i < warmRuns && performance.now() - startedAt < warmMs; i++) {
    const before = performance.now();
    const checksum = await running.run();
    lastMs = performance.now() - before;
    await check(running, checksum);
  }
  running.repeats = Math.min(50, Math.max(1, Math.ceil(sampleMs / Math.max(lastMs, 0.01))));
}

/** A forced collection before each sample would throw optimised code away and measure the compiler. */
async function sample(running: Running, clock: CpuClock): Promise<string> {
  let checksum = '';
  const cpuBefore = clock();
  const startedAt = performance.now();
  for (let i = 0; i < running.repeats; i++) checksum = await running.run();
  running.wallMs.push((performance.now() - startedAt) / running.repeats);
  running.cpuMs.push((clock() - cpuBefore) / running.repeats);
  return checksum;
}

function summary({ lane, size, cpuMs, wallMs, checksum }: Running): Measured {
  const { name } = lane;
  return { name, size, rounds: cpuMs.length, cpuMs: median(cpuMs), wallMs: median(wallMs), checksum };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
