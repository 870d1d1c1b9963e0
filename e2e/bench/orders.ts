import type { Job } from './job.ts';
import type { CpuClock, Sample, Track, TrackRequest } from './track.ts';
import { openTrack } from './track.ts';

/** What the keeper of a contender, a process or a worker, is told, and what it says, in turns. */
export type Order = { readonly open: TrackRequest } | 'sample';
export type Answer = { readonly size: number } | { readonly sample: Sample } | { readonly error: string };

/** What a keeper does with its orders: never throws. */
export function keeper(jobs: readonly Job[], clock: CpuClock): (order: Order) => Promise<Answer> {
  let track: Track | null = null;
  const answer = async (order: Order): Promise<Answer> => {
    if (order !== 'sample') {
      track = await openTrack(order.open, jobs, clock);
      return { size: track.size };
    }
    return track === null ? { error: 'a sample of nothing' } : { sample: await track.sample() };
  };
  return (order) =>
    answer(order).catch((error: unknown) => ({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
}

/** A contender that somebody else keeps. `tell` gives orders one after another. */
export async function keptTrack(
  request: TrackRequest,
  tell: (order: Order) => Promise<Answer>,
  close: () => Promise<void>,
): Promise<Track> {
  const opened = await tell({ open: request });
  if (!('size' in opened)) throw new Error(`${request.lane}: ${problemOf(opened)}`);
  return {
    size: opened.size,
    sample: async () => {
      const said = await tell('sample');
      if ('sample' in said) return said.sample;
      throw new Error(`${request.lane}: ${problemOf(said)}`);
    },
    close,
  };
}

function problemOf(answer: Answer): string {
  return 'error' in answer ? answer.error : 'an answer to another question';
}
