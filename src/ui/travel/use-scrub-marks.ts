import { useMemo } from 'react';
import { nameOf, useBranches } from '../../app/branches/branch-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { ScrubMark } from './scrub-mark.ts';

/** All that is marked along the track. */
export function useScrubMarks(): readonly ScrubMark[] {
  const edits = useRunStore((state) => state.edits);
  const branches = useBranches((state) => state.branches);
  return useMemo(
    () => [
      ...edits.map(({ seq }): ScrubMark => ({
        id: `edit ${String(seq)}`,
        kind: 'edit',
        label: 'edited',
        seq,
        atMs: null,
      })),
      ...branches.map((branch): ScrubMark => ({
        id: branch.id,
        kind: 'branch',
        label: nameOf(branch),
        seq: branch.atSeq,
        atMs: branch.atMs,
      })),
    ],
    [edits, branches],
  );
}
