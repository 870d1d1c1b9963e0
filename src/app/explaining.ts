import type { Cure } from '../worker/explain-protocol.ts';
import { trySetting } from './document-settings.ts';
import { useRunStore } from './run-store.ts';

export type {
  Cure,
  DropEvidence,
  DropPlace,
  EventRef,
  Holder,
  LoggedEvent,
  MissedWindow,
  Nudge,
  Question,
  ReplayShare,
  ResultPlace,
  Silence,
  TracedEvent,
  TracedResult,
  WatermarkStep,
} from '../worker/explain-protocol.ts';

/** Figures are tried in steps that people enter: the least that is greater than the one that is not enough. */
const STEP_MS = 100;

/** The figure that a cure is tried with. */
export function figureToTry({ aboveMs }: Cure): number {
  return Math.floor(aboveMs / STEP_MS) * STEP_MS + STEP_MS;
}

/**
 * Gives the node the figure, one undo step, and runs the graph up to where the run stood. Null once it stands there, else
 * why the figure cannot be.
 */
export async function tryFigure(nodeId: string, path: readonly string[], figureMs: number): Promise<string | null> {
  const { seq } = useRunStore.getState().position;
  const problems = trySetting(nodeId, path, figureMs);
  if (problems.length > 0) return problems.map(({ message, fix }) => `${message} ${fix}`).join(' ');
  await useRunStore.getState().goTo(seq);
  return null;
}
