import { bindWatch } from '../../engine/hits/bind-watch.ts';
import type { Run } from '../run.ts';
import { Pacing } from '../pacing.ts';
import type { StepRequest } from '../travel-protocol.ts';
import { goTo } from './go-to.ts';
import { previousHit } from './previous-hit.ts';
import type { Turns } from './turns.ts';

/**
 * Brings a run right behind the next or the previous entry at which something happened; without one to its end, or its
 * start. False when it was given up.
 */
export async function stepTo(run: Run, { kind, direction, nodeId }: StepRequest, turns: Turns): Promise<boolean> {
  if (!bindWatch(run.plan, { kind, nodeId }).ok) return false;
  if (direction === 'previous') {
    const hit = await previousHit(run, { kind, nodeId }, run.seq - 1, turns);
    return hit !== undefined && goTo(run, { by: 'seq', seq: hit === null ? 0 : hit.seq + 1 }, turns);
  }
  run.stopAt([{ kind, nodeId }]);
  const pacing = new Pacing(() => 0);
  for (;;) {
    const advance = await run.advance(pacing, turns.deadline);
    if (advance.kind === 'hit') return goTo(run, { by: 'seq', seq: advance.hit.seq + 1 }, turns);
    if (advance.kind !== 'took') return true;
    if (!(await turns.goOn())) return false;
  }
}
