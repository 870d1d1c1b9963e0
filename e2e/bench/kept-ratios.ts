import type { Job } from './job.ts';
import type { JobResult } from './measure.ts';
import { rateIn } from './rate.ts';
import type { Effort } from './track.ts';

/** How many times as fast as something else the engine is. NaN where there is nothing to hold it against. */
export interface Ratios {
  /** Beside the job's reference column. */
  readonly reference: number;
  /** Beside the pace of the machine: see `paceOf`. */
  readonly pace: number;
}

/** Ratios by job. */
export type KeptRatios = Readonly<Record<string, Ratios>>;

/** Events or bytes per second of CPU time that one measurement of a job found; NaN when a checksum was wrong. */
export interface Rates {
  readonly engine: number;
  readonly reference: number;
}

/** A ratio may fall to this part of the kept one: below it is more than the noise of a shared machine. */
const MAY_FALL_TO = 0.75;

/** Three interleaved rounds, some four seconds a job; with less warmth the compiler would be measured. */
export const CHECK_EFFORT: Effort = {
  rounds: 3,
  fewestRounds: 3,
  enoughMs: 1500,
  warmRuns: 1000,
  fewestWarmRuns: 3,
  warmMs: 1200,
  sampleMs: 100,
};
export const CHECK_EVENTS = 1_000_000;

/** Columns that the engine is held against, best first. */
const REFERENCES = ['fused', 'plain', 'papaparse', 'json-parse', 'copy'];

/** The job's reference column; undefined when it has none. */
export function referenceOf(job: Pick<Job, 'lanes'>): string | undefined {
  return REFERENCES.find((name) => job.lanes.some((lane) => lane.name === name));
}

export function ratesOf(result: JobResult, reference: string): Rates {
  if (result.faults.length > 0) return { engine: Number.NaN, reference: Number.NaN };
  return {
    engine: rateIn(result, 'tidemark') ?? Number.NaN,
    reference: rateIn(result, reference) ?? Number.NaN,
  };
}

/**
 * How fast the machine is: the geometric mean of the steady references' rates; NaN without one. The compiler makes one of
 * several codes of some references, which then are up to 1.8 times as fast as in the next process while the engine's rate
 * stays what it was; a job whose reference had such a day is known by its ratio to the pace.
 */
export function paceOf(steady: readonly Rates[]): number {
  return Math.exp(steady.reduce((sum, { reference }) => sum + Math.log(reference), 0) / steady.length);
}

export function ratiosOf({ engine, reference }: Rates, pace: number): Ratios {
  return { reference: engine / reference, pace: engine / pace };
}

/** What `checkRatios` says of a job. `unknown`: no ratios are kept for it. */
export type RatioVerdict = 'holds' | 'fell' | 'unknown';

/** A job fell when both of its ratios did: an engine that became slower did so beside everything. */
export function checkRatios(job: string, { reference, pace }: Ratios, kept: KeptRatios): RatioVerdict {
  const before = kept[job];
  if (before === undefined) return 'unknown';
  return reference >= before.reference * MAY_FALL_TO || pace >= before.pace * MAY_FALL_TO ? 'holds' : 'fell';
}

/** A job that fell is measured so often at most, and its best ratios count: compilers have two minds about some loops. */
const MOST_TIMES = 5;

/** What is measured, and how. */
export interface Check {
  readonly jobs: readonly string[];
  /** Those of `jobs` whose reference runs at the same speed in each process. */
  readonly steady: readonly string[];
  readonly kept: KeptRatios;
  readonly measure: (job: string) => Promise<Rates>;
}

export interface Checked {
  readonly ratios: KeptRatios;
  /** Jobs that never held or have no kept ratios. */
  readonly failed: readonly string[];
}

/**
 * Measures each job, and those that fell again when all others had their turn: a spell of the machine does not last that
 * long, a slower engine does. Gives the best ratios of each.
 */
export async function checkAll({ jobs, steady, kept, measure }: Check): Promise<Checked> {
  const first = new Map<string, Rates>();
  for (const job of jobs) first.set(job, await measure(job));
  const pace = paceOf(steady.flatMap((job) => first.get(job) ?? []));
  const ratios: Record<string, Ratios> = {};
  for (const [job, rates] of first) ratios[job] = ratiosOf(rates, pace);
  const fallen = (verdict: RatioVerdict): readonly string[] =>
    jobs.filter((job) => checkRatios(job, ratios[job] ?? NOTHING, kept) === verdict);
  for (let time = 2; time <= MOST_TIMES; time++) {
    for (const job of fallen('fell')) ratios[job] = better(ratios[job] ?? NOTHING, ratiosOf(await measure(job), pace));
  }
  return { ratios, failed: jobs.filter((job) => !fallen('holds').includes(job)) };
}

const NOTHING: Ratios = { reference: Number.NaN, pace: Number.NaN };

/** A wrong checksum is NaN, and stays. */
function better(before: Ratios, now: Ratios): Ratios {
  return { reference: Math.max(before.reference, now.reference), pace: Math.max(before.pace, now.pace) };
}
