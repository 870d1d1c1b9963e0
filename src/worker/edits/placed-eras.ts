import type { PlanEra } from '../../engine/explain/plan-eras.ts';
import { CONTROL_EDIT } from '../../stream/log-slice.ts';
import { defined } from '../../stream/assert.ts';
import type { Run } from '../run.ts';
import type { Era } from './run-edits.ts';
import { isEdit } from './run-edits.ts';

/** Eras of a run with where they begin: the first with entry 0, each other one with the entry that is its edit. */
export function placedEras({ manual }: Pick<Run, 'manual'>, eras: readonly Era[]): readonly PlanEra[] {
  const places = new Map(manual.map(({ seq, entry }) => [isEdit(entry) ? entry.payload - CONTROL_EDIT : -1, seq]));
  return eras.map(({ edit, plan, begins }, i): PlanEra => {
    const fromSeq = i === 0 ? 0 : defined(places.get(edit ?? -1), 'the entry of an edit');
    return { fromSeq, plan, begins };
  });
}
