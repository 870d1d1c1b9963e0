import { defined } from '../../src/stream/assert.ts';
import type { Job, Prepared } from './job.ts';

/** How much time a contender may take. Slow ones get fewer rounds, fast ones do the job many times a round. */
export interface Effort {
  /** At most and at least so many rounds; between them it ends once `enoughMs` were spent on rounds of all contenders. */
  readonly rounds: number;
  readonly fewestRounds: number;
  readonly enoughMs: number;
  /** A contender warms up by this many runs, or by fewer, but `fewestWarmRuns`, that take `warmMs` of its clock. */
  readonly warmRuns: number;
  readonly fewestWarmRuns: number;
  readonly warmMs: number;
  /** Does its job over and over until this much time was spent, so that the clock's grain cannot show. */
  readonly sampleMs: number;
}

/** Asks for one contender, ready to run. */
export interface TrackRequest {
  readonly job: string;
  readonly lane: string;
  readonly events: number;
  readonly effort: Effort;
}

/** One run of a contender: the mean of those that one sample took. */
export interface Sample {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Of the last run; every run gives the same or is broken. */
  readonly checksum: string;
}

/** A contender with its events made and its code compiled. */
export interface Track {
  /** Events or bytes that it is fed with. */
  readonly size: number;
  sample(): Promise<Sample>;
  close(): Promise<void>;
}

export type OpenTrack = (request: TrackRequest) => Promise<Track>;

/** Time spent by the thread, or the process, in ms: what the rates are made of. */
export type CpuClock = () => number;

/** A contender of one of `jobs` in this very thread. */
export async function openTrack(request: TrackRequest, jobs: readonly Job[], clock: CpuClock): Promise<Track> {
  const { job, lane, events, effort } = request;
  const lanes = jobs.find(({ name }) => name === job)?.lanes;
  const { prepare } = defined(
    lanes?.find(({ name }) => name === lane),
    `a column ${lane} of the job ${job}`,
  );
  const prepared = await prepare(events);
  const repeats = await warmUp(prepared, effort, clock);
  return {
    size: prepared.size,
    sample: () => sample(prepared, repeats, clock),
    close: () => Promise.resolve(),
  };
}

/** Lets the compiler see the code until it settles, and finds out how often it has to run for a sample. */
async function warmUp({ run }: Prepared, effort: Effort, clock: CpuClock): Promise<number> {
  const { warmRuns, fewestWarmRuns, warmMs, sampleMs } = effort;
  const startedAt = clock();
  let lastMs = 0;
  for (let i = 0; i < warmRuns && (i < fewestWarmRuns || clock() - startedAt < warmMs); i++) {
    const before = clock();
    await run();
    lastMs = clock() - before;
  }
  return Math.min(50, Math.max(1, Math.ceil(sampleMs / Math.max(lastMs, 0.01))));
}

/** A forced collection before each sample would throw optimised code away and measure the compiler. */
async function sample({ run }: Prepared, repeats: number, clock: CpuClock): Promise<Sample> {
  let checksum = '';
  const cpuBefore = clock();
  const startedAt = performance.now();
  for (let i = 0; i < repeats; i++) checksum = await run();
  const wallMs = (performance.now() - startedAt) / repeats;
  return { cpuMs: (clock() - cpuBefore) / repeats, wallMs, checksum };
}
