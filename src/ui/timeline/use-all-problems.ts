import { useMemo } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { RunStatus } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { Problem } from '../../stream/problem.ts';

function ofStatus(status: RunStatus): readonly Problem[] {
  if (status.kind === 'ended') return status.problems;
  return status.kind === 'failed' ? [{ severity: 'error', path: '', ...status.failure }] : [];
}

function nameOf({ code, nodeId, path, message }: Problem): string {
  return JSON.stringify([code, nodeId, path, message]);
}

/** What is wrong with the graph, with its sources as the run found them, and with the run. Each once, errors first. */
export function useAllProblems(): readonly Problem[] {
  const ofGraph = useAnalysis((state) => state.problems);
  const ofSources = useRunStore((state) => state.problems);
  const status = useRunStore((state) => state.status);
  return useMemo(() => {
    const all = new Map([...ofGraph, ...ofSources, ...ofStatus(status)].map((problem) => [nameOf(problem), problem]));
    const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);
    return [...all.values()].sort((a, b) => rank(a) - rank(b));
  }, [ofGraph, ofSources, status]);
}
