import { defined } from '../../src/stream/assert.ts';
import type { Job, Lane, Run, Unit } from './job.ts';

const ROUNDS = 7;
/** With slow contenders fewer rounds will do. */
const FEWEST_ROUNDS = 3;
const ENOUGH_MS = 15_000;
/** A fast contender does its job over and over until this much time was spent, so that the clock's grain cannot show. */
const SAMPLE_MS = 100;
const WARM_RUNS = 3;
export interface Measured {
  readonly name: string;
  /** Events or bytes that it was fed with. */
  readonly size: number;
  readonly rounds: number;
  /** Process CPU time of one run, all threads of the process: median over the rounds. */
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
export async function measureJob(job: Job, events: number, rounds = ROUNDS): Promise<JobResult> {
  const expected = new Map<number, string>();
  const faults = new Set<string>();
  const first = defined(job.lanes[0], 'a contender');
  const check: Check = async (running, checksum) => {
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
  const all: Running[] = [];
  for (const lane of job.lanes) {
    const count = Math.min(events, lane.maxEvents);
    const { size, run } = await lane.prepare(count);
    all.push({ lane, events: count, size, run, cpuMs: [], wallMs: [], repeats: 1, checksum: '' });
  }
  for (const running of all) await warmUp(running, check);
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() - startedAt > ENOUGH_MS) break;
    for (const running of all) await sample(running, check);
  }
  return { job: job.name, unit: job.unit, measured: all.map(summary), faults: [...faults] };
}

/** Lets the compiler see the code, and finds out how often it has to run for a sample. */
async function warmUp(running: Running, check: Check): Promise<void> {
  for (let i = 0; i < WARM_RUNS; i++) await check(running, await running.run());
  const startedAt = performance.now();
  await check(running, await running.run());
  const tookMs = performance.now() - startedAt;
  running.repeats = Math.min(50, Math.max(1, Math.ceil(SAMPLE_MS / Math.max(tookMs, 0.01))));
}

/** A forced collection before each sample would throw optimised code away and measure the compiler. */
async function sample(running: Running, check: Check): Promise<void> {
  let checksum = '';
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (let i = 0; i < running.repeats; i++) checksum = await running.run();
  const wallMs = performance.now() - startedAt;
  const cpu = process.cpuUsage(cpuBefore);
  running.wallMs.push(wallMs / running.repeats);
  running.cpuMs.push((cpu.user + cpu.system) / 1000 / running.repeats);
  await check(running, checksum);
}

function summary({ lane, size, cpuMs, wallMs, checksum }: Running): Measured {
  const { name } = lane;
  return { name, size, rounds: cpuMs.length, cpuMs: median(cpuMs), wallMs: median(wallMs), checksum };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
