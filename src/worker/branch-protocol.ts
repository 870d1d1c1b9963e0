import type { NodeLedger } from '../engine/ledger.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Problem } from '../stream/problem.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs } from '../stream/time.ts';
import type { Json } from '../stream/value.ts';
import type { ClockChart, DropChart, WindowChart } from './chart-protocol.ts';

export interface BranchRequest {
  /** Chosen by the page. A branch of this name is put in its place. */
  readonly id: string;
  readonly document: PipelineDocument;
  /**
   * Number of the first entry that it takes with its settings: before, it is the run; what it has kept by then goes on as after
   * an edit of the run. Null: it has had them from the first entry on.
   */
  readonly fromSeq: number | null;
}

export type BranchOpening =
  | { readonly kind: 'open' }
  /** The document cannot be run, or not over the events of the run. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface BranchQuestion {
  readonly id: string;
  /** Whose differences and charts are wanted; null: those of the first node that differs. */
  readonly nodeId: string | null;
  /** Which column of the results the charts draw; null: the first. */
  readonly column: string | null;
}

export type BranchAnswer =
  /** Another question took its place. */
  | { readonly kind: 'given-up' }
  | /** No branch of the run that is open has this name. */ { readonly kind: 'unknown' }
  | { readonly kind: 'compared'; readonly comparison: BranchComparison };

/** The run and the branch over the same entries, up to where the run stood when it was asked. */
export interface BranchComparison {
  readonly id: string;
  readonly seq: number;
  readonly processingTimeMs: ProcessingTimeMs | null;
  /** Whether an entry has the same number on both sides: not where the clock of the branch ticks otherwise. */
  readonly isSameLog: boolean;
  /** In the order of the graph; those of either. */
  readonly nodes: readonly BranchNode[];
  /** Of one node; null where nothing differs and none was asked for. */
  readonly node: BranchNodeDetail | null;
  /** What ended the branch early: a limit of the engine. */
  readonly limit: Problem | null;
}

/** A pair: of the run, of the branch. Null: there is no such node. */
export type Both<Value> = readonly [run: Value, branch: Value];

export interface BranchNode {
  readonly nodeId: string;
  readonly ledger: Both<NodeLedger | null>;
  /** Whether results of this node can be other ones: it was changed, or something before it. */
  readonly isAffected: boolean;
  /** Results as they stand in the end, and drops for any reason; of nodes that are affected. */
  readonly results: Both<number>;
  readonly drops: Both<number>;
  /** Differing results by kind, and drops that one alone has. */
  readonly onlyRun: number;
  readonly onlyBranch: number;
  readonly different: number;
  readonly droppedOnlyRun: number;
  readonly droppedOnlyBranch: number;
  /** Results and drops of both that were too many to be compared. */
  readonly uncompared: number;
  readonly latency: Both<BranchLatency | null>;
  /** Most that was kept at the end of a round. */
  readonly mostState: Both<{ readonly rows: number; readonly bytes: number } | null>;
}

/** From the end of the window where results stand for windows, else from their event time. */
export interface BranchLatency {
  readonly by: 'window-end' | 'event-time';
  readonly p50Ms: DurationMs;
  readonly p99Ms: DurationMs;
}

export interface BranchNodeDetail {
  readonly nodeId: string;
  /** The first ones, results before drops. */
  readonly differences: readonly BranchDifference[];
  readonly marks: BranchMarks;
  readonly windows: Both<WindowChart | null>;
  readonly drops: Both<DropChart | null>;
  readonly clocks: Both<ClockChart | null>;
}

/** What differs at a node, as far as results were kept: where it is, for whatever is drawn of it. */
export interface BranchMarks {
  /** Entries of rows that the run alone dropped, ascending. */
  readonly kept: Float64Array;
  /** Entries of rows that the branch alone drops, ascending; none where entries have other numbers there. */
  readonly dropped: Float64Array;
  readonly windows: BranchWindows;
  /** Rows and windows that are too many to be told. */
  readonly left: number;
}

export const SIDE_RUN = 1;
export const SIDE_BRANCH = 2;
/** Both have the window, with other results. */
export const SIDE_BOTH = SIDE_RUN | SIDE_BRANCH;

/**
 * Windows of which a result differs, each once; those that merge once for each key, as long as they are in the end. One
 * element each.
 */
export interface BranchWindows {
  readonly isMerging: boolean;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Where windows merge: when the newest result came forth, in the branch where that has the window; else NaN. */
  readonly atMs: Float64Array;
  /** Which side has a result of its own. */
  readonly sides: Uint8Array;
  /** Places in `keys`. */
  readonly key: Uint32Array;
  /** Values of each key as JSON; `[]` for all keys together. */
  readonly keys: readonly string[];
}

export type BranchDifferenceKind =
  'only-run' | 'only-branch' | 'different' | 'dropped-only-run' | 'dropped-only-branch';

export interface BranchDifference {
  readonly kind: BranchDifferenceKind;
  readonly key: Readonly<Record<string, Json>> | null;
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  readonly pane: string | null;
  readonly run: BranchRow | null;
  readonly branch: BranchRow | null;
  /** Columns whose values differ. */
  readonly columns: readonly string[];
}

export interface BranchRow {
  readonly seq: number;
  readonly tsMs: EventTimeMs | null;
  readonly row: Readonly<Record<string, Json>>;
}

/** Part of `EngineControl`. Branches are of the run that is open: with it they are gone. */
export interface BranchControl {
  openBranch(request: BranchRequest): Promise<BranchOpening>;
  /** Brings the branch to where the run stands and compares the two. One at a time for each branch: another one takes its place. */
  compareBranch(question: BranchQuestion): Promise<BranchAnswer>;
  /** Share of the way that the comparison under way has gone, 0..1; null while none is. */
  branchProgress(id: string): number | null;
  closeBranch(id: string): void;
}
