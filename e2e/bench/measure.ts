import { defined } from '../../src/stream/assert.ts';
import type { Job, Unit } from './job.ts';
import type { Effort, OpenTrack, Sample, Track } from './track.ts';

/** Takes some ten seconds a job, with what it takes to get ready. */
export const FULL_EFFORT: Effort = {
  rounds: 7,
  fewestRounds: 3,
  enoughMs: 4000,
  warmRuns: 1000,
  fewestWarmRuns: 3,
  warmMs: 1000,
  sampleMs: 100,
};

export interface Measured {
  readonly name: string;
  /** Events or bytes that it was fed with. */
  readonly size: number;
  readonly rounds: number;
  /** Of one run: median over the rounds. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly checksum: string;
}

export interface JobResult {
  readonly job: string;
  readonly unit: Unit;
  readonly measured: readonly Measured[];
  /** What was wrong; empty when every sample of every contender gave the same results. */
  readonly faults: readonly string[];
}

/** What of a job is measured, and how. */
export interface Measurement {
  readonly events: number;
  readonly effort: Effort;
  /** Names of contenders; all when null. */
  readonly lanes: readonly string[] | null;
  readonly open: OpenTrack;
}

/** One contender on its way through the rounds. */
interface Running {
  readonly name: string;
  /** As asked for; the track's size is the same in the job's unit. */
  readonly events: number;
  readonly track: Track;
  readonly samples: Sample[];
}

/** Measures the job's contenders in turns, so that a slow spell of the machine meets all of them. */
export async function measureJob(job: Job, measurement: Measurement): Promise<JobResult> {
  const { name, unit } = job;
  const all: Running[] = [];
  try {
    all.push(...(await openAll(job, measurement)));
    await runRounds(all, measurement.effort);
    const faults = await faultsOf(job, all, measurement);
    return { job: name, unit, measured: all.map(summary), faults };
  } catch (error) {
    return { job: name, unit, measured: [], faults: [`${name}: ${String(error)}`] };
  } finally {
    for (const { track } of all) await track.close();
  }
}

function openAll(job: Job, { events, effort, lanes, open }: Measurement): Promise<readonly Running[]> {
  const asked = job.lanes.filter(({ name }) => lanes === null || lanes.includes(name));
  return Promise.all(
    asked.map(async ({ name, maxEvents }): Promise<Running> => {
      const count = Math.min(events, maxEvents);
      return {
        name,
        events: count,
        track: await open({ job: job.name, lane: name, events: count, effort }),
        samples: [],
      };
    }),
  );
}

async function runRounds(all: readonly Running[], { rounds, fewestRounds, enoughMs }: Effort): Promise<void> {
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= fewestRounds && performance.now() - startedAt > enoughMs) break;
    for (const { track, samples } of all) samples.push(await track.sample());
  }
}

/** Holds checksums against that of the job's first contender on as many events. */
async function faultsOf(job: Job, all: readonly Running[], { effort, open }: Measurement): Promise<readonly string[]> {
  const first = defined(job.lanes[0], 'a contender').name;
  const expected = new Map<number, string>();
  const faults = new Set<string>();
  for (const { name, events, samples } of all) {
    const wanted = expected.get(events) ?? (await checksumOf(first, events));
    expected.set(events, wanted);
    for (const { checksum } of samples) {
      if (checksum !== wanted) faults.add(`${job.name}: ${name} gives ${checksum}, ${first} gives ${wanted}`);
    }
  }
  return [...faults];

  async function checksumOf(lane: string, events: number): Promise<string> {
    const measured = all.find((one) => one.name === lane && one.events === events)?.samples[0];
    if (measured !== undefined) return measured.checksum;
    const track = await open({ job: job.name, lane, events, effort: { ...effort, warmRuns: 1, fewestWarmRuns: 1 } });
    const { checksum } = await track.sample();
    await track.close();
    return checksum;
  }
}

function summary({ name, track, samples }: Running): Measured {
  return {
    name,
    size: track.size,
    rounds: samples.length,
    cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    wallMs: median(samples.map(({ wallMs }) => wallMs)),
    checksum: samples.at(-1)?.checksum ?? '',
  };
}

/** The upper one of two; NaN of no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
