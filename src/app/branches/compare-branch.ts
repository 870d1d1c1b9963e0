import type { BranchAnswer, BranchOpening, BranchRequest } from '../../worker/branch-protocol.ts';
import { useRunStore } from '../run-store.ts';
import type { ScreenBranch } from './branch-store.ts';
import { useBranches } from './branch-store.ts';

/** As they were told to the engine. */
const told = new Map<string, BranchRequest>();

interface Wanted {
  readonly nodeId: string | null;
  readonly column: string | null;
}

/** Brings a branch to where the run stands and keeps what came of it; nothing when it was given up for another one. */
export async function compareBranch(branch: ScreenBranch, wanted: Wanted): Promise<void> {
  const { ask } = useRunStore.getState();
  const { id } = branch;
  for (const isSecond of [false, true]) {
    if (isSecond || !isTold(branch)) {
      const request = requestOf(branch);
      const opening = await ask<BranchOpening>((control) => control.openBranch(request));
      if (!isAsIs(branch)) return;
      if (opening.kind === 'refused') {
        told.delete(id);
        useBranches.getState().refused(id, opening.problems);
        return;
      }
      told.set(id, request);
    }
    const answer = await ask<BranchAnswer>((control) => control.compareBranch({ id, ...wanted }));
    if (!isAsIs(branch)) return;
    if (answer.kind === 'compared') {
      useBranches.getState().compared(id, answer.comparison);
      return;
    }
    if (answer.kind === 'given-up') return;
    // The run was opened anew: the engine knows nothing of the branch.
  }
}

function requestOf({ id, document, from, atSeq }: ScreenBranch): BranchRequest {
  return { id, document, fromSeq: from === 'here' ? atSeq : null };
}

function isTold(branch: ScreenBranch): boolean {
  const request = told.get(branch.id);
  return request?.document === branch.document && request.fromSeq === requestOf(branch).fromSeq;
}

/** Whether its settings are still those that it was asked with. */
function isAsIs({ id, document, from }: ScreenBranch): boolean {
  const now = useBranches.getState().branches.find((each) => each.id === id);
  return now?.document === document && now.from === from;
}

/** Share of the way that a comparison under way has gone, 0..1; null while none is. */
export async function branchProgress(id: string): Promise<number | null> {
  return useRunStore.getState().ask<number | null>((control) => control.branchProgress(id));
}
