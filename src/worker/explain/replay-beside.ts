import { inOne } from '../../engine/byte-pieces.ts';
import type { ReplayStart } from '../../engine/explain/era-replay.ts';
import { EraPassing, EraReplay } from '../../engine/explain/era-replay.ts';
import type { Replaying } from '../../engine/explain/replaying.ts';
import type { Limits } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { RealClock } from '../pacing.ts';
import type { Run } from '../run.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import type { ReplayProgress } from './replay-progress.ts';

const WORK_MS = 8;

export interface ReplayContext {
  readonly clock: RealClock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly progress?: ReplayProgress;
}

/** Replays the log of a run beside it, a little at a time: between two pieces of work messages come in. */
export function replayBeside(run: Run, { clock, limits, signal, progress }: ReplayContext): Replaying {
  return async (request) => {
    const { entries, heardFrom = 0 } = request;
    const start = startBefore(run, Math.min(heardFrom, entries));
    const first = start?.seq ?? 0;
    progress?.begin(first, entries);
    let yieldAt = clock() + WORK_MS;
    const letIn = async (): Promise<void> => {
      if (clock() >= yieldAt) {
        await yieldToMessages();
        yieldAt = clock() + WORK_MS;
      }
      signal.throwIfAborted();
    };
    if (request.probe.passed !== undefined) {
      const passing = new EraPassing(request);
      for await (const slice of run.slices(0, first)) {
        passing.pass(slice);
        await letIn();
      }
    }
    const replay = new EraReplay(request, limits, start);
    for await (const slice of run.slices(first, entries)) {
      for (let from = 0; from < slice.length;) {
        progress?.reach(replay.position);
        await letIn();
        const to = Math.min(slice.length, from + replay.roundEntries);
        replay.take(cutSlice(slice, from, to));
        from = to;
      }
    }
    signal.throwIfAborted();
    return first;
  };
}

/**
 * The run as it stood at the last point that it keeps at or before an entry. Null where it begins anew: also where an edit
 * since then rebuilt nodes, for these were other ones at the point.
 */
function startBefore(run: Run, seq: number): ReplayStart | null {
  const point = run.points.nearest(seq);
  if (point === null) return null;
  const { eras, document } = run.edits.at(point.edit);
  if (!eras.every((era, i) => era === run.eras[i])) return null;
  return { seq: point.seq, era: eras.length - 1, plan: document.plan, state: inOne(point.engine) };
}
