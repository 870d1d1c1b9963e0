import type { Nudge, Silence } from './explain/silence-protocol.ts';
import type { Cure, DropEvidence, DropPlace } from '../engine/explain/drop-evidence.ts';

export type {
  Cure,
  DropEvidence,
  DropPlace,
  EventRef,
  MissedWindow,
  WatermarkStep,
} from '../engine/explain/drop-evidence.ts';
export type { Holder, Nudge, Silence } from './explain/silence-protocol.ts';

/**
 * Part of `EngineControl`. Answers are computed from a replay beside the run, in slices between which messages are let in.
 * A new question of the same kind takes the place of one that is not answered yet, which then rejects.
 */
export interface ExplainControl {
  /** Why a row was dropped, and what would have kept it as far as a rule says so; null where the run dropped no such row. */
  explainDrop(place: DropPlace): Promise<DropEvidence | null>;
  /** What else would have kept it, found by running the graph with other figures. */
  dropCures(evidence: DropEvidence): Promise<readonly Cure[]>;
  /** Why nothing more comes out of a node, as the run stands. */
  explainSilence(nodeId: string): Promise<Silence>;
  /** Puts entries in by hand where the run stands, and takes them. It goes on if it ran. */
  nudge(nudges: readonly Nudge[]): Promise<void>;
  /** Nobody waits for an answer any more. */
  cancelExplaining(): void;
}
