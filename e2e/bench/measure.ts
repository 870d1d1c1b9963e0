import type { Contender, Job } from './job.ts';
import type { Workload } from './workload.ts';
import { makeWorkload } from './workload.ts';

const ROUNDS = 7;
/** With slow contenders fewer rounds will do. */
const FEWEST_ROUNDS = 3;
const ENOUGH_MS = 15_000;
/** A fast contender does its job over and over until this much time was spent, so that the clock's grain cannot show. */
const SAMPLE_MS = 100;
const WARM_RUNS = 3;
export interface Measured {
  readonly name: string;
  readonly events: number;
  /** Process CPU time of one run, all threads of the process: median over the rounds. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly checksum: string;
}

export interface JobResult {
  readonly job: string;
  readonly measured: readonly Measured[];
  /** What was wrong; empty when every run of every contender gave the same results. */
  readonly faults: readonly string[];
}

/** One contender on its way through the rounds. */
interface Lane {
  readonly contender: Contender;
  readonly workload: Workload;
  readonly run: () => string;
  readonly cpuMs: number[];
  readonly wallMs: number[];
  repeats: number;
  checksum: string;
}

/** Measures the job's contenders in turns, so that a slow spell of the machine meets all of them. */
export function measureJob(job: Job, events: number, rounds = ROUNDS): JobResult {
  const workloads = new Map<number, Workload>();
  const expected = new Map<number, string>();
  const faults = new Set<string>();
  const first = job.contenders[0];
  const workloadOf = (length: number): Workload => {
    const workload = workloads.get(length) ?? makeWorkload(length);
    workloads.set(length, workload);
    return workload;
  };
  const check = (lane: Lane, checksum: string): void => {
    const { length } = lane.workload;
    const wanted = expected.get(length) ?? first?.prepare(lane.workload)() ?? checksum;
    expected.set(length, wanted);
    lane.checksum = checksum;
    if (checksum === wanted) return;
    faults.add(`${job.name}: ${lane.contender.name} gives ${checksum}, ${first?.name ?? 'nobody'} gives ${wanted}`);
  };
  const lanes = job.contenders.map((contender): Lane => {
    const workload = workloadOf(Math.min(events, contender.maxEvents ?? events));
    const run = contender.prepare(workload);
    return { contender, workload, run, cpuMs: [], wallMs: [], repeats: 1, checksum: '' };
  });
  for (const lane of lanes) warmUp(lane, check);
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() - startedAt > ENOUGH_MS) break;
    for (const lane of lanes) sample(lane, check);
  }
  return { job: job.name, measured: lanes.map(summary), faults: [...faults] };
}

type Check = (lane: Lane, checksum: string) => void;

/** Lets the compiler see the code, and finds out how often it has to run for a sample. */
function warmUp(lane: Lane, check: Check): void {
  for (let i = 0; i < WARM_RUNS; i++) check(lane, lane.run());
  const startedAt = performance.now();
  check(lane, lane.run());
  const tookMs = performance.now() - startedAt;
  lane.repeats = Math.min(50, Math.max(1, Math.ceil(SAMPLE_MS / Math.max(tookMs, 0.01))));
}

/** A forced collection before each sample would throw optimised code away and measure the compiler. */
function sample(lane: Lane, check: Check): void {
  let checksum = '';
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (let i = 0; i < lane.repeats; i++) checksum = lane.run();
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  lane.wallMs.push(wallMs / lane.repeats);
  lane.cpuMs.push((cpu.user + cpu.system) / 1000 / lane.repeats);
  check(lane, checksum);
}

function summary({ contender, workload, cpuMs, wallMs, checksum }: Lane): Measured {
  return { name: contender.name, events: workload.length, cpuMs: median(cpuMs), wallMs: median(wallMs), checksum };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
