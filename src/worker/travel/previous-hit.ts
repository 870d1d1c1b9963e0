import { inOne } from '../../engine/byte-pieces.ts';
import { Engine } from '../../engine/engine.ts';
import type { BoundWatch } from '../../engine/hits/bind-watch.ts';
import type { Hit } from '../../engine/hits/hit.ts';
import { HitProbe } from '../../engine/hits/hit-probe.ts';
import { ROUND_ENTRIES } from '../../engine/limits.ts';
import { cutSlice } from '../../sources/log/cut-slice.ts';
import type { Run } from '../run.ts';
import type { Turns } from './turns.ts';

/**
 * The last entry before number `before` that a watch waits for; null when there is none. `undefined` when it was given up.
 * Stretches between two points of the run are run once more beside it, the newest first.
 */
export async function previousHit(
  run: Run,
  watch: BoundWatch,
  before: number,
  turns: Turns,
): Promise<Hit | null | undefined> {
  // An edit lies between: what ran before it cannot be run once more by the plan that holds now.
  const isEdited = run.eras.length > 1;
  let to = before;
  while (to > 0) {
    const point = run.points.nearest(to - 1);
    const from = point?.seq ?? 0;
    if (isEdited && (point === null || point.edit !== run.points.nearest(run.seq)?.edit)) return undefined;
    const probe = new HitProbe(run.plan, [watch]);
    const engine = new Engine(run.plan, probe);
    if (point !== null) engine.restore(inOne(point.engine));
    for await (const slice of run.slices(from, to)) {
      for (let at = 0; at < slice.length;) {
        const end = Math.min(slice.length, at + Math.min(ROUND_ENTRIES, engine.roundEntries));
        engine.run(cutSlice(slice, at, end));
        at = end;
        if (!(await turns.goOn())) return undefined;
      }
    }
    if (probe.last !== null) return probe.last;
    to = from;
  }
  return null;
}
