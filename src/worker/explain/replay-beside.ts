import { EraReplay } from '../../engine/explain/era-replay.ts';
import type { Replaying } from '../../engine/explain/replaying.ts';
import type { Limits } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

const WORK_MS = 8;

export interface ReplayContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** Replays the log of a run beside it, a little at a time: between two pieces of work messages come in. */
export function replayBeside(run: Run, { clock, limits, signal }: ReplayContext): Replaying {
  return async (request) => {
    const replay = new EraReplay(request, limits);
    let yieldAt = clock() + WORK_MS;
    for await (const slice of run.slices(0, request.entries)) {
      for (let from = 0; from < slice.length;) {
        if (clock() >= yieldAt) {
          await yieldToMessages();
          yieldAt = clock() + WORK_MS;
        }
        signal.throwIfAborted();
        const to = Math.min(slice.length, from + replay.roundEntries);
        replay.take(cutSlice(slice, from, to));
        from = to;
      }
    }
    signal.throwIfAborted();
  };
}
