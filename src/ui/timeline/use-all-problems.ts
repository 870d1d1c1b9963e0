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

interface Told {
  readonly from: readonly [readonly Problem[], readonly Problem[], RunStatus];
  readonly all: readonly Problem[];
  readonly byNode: ReadonlyMap<string, readonly Problem[]>;
}

const NONE: readonly Problem[] = [];
let told: Told | null = null;

/** Put together once for all that ask. */
function tell(ofGraph: readonly Problem[], ofSources: readonly Problem[], status: RunStatus): Told {
  if (told !== null && told.from[0] === ofGraph && told.from[1] === ofSources && told.from[2] === status) return told;
  const unique = new Map([...ofGraph, ...ofSources, ...ofStatus(status)].map((problem) => [nameOf(problem), problem]));
  const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);
  const all = [...unique.values()].sort((a, b) => rank(a) - rank(b));
  const byNode = new Map<string, Problem[]>();
  for (const problem of all) {
    if (problem.nodeId !== null) byNode.set(problem.nodeId, [...(byNode.get(problem.nodeId) ?? []), problem]);
  }
  return (told = { from: [ofGraph, ofSources, status], all, byNode });
}

function useTold(): Told {
  const ofGraph = useAnalysis((state) => state.problems);
  const ofSources = useRunStore((state) => state.problems);
  const status = useRunStore((state) => state.status);
  return tell(ofGraph, ofSources, status);
}

/** What is wrong with the graph, with its sources as the run found them, and with the run. Each once, errors first. */
export function useAllProblems(): readonly Problem[] {
  return useTold().all;
}

/** Those of one node. */
export function useProblemsOf(nodeId: string): readonly Problem[] {
  return useTold().byNode.get(nodeId) ?? NONE;
}
