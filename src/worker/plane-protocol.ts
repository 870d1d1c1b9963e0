import type { DurationMs } from '../stream/time.ts';

/**
 * What the plane of event time and processing time is told of the watched node. It begins with nothing and grows: every
 * update continues the one before, in order of `seq`. Typed arrays are transferred; one element a row, step, pane or pair.
 *
 * Everything carries the number of the entry that brought it about, so that what a run had shown at any earlier entry is
 * found by leaving out what came later.
 */
export interface PlaneUpdate {
  readonly nodeId: string;
  /** Another number than in the update before: what was told is of no use any more. */
  readonly filling: number;
  /** With the first update of a filling. */
  readonly facts: PlaneFacts | null;
  /** Entries told of, from the first on. */
  readonly toldSeq: number;
  /** Entries that the run has taken: more than `toldSeq` while an earlier part of the log is being gone through again. */
  readonly runSeq: number;
  /** Processing time of the last entry that the run has taken; NaN before the first. */
  readonly runAtMs: number;
  readonly points: PlanePoints | null;
  /** Lines that were not told of before, and how each of them went on. */
  readonly lines: readonly PlaneLine[];
  readonly steps: readonly LineSteps[];
  readonly panes: PanePatches | null;
  readonly pairs: PlanePairs | null;
  /** Keys that were not told of before; the first has number 1. */
  readonly keys: readonly PlaneKey[];
  readonly counts: PlaneCounts;
}

/** What is known of the node before anything comes. */
export interface PlaneFacts {
  readonly nodeId: string;
  readonly kind: string;
  /** Names of the input ports that rows are told apart by: `in`, or `left` and `right`. */
  readonly sides: readonly string[];
  /** Null where results stand for no windows with bounds. */
  readonly window: PlaneWindow | null;
  /** How far behind the watermark a window is kept for late rows, or, by stream time, still open. 0: not at all. */
  readonly horizonMs: DurationMs;
  readonly horizonWord: 'allowed lateness' | 'grace';
  /** Watermark delays of the sources that the node hears of, ascending, each once. */
  readonly delaysMs: readonly DurationMs[];
  /** Of an interval join: a right row matches from `lowerMs` to `upperMs` after the left one. */
  readonly interval: { readonly lowerMs: DurationMs; readonly upperMs: DurationMs } | null;
  /** Stretches of event time about a row in which others count for it; empty where windows or pairs show that. */
  readonly reaches: readonly PlaneReach[];
  /** The figure that panes are labelled with; null where results have none. */
  readonly valueName: string | null;
  readonly keyNames: readonly string[];
}

/** From `fromMs` to `toMs` after a row. */
export interface PlaneReach {
  readonly fromMs: number;
  readonly toMs: number;
  readonly what: string;
}

export interface PlaneWindow {
  readonly kind: string;
  /** Windows of the processing clock: bounds are processing times. */
  readonly isByClock: boolean;
  /** Whether a window belongs to one key and grows with its rows. */
  readonly isMerging: boolean;
  readonly sizeMs: DurationMs;
  readonly gapMs: DurationMs;
}

export const FATE_ON_TIME = 0;
/** Behind the watermark, and taken: its window had not given a result. */
export const FATE_LATE_KEPT = 1;
/** Taken, and its window gave a result once more. */
export const FATE_REFIRED = 2;
/** The ledger's `late`. */
export const FATE_DROPPED = 3;
/** Dropped for another reason: too early, or without key or time. */
export const FATE_REFUSED = 4;
/** An expression failed. */
export const FATE_REJECTED = 5;

export interface PlanePoints {
  readonly length: number;
  readonly seq: Float64Array;
  /** Event time; NaN for none. */
  readonly tsMs: Float64Array;
  readonly atMs: Float64Array;
  readonly fate: Uint8Array;
  /** Place in `PlaneFacts.sides`. */
  readonly side: Uint8Array;
  /** Number of the row's key; 0 without one, or where there are too many to tell apart. */
  readonly key: Uint16Array;
  /** Which source and partition the row is of: a place among `PlaneLine`s of the role `partition`, by `lane`. */
  readonly lane: Int16Array;
  /** The watermark that judged a row that was not on time; NaN for others and before the first. */
  readonly judgedMs: Float64Array;
  /** For how many rows on time one stands, from the first of these on: 1 unless there are very many. */
  readonly weight: number;
}

export interface PlaneLine {
  /** `clock`: what the node's rows are judged by. `input`: of one input. `partition`: of one partition of a source. */
  readonly role: 'clock' | 'input' | 'partition';
  readonly nodeId: string;
  readonly side: number;
  /** The partition's number; -1 for other roles. */
  readonly partition: number;
}

/** A step function: a value holds from its `seq` on until the next. Of very many steps some are left out. */
export interface LineSteps {
  /** Place of the line, in the order in which lines were told of. */
  readonly line: number;
  readonly length: number;
  readonly seq: Float64Array;
  readonly atMs: Float64Array;
  /** `Infinity`: the end of time. */
  readonly watermarkMs: Float64Array;
  readonly idle: Uint8Array;
  /** Steps nearer to each other than this were left out, ms of processing time; 0: none. */
  readonly spacingMs: DurationMs;
}

/** What ends a stretch of a pane; `OPEN`: nothing yet. */
export const PANE_OPEN = 0;
export const PANE_ENDS_EARLY = 1;
export const PANE_ENDS_ON_TIME = 2;
export const PANE_ENDS_LATE = 3;
/** A row made the session longer. */
export const PANE_GROWS = 4;
/** The session became part of another one. */
export const PANE_MERGES = 5;
/** The window was let go of. */
export const PANE_CLOSES = 6;

/**
 * Stretches of windows: from a moment of processing time to the next at which something happened to the window. Element i
 * says how the stretch `index[i]` is by now; one that is told again took an end, or another one.
 */
export interface PanePatches {
  readonly length: number;
  readonly index: Uint32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly key: Uint16Array;
  readonly fromSeq: Float64Array;
  readonly fromAtMs: Float64Array;
  /** Infinity while it is open. */
  readonly toSeq: Float64Array;
  readonly toAtMs: Float64Array;
  readonly ends: Uint8Array;
  /** 1 from the first result on time on. */
  readonly hasFired: Uint8Array;
  /** Of the result that ended it; NaN for none. */
  readonly value: Float64Array;
  readonly results: Uint32Array;
  /** Set once windows came that are not shown, because there are too many. */
  readonly areAll: boolean;
}

/** Results of a join. Rows are told by their places among the points. */
export interface PlanePairs {
  readonly length: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly seq: Float64Array;
  readonly atMs: Float64Array;
}

export interface PlaneKey {
  /** As people read it. */
  readonly text: string;
  /** The key's columns as a JSON array. */
  readonly json: string;
}

export interface PlaneCounts {
  /** Rows by fate, all of them, also those that are not told one by one. */
  readonly byFate: readonly number[];
  /** Rows that have no event time. */
  readonly timeless: number;
  /** Pairs of a join, told one by one or not. */
  readonly pairs: number;
  readonly pairsNotTold: number;
}
