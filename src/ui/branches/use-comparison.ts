import { useEffect, useRef } from 'react';
import type { ScreenBranch } from '../../app/branches/branch-store.ts';
import { compareBranch } from '../../app/branches/compare-branch.ts';
import { useRunStore } from '../../app/run-store.ts';

/** Least time between two comparisons while the run goes on. */
const PAUSE_MS = 500;

/** Compares a branch with the run wherever that goes, one comparison at a time, not too often. */
export function useComparison(branch: ScreenBranch | null, nodeId: string | null, column: string | null): void {
  const seq = useRunStore((state) => state.position.seq);
  const jumps = useRunStore((state) => state.jumps);
  const kind = useRunStore((state) => state.status.kind);
  const begunAtMs = useRef(-Infinity);
  const isBusy = useRef(false);
  const id = branch?.id;
  const document = branch?.document;
  const from = branch?.from;
  const newest = useRef(branch);
  useEffect(() => {
    newest.current = branch;
  });
  useEffect(() => {
    if (id === undefined || kind === 'idle' || kind === 'loading') return undefined;
    const waitMs = Math.max(0, PAUSE_MS - (performance.now() - begunAtMs.current));
    const timer = setInterval(() => {
      if (isBusy.current || newest.current === null) return;
      clearInterval(timer);
      isBusy.current = true;
      begunAtMs.current = performance.now();
      void compareBranch(newest.current, { nodeId, column })
        .catch(() => undefined)
        .finally(() => (isBusy.current = false));
    }, waitMs);
    return () => clearInterval(timer);
  }, [id, document, from, seq, jumps, kind, nodeId, column]);
}
