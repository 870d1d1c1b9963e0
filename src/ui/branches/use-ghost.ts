import { useMemo } from 'react';
import { shownBranch, useBranches } from '../../app/branches/branch-store.ts';
import type { Ghost } from '../../app/branches/ghost.ts';
import { ghostOf } from '../../app/branches/ghost.ts';
import { useRunStore } from '../../app/run-store.ts';

/** What is laid over charts and the plane; null while nothing is. */
export function useGhost(): Ghost | null {
  const branch = useBranches((state) => (state.isOver ? shownBranch(state) : null));
  const watched = useRunStore((state) => state.watched);
  const through = useRunStore((state) => state.through);
  const isOwn = through === null;
  return useMemo(() => (isOwn ? ghostOf(branch, { watched, through: null }) : null), [branch, watched, isOwn]);
}
