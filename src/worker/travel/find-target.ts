import type { LogSlice } from '../../stream/log-slice.ts';
import type { Run } from '../run.ts';
import type { SeekTarget } from '../travel-protocol.ts';
import type { Turns } from './turns.ts';

/** How many entries of the log a run has taken where it stands at a target; null when the search was given up. */
export async function findTarget(run: Run, target: SeekTarget, turns: Turns): Promise<number | null> {
  if (target.by === 'seq') return Math.max(0, Math.floor(target.seq));
  let end = 0;
  for await (const slice of run.slices(0, Infinity)) {
    const taken = target.by === 'processing-time' ? entriesUpTo(slice, target.atMs) : entriesToTime(slice, target.tsMs);
    if (taken !== null) return slice.firstSeq + taken;
    end = slice.firstSeq + slice.length;
    if (!(await turns.goOn())) return null;
  }
  return end;
}

/** How many come up to a processing time; null when all do. */
function entriesUpTo({ at, length }: LogSlice, atMs: number): number | null {
  if ((at[length - 1] ?? 0) <= atMs) return null;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many there are up to the first row of an event time of at least `tsMs`; null when there is none. */
function entriesToTime({ rows, firstSeq }: LogSlice, tsMs: number): number | null {
  let first = Infinity;
  for (const batch of rows) {
    const row = batch === null ? -1 : batch.ts.findIndex((time) => time >= tsMs);
    if (batch !== null && row >= 0) first = Math.min(first, (batch.seq[row] ?? 0) - firstSeq + 1);
  }
  return first === Infinity ? null : first;
}
