import type { FaultSettings } from './disorder-lab.ts';
import { addFault, addRateStep, sinceStartMs, stepAfterMs } from './disorder-lab.ts';
import type { DocumentNode } from './document-store.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';

/** When a fault of a run that has not begun happens. */
const FIRST_MS = 10_000;

/** What became of it: when it happens, from the source's start on. */
export interface PlacedFault {
  readonly afterMs: number;
  /** Whether it happens in the run that is in view, right behind where it stands. */
  readonly isNow: boolean;
}

/**
 * Puts a fault into a source's settings right behind where the run stands, one undo step; the run goes on at the same entry,
 * with the same past: nothing that has arrived can change by it. Before the first entry it is put near the beginning. Null
 * where the graph takes no edit.
 */
export function strike(nodeId: string, label: string, fault: FaultSettings): Promise<PlacedFault | null> {
  const afterMs = (_: DocumentNode, sinceMs: number): number => Math.max(0, sinceMs + 1);
  return placed(nodeId, { afterMs, add: (at) => addFault(nodeId, label, { ...fault, afterMs: at }) });
}

/** Multiplies a source's rate from where the run stands on; else as `strike`. */
export function changeRate(nodeId: string, label: string, percent: number): Promise<PlacedFault | null> {
  return placed(nodeId, { afterMs: stepAfterMs, add: (at) => addRateStep(nodeId, label, { afterMs: at, percent }) });
}

interface Placing {
  /** When it may happen at the earliest, with the source's clock at `sinceMs`. */
  readonly afterMs: (node: DocumentNode, sinceMs: number) => number;
  readonly add: (afterMs: number) => boolean;
}

async function placed(nodeId: string, { afterMs: earliest, add }: Placing): Promise<PlacedFault | null> {
  const run = useRunStore.getState();
  const plays = run.status.kind === 'running';
  const isInRun = run.position.seq > 0 && !run.isChanged && (plays || run.status.kind === 'paused');
  const standing = isInRun ? await run.standStill() : null;
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return null;
  const atMs = standing?.processingTimeMs ?? null;
  const sinceMs = atMs === null ? null : sinceStartMs(node, atMs);
  const afterMs = sinceMs === null ? FIRST_MS : earliest(node, sinceMs);
  const isTaken = add(afterMs);
  if (standing !== null && plays) void useRunStore.getState().play();
  return isTaken ? { afterMs, isNow: sinceMs !== null } : null;
}
