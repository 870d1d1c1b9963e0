import type { Cure } from '../worker/explain-protocol.ts';
import type { Carried } from './carry-over.ts';
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

export type Tried =
  | { readonly kind: 'there'; readonly carried: Carried }
  | { readonly kind: 'refused'; readonly why: string }
  /** Another graph came, or the sources cannot be opened; the run says so. */
  | { readonly kind: 'not-opened' };

/**
 * Gives a node a figure, one undo step, and runs the graph from its first entry on, which the figure has then held for, up to
 * where the run stood.
 */
export async function tryFigure(nodeId: string, path: readonly string[], figureMs: number): Promise<Tried> {
  const problems = trySetting(nodeId, path, figureMs);
  if (problems.length > 0) {
    return { kind: 'refused', why: problems.map(({ message, fix }) => `${message} ${fix}`).join(' ') };
  }
  const carried = await useRunStore.getState().beginAnew();
  return carried === null ? { kind: 'not-opened' } : { kind: 'there', carried };
}
