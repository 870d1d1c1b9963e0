import type { Run } from '../run.ts';
import type { SeekTarget } from '../travel-protocol.ts';
import { readShare } from '../read-share.ts';
import { findTarget } from './find-target.ts';
import type { Turns } from './turns.ts';

/** Brings a run to a target and reads what comes next there. False when it was given up on the way: it then stands in between. */
export async function goTo(run: Run, target: SeekTarget, turns: Turns): Promise<boolean> {
  const found = await findTarget(run, target, turns);
  if (found === null) return false;
  const seq = Math.max(found, run.firstSeq);
  run.seek(seq);
  turns.share = shareOfWay(run, seq);
  while (!(await run.goOnTo(seq, turns.deadline))) if (!(await turns.goOn())) return false;
  await run.readAhead();
  return turns.goOn();
}

/** To an entry by number; to the end by what is read of the sources. */
function shareOfWay(run: Run, seq: number): () => number | null {
  const from = run.seq;
  return () => (Number.isFinite(seq) ? Math.min(1, (run.seq - from) / Math.max(1, seq - from)) : readShare(run));
}
