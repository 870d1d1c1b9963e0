import type { DropReason } from '../../operators/operator.ts';
import type { DurationMs, EventTimeMs, ProcessingTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { Json } from '../../stream/value.ts';

/** Which dropped row is meant: of the rows that the node dropped at this entry of the log, the `nth`, from 0. */
export interface DropPlace {
  readonly nodeId: string;
  readonly seq: number;
  readonly nth: number;
}

/** A row of the log. */
export interface EventRef {
  readonly seq: number;
  readonly sourceId: string;
  readonly partition: number;
  /** Its event time, as the node that states the watermark has it. */
  readonly tsMs: EventTimeMs;
  readonly atMs: ProcessingTimeMs;
}

export type StepKind = 'event' | 'watermark' | 'status' | 'clock' | 'end' | 'control';

/** The entry with which the watermark came to where it stood. */
export interface WatermarkStep {
  readonly seq: number;
  readonly kind: StepKind;
  readonly atMs: ProcessingTimeMs;
  /** The event whose time the watermark follows from: the entry itself, or one that waited for the clock. */
  readonly event: EventRef | null;
}

export interface MissedWindow {
  readonly startMs: EventTimeMs;
  readonly endMs: EventTimeMs;
  /** The least watermark at which it takes no more rows; null where that depends on other rows. */
  readonly closesAtMs: WatermarkMs | null;
}

export interface DropEvidence {
  readonly place: DropPlace;
  /** Rows of the entry with the same values that the node dropped for the same reason before it. */
  readonly alikeBefore: number;
  /** Edits that the run had behind it when the row came. */
  readonly editsBefore: number;
  /** Edits that came behind it, which say nothing about it. */
  readonly editsAfter: number;
  readonly reason: DropReason;
  readonly row: Readonly<Record<string, Json>>;
  /** Null for a row without event time. */
  readonly tsMs: EventTimeMs | null;
  readonly atMs: ProcessingTimeMs;
  /** The event of the log that the row is, or was made from; null where a firing made it. */
  readonly event: EventRef | null;
  /** What the node judged the row by; null before the first watermark. */
  readonly watermarkMs: WatermarkMs | null;
  readonly closedBy: WatermarkStep | null;
  /** What the nodes that state the watermark had stated before the row came. */
  readonly stated: readonly { readonly nodeId: string; readonly watermarkMs: WatermarkMs }[];
  readonly windows: readonly MissedWindow[];
  readonly cures: readonly Cure[];
  /** Whether other figures may help, which only runs can tell. */
  readonly needsRuns: boolean;
}

/** A figure with which the row is kept. */
export interface Cure {
  readonly kind: 'delay' | 'lateness' | 'tolerance';
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly nowMs: DurationMs;
  /** Kept with any greater figure, in whole ms, and not with this one. */
  readonly aboveMs: DurationMs;
  /** By window, in order of their ends: kept in it with any greater figure. Empty where windows have no figure of their own. */
  readonly byWindow: readonly { readonly endMs: EventTimeMs; readonly aboveMs: DurationMs }[];
  readonly basis: 'rule' | 'runs';
}
