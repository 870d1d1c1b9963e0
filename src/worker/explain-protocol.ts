import type { Effects } from '../engine/lineage/effects.ts';
import type { Lineage, ResultPlace } from '../engine/lineage/lineage.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../stream/time.ts';
import type { Json } from '../stream/value.ts';
import type { ReplayShare } from './explain/replay-progress.ts';
import type { Nudge, Silence } from './explain/silence-protocol.ts';
import type { Standing } from './lab-protocol.ts';
import type { Cure, DropEvidence, DropPlace } from '../engine/explain/drop-evidence.ts';

export type {
  Cure,
  DropEvidence,
  DropPlace,
  EventRef,
  MissedWindow,
  WatermarkStep,
} from '../engine/explain/drop-evidence.ts';
export type { Effects } from '../engine/lineage/effects.ts';
export type { Lineage, ResultPlace } from '../engine/lineage/lineage.ts';
export type { ReplayShare } from './explain/replay-progress.ts';
export type { Holder, Nudge, Silence } from './explain/silence-protocol.ts';

/** A row of the log as its source has it. */
export interface LoggedEvent {
  readonly seq: number;
  readonly sourceId: string;
  readonly tsMs: EventTimeMs | null;
  readonly atMs: ProcessingTimeMs;
  readonly row: Readonly<Record<string, Json>>;
}

export interface TracedResult {
  readonly lineage: Lineage;
  /** The first of its events, then its witnesses; at most 500 of each. */
  readonly events: readonly LoggedEvent[];
  readonly witnesses: readonly LoggedEvent[];
}

export interface TracedEvent {
  /** Null where the entry is no row. */
  readonly event: LoggedEvent | null;
  readonly effects: Effects;
}

/** Kinds of questions, of each of which one is answered at a time: events that made a result and results of an event are one. */
export type Question = 'drop' | 'cures' | 'lineage' | 'silence';

/**
 * Part of `EngineControl`. Answers are computed from a replay beside the run, in slices between which messages are let in.
 * A new question of the same kind takes the place of one that is not answered yet, which then rejects.
 */
export interface ExplainControl {
  /** Why a row was dropped, and what would have kept it as far as a rule says so; null where the run dropped no such row. */
  explainDrop(place: DropPlace): Promise<DropEvidence | null>;
  /** What else would have kept it, found by running the graph with other figures. */
  dropCures(evidence: DropEvidence): Promise<readonly Cure[]>;
  /** The events that made a result; null where the run has no such result. */
  lineageOf(place: ResultPlace): Promise<TracedResult | null>;
  /** What an event of the log took part in, up to where the run stands. */
  effectsOf(seq: number): Promise<TracedEvent>;
  /** Why nothing more comes out of a node, as the run stands. */
  explainSilence(nodeId: string): Promise<Silence>;
  /**
   * Puts entries in by hand where the run stands, and takes them. It goes on if it ran. Gives the place of the first of them;
   * null where they cannot be put in: no run that takes any, or no such source or partition.
   */
  nudge(nudges: readonly Nudge[]): Promise<Standing | null>;
  /** How far the replays for the question that is under way have come; null where none of its kind is. */
  explainingProgress(question: Question): ReplayShare | null;
  /** Nobody waits for the answer any more: it rejects. */
  cancelExplaining(question: Question): void;
}
