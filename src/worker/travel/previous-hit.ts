import type { Hit, Watch } from '../../engine/hits/hit.ts';
import type { Run } from '../run.ts';
import type { Turns } from './turns.ts';

/**
 * The last entry before number `before` that a watch waits for, by the graph as it was there; null when there is none.
 * `undefined` when it was given up. Stretches between two points of the run are run once more beside it, the newest first.
 */
export async function previousHit(
  run: Run,
  watch: Watch,
  before: number,
  turns: Turns,
): Promise<Hit | null | undefined> {
  const beside = run.beside(run.edits, run.points.filling());
  beside.stopAt([watch]);
  let to = before;
  while (to > 0) {
    const from = run.points.nearest(to - 1)?.seq ?? 0;
    beside.seek(from);
    let last: Hit | null = null;
    for (let isThere = false; !isThere;) {
      // One round: of each the last hit is heard.
      isThere = await beside.goOnTo(to, 0);
      last = beside.travel.lastHit ?? last;
      if (!(await turns.goOn())) return undefined;
    }
    if (last !== null) return last;
    to = from;
  }
  return null;
}
