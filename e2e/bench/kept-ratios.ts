import type { Job } from './job.ts';
import type { JobResult } from './measure.ts';
import { rateIn } from './rate.ts';
import type { Effort } from './track.ts';

/** Of each job, how many times as fast as its reference column the engine is. */
export type Ratios = Readonly<Record<string, number>>;

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

export function ratioOf(result: JobResult, reference: string): number {
  return (rateIn(result, 'tidemark') ?? Number.NaN) / (rateIn(result, reference) ?? Number.NaN);
}

/** What `checkRatio` says of a job. `unknown`: no ratio is kept for it. */
export type RatioVerdict = 'holds' | 'fell' | 'unknown';

export function checkRatio(job: string, ratio: number, kept: Ratios): RatioVerdict {
  const before = kept[job];
  if (before === undefined) return 'unknown';
  return ratio >= before * MAY_FALL_TO ? 'holds' : 'fell';
}

/** A job that fell is measured so often at most, and its best ratio counts: compilers have two minds about some loops. */
const MOST_TIMES = 5;

/**
 * Measures each job by `ratio`, and those that fell again when all others had their turn: a spell of the machine does not
 * last that long, a slower engine does. Gives the best ratio of each, and the jobs that never held or have no kept ratio.
 */
export async function checkAll(
  jobs: readonly string[],
  kept: Ratios,
  ratio: (job: string) => Promise<number>,
): Promise<{ readonly ratios: Ratios; readonly failed: readonly string[] }> {
  const ratios: Record<string, number> = {};
  let fallen = jobs;
  for (let time = 1; time <= MOST_TIMES; time++) {
    for (const job of fallen) ratios[job] = better(ratios[job], await ratio(job));
    fallen = fallen.filter((job) => checkRatio(job, ratios[job] ?? Number.NaN, kept) === 'fell');
  }
  return { ratios, failed: jobs.filter((job) => checkRatio(job, ratios[job] ?? Number.NaN, kept) !== 'holds') };
}

/** A wrong checksum is NaN, and stays. */
function better(before: number | undefined, now: number): number {
  return before === undefined ? now : Math.max(before, now);
}
