import type { PipelineDocument } from '../pipeline/document.ts';
import type { DelayPicture } from '../sources/generator/delay-picture.ts';
import type { DialectName } from '../stream/node-definition.ts';
import type { Problem } from '../stream/problem.ts';
import type { EventTimeMs, ProcessingTimeMs } from '../stream/time.ts';
import type { Json } from '../stream/value.ts';

export type { DelayBin, DelayPicture, PartitionPicture } from '../sources/generator/delay-picture.ts';

/** What the lab asks of the engine's thread beside the run; a run is not touched by it. */
export interface LabControl {
  /** Where the run stands: after `pause`, until something moves it. */
  standing(): Standing;
  /** How late the first events of a generator come; null where its configuration cannot be used. */
  sampleDelays(request: DelayRequest): Promise<DelayPicture | null>;
  /** Runs a graph to its end by the rules of two engines, on the same events. One at a time: another one cancels it. */
  compareDialects(request: CompareRequest): Promise<CompareReport>;
  /** Share of the two runs that is done, 0..1; null while nothing is compared. */
  comparingProgress(): number | null;
  cancelComparing(): void;
}

/** Where a run stands between two rounds. */
export interface Standing {
  readonly seq: number;
  /** Null before the first entry. */
  readonly processingTimeMs: ProcessingTimeMs | null;
}

export interface DelayRequest {
  readonly config: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

export interface CompareRequest {
  readonly document: PipelineDocument;
  readonly files: Readonly<Record<string, File>>;
  readonly dialects: readonly [a: DialectName, b: DialectName];
}

export type CompareReport =
  | { readonly kind: 'cancelled' }
  /** What stands in the way by the rules of each of them, with the cure: nothing of the graph can run by both. */
  | { readonly kind: 'refused'; readonly problems: readonly (readonly Problem[])[] }
  | { readonly kind: 'compared'; readonly comparison: DialectComparison };

export interface DialectComparison {
  /** In the order of the graph. */
  readonly nodes: readonly ComparedNode[];
  /** Those that explain a difference, the one that explains the most first. */
  readonly rules: readonly ComparedRule[];
  /** Rows of the input that both have read. */
  readonly rows: number;
  /** What each of the dialects lacks, with the cure. */
  readonly lacks: readonly (readonly Problem[])[];
  /** Nodes that were left out: those that one of them lacks, and what stands behind them. */
  readonly left: readonly string[];
  /** What ended a run early: a limit of the engine. */
  readonly limits: readonly (string | null)[];
}

export interface ComparedNode {
  readonly nodeId: string;
  /** Results in the end, dropped rows; A, then B. */
  readonly results: readonly [number, number];
  readonly dropped: readonly [number, number];
  /** Results that are too many to be compared, of both together. */
  readonly uncompared: number;
  /** How many there are in all. */
  readonly differing: number;
  readonly unexplained: number;
  /** The first ones of each kind. */
  readonly differences: readonly ComparedResult[];
}

export interface ComparedRule {
  readonly id: string;
  readonly title: string;
  /** What it says in A and in B. */
  readonly says: readonly [string, string];
  readonly caseIds: readonly string[];
  /** Differences that it explains. */
  readonly count: number;
}

export type ComparedKind = 'only-a' | 'only-b' | 'value' | 'bounds' | 'emissions' | 'time' | 'dropped-a' | 'dropped-b';

export interface ComparedResult {
  readonly kind: ComparedKind;
  readonly key: Readonly<Record<string, Json>> | null;
  readonly window: readonly [EventTimeMs, EventTimeMs] | null;
  /** What each gave out in the end, or the row that was dropped; null for nothing. */
  readonly a: ComparedSide | null;
  readonly b: ComparedSide | null;
  /** Columns whose values differ. */
  readonly columns: readonly string[];
  readonly rules: readonly string[];
  /** Nodes before it whose results differ. */
  readonly follows: readonly string[];
}

export interface ComparedSide {
  readonly row: Readonly<Record<string, Json>>;
  readonly tsMs: EventTimeMs | null;
  readonly windowEndMs: EventTimeMs | null;
  /** How often it was given out. */
  readonly emissions: number;
}
