import { Engine } from '../../engine/engine.ts';
import type { Replaying } from '../../engine/explain/replaying.ts';
import type { Limits } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import { isSkipped } from '../../stream/log-slice.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

const WORK_MS = 8;

export interface ReplayContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** Replays the log of a run beside it, a little at a time. */
export function replayBeside(run: Run, { clock, limits, signal }: ReplayContext): Replaying {
  return async ({ plan, probe, entries, registry }) => {
    const engine = new Engine(plan, probe, registry, limits);
    let yieldAt = clock() + WORK_MS;
    for await (const slice of run.slices(0, entries)) {
      for (let from = 0; from < slice.length;) {
        if (clock() >= yieldAt) {
          await yieldToMessages();
          yieldAt = clock() + WORK_MS;
        }
        signal.throwIfAborted();
        const to = Math.min(slice.length, from + engine.roundEntries);
        const round = cutSlice(slice, from, to);
        if (!isSkipped(round)) probe.begin?.(round);
        engine.run(round);
        if (!isSkipped(round)) probe.end?.(round);
        from = to;
      }
    }
    signal.throwIfAborted();
  };
}
