import { BRANCHES_MAX, useBranches } from '../../app/branches/branch-store.ts';
import { announce } from '../theme/announce.ts';
import { notify } from '../theme/notify.ts';
import { useDeckView } from '../timeline/deck-view-store.ts';

/** A branch where the run stands, its draft in the inspector and its comparison in the deck. */
export function startBranch(): void {
  if (!useBranches.getState().begin()) {
    notify('info', `There are ${String(BRANCHES_MAX)} branches.`, 'Discard one before you begin another.');
    return;
  }
  useDeckView.getState().show('branches');
  announce('A branch has begun. Select a node and change its settings: they count for the branch alone.');
}
