import type { ExplainedRun } from '../../engine/explain/replaying.ts';
import { placedEras } from '../edits/placed-eras.ts';
import type { Run } from '../run.ts';
import type { PlanWith } from './replan.ts';
import { planWithFigure, replanOf } from './replan.ts';
import type { ReplayContext } from './replay-beside.ts';
import { replayBeside } from './replay-beside.ts';

/** A run as it stands, with its edits where they were made, to be explained. */
export function explainedRun(run: Run, context: ReplayContext, planWith: PlanWith = planWithFigure): ExplainedRun {
  return {
    eras: placedEras(run, run.eras),
    entries: run.seq,
    replay: replayBeside(run, context),
    replan: replanOf(run, planWith),
  };
}
