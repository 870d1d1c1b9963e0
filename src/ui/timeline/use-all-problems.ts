import { useAnalysis } from '../../app/document-analysis.ts';
import type { RunStatus } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import type { Problem } from '../../stream/problem.ts';

function ofStatus(status: RunStatus): readonly Problem[] {
  if (status.kind === 'ended') return status.problems;
  return status.kind === 'failed' ? [{ severity: 'error', path: '', ...status.failure }] : [];
}

/** Tells problems apart. */
export function problemKey({ code, nodeId, path, message }: Problem): string {
  return JSON.stringify([code, nodeId, path, message]);
}

interface Told {
  readonly from: readonly [readonly Problem[], readonly Problem[], RunStatus];
  readonly all: readonly Problem[];
  readonly byNode: ReadonlyMap<string, readonly Problem[]>;
}

const NONE: readonly Problem[] = [];
let told: Told | null = null;

/** Put together once for all that ask; a node whose problems are what they were keeps the same list. */
function tell(ofGraph: readonly Problem[], ofSources: readonly Problem[], status: RunStatus): Told {
  if (told !== null && told.from[0] === ofGraph && told.from[1] === ofSources && told.from[2] === status) return told;
  const unique = new Map(
    [...ofGraph, ...ofSources, ...ofStatus(status)].map((problem) => [problemKey(problem), problem]),
  );
  const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1);
  const all = [...unique.values()].sort((a, b) => rank(a) - rank(b));
  const byNode = new Map<string, readonly Problem[]>();
  for (const problem of all) {
    if (problem.nodeId !== null) byNode.set(problem.nodeId, [...(byNode.get(problem.nodeId) ?? []), problem]);
  }
  for (const [nodeId, problems] of byNode) {
    const before = told?.byNode.get(nodeId);
    if (before !== undefined && isAlike(before, problems)) byNode.set(nodeId, before);
  }
  return (told = { from: [ofGraph, ofSources, status], all, byNode });
}

function isAlike(a: readonly Problem[], b: readonly Problem[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function toldNow(): Told {
  const { problems, status } = useRunStore.getState();
  return tell(useAnalysis.getState().problems, problems, status);
}

/** What `useAllProblems` gives, for whom it is enough to ask once. */
export function allProblemsNow(): readonly Problem[] {
  return toldNow().all;
}

/** What is wrong with the graph, with its sources as the run found them, and with the run. Each once, errors first. */
export function useAllProblems(): readonly Problem[] {
  const ofGraph = useAnalysis((state) => state.problems);
  const ofSources = useRunStore((state) => state.problems);
  const status = useRunStore((state) => state.status);
  return tell(ofGraph, ofSources, status).all;
}

/** Those of one node. Whoever asks is drawn anew only when they change. */
export function useProblemsOf(nodeId: string): readonly Problem[] {
  const ofNode = (): readonly Problem[] => toldNow().byNode.get(nodeId) ?? NONE;
  useAnalysis(ofNode);
  return useRunStore(ofNode);
}
