import type { DurationMs } from '../stream/time.ts';
import type { Json } from '../stream/value.ts';

/**
 * What a frame tells about the watched node, ready to draw: bounded and downsampled in the worker. Every typed array is
 * transferred. Counts that are shown as such come from the ledger, not from here.
 *
 * Each chart comes at most four times a second, and while a run goes on no frame brings more than one of them: a page
 * that draws all at once would miss its own frames.
 */
export type ChartUpdate = { readonly nodeId: string } &
  /** Null while there is no result. */
  (
    | { readonly chart: 'windows'; readonly data: WindowChart | null }
    | { readonly chart: 'clocks'; readonly data: ClockChart }
    | { readonly chart: 'drops'; readonly data: DropChart }
    /** Null while no source upstream of the node gave a row. */
    | { readonly chart: 'lateness'; readonly data: LatenessChart | null }
    /** Null for a node that hands rows on as they come. */
    | { readonly chart: 'latency'; readonly data: LatencyChart | null }
    /** Null while nothing was ever kept. */
    | { readonly chart: 'state'; readonly data: StateChart | null }
  );

/**
 * Results over event time, oldest first, at most 100 bars over all series: the newest windows; or, of a stream whose rows
 * stand for no window, the rows of the whole run by intervals of equal length.
 */
export interface WindowChart {
  readonly by: 'window' | 'interval';
  readonly column: string;
  /** The numeric result columns to choose from. */
  readonly columns: readonly string[];
  /**
   * `stacked`: values of keys add up to the window's total (counts, sums). `beside`: they do not (averages, extremes),
   * so there is no `other` and nothing is added.
   */
  readonly arrangement: 'stacked' | 'beside';
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Entry that brought the newest result of each, and when it was processed; NaN of intervals. */
  readonly emittedSeq: Float64Array;
  readonly emittedAtMs: Float64Array;
  /** Keys with the largest values first, then, when stacked, `other` for the rest. One without a key. */
  readonly series: readonly WindowSeries[];
  /**
   * Of a window that is not complete: the sum of the values of early panes of keys without an on-time one; when not
   * stacked, 1 where no key has one. 0 for all others.
   */
  readonly early: Float64Array;
  /** What late firings added to the on-time value, all keys together; only when stacked. NaN-free. */
  readonly addedLate: Float64Array | null;
  /** Whether windows are as long as their events make them, each of one key. */
  readonly isMerging: boolean;
  /** Windows that fired so far, or intervals that have a row, shown or not. */
  readonly windowsFired: number;
  /** Set when more keys fired than are told apart; late corrections of the rest are then counted as new values. */
  readonly approximate: boolean;
}

export interface WindowSeries {
  /** The key as text, empty without a key. */
  readonly name: string;
  readonly isOther: boolean;
  /** One a window, NaN where the key had no result. On-time values when stacked, else the newest. */
  readonly values: Float64Array;
}

/** Step functions of processing time, at most 240 points each, every one as it stood at its `atMs`. */
export interface ClockChart {
  /** The newest stretch, fine enough to tell the clocks apart. */
  readonly recent: ClockSeries;
  /** The whole run. */
  readonly whole: ClockSeries;
  /**
   * Watermarks that the node's own is made from, over the whole run: of each source that it hears of where there are more,
   * and of each partition of a source with several. At most 16 of each source.
   */
  readonly parts: readonly ClockPart[];
  /** How many there are, told here or not. */
  readonly allParts: number;
}

/** One of the watermarks that hold each other back, as in `ClockSeries`. */
export interface ClockPart {
  readonly sourceId: string;
  /** Null for a source as a whole. */
  readonly partition: number | null;
  readonly isIdle: boolean;
  readonly atMs: Float64Array;
  readonly watermarkMs: Float64Array;
}

export interface ClockSeries {
  /** Least distance of two points; 0 while no step of a clock was left out. */
  readonly spacingMs: DurationMs;
  readonly atMs: Float64Array;
  /** NaN before the first. */
  readonly maxEventTimeMs: Float64Array;
  /** NaN before the first; the last finite one is repeated at the end of time. */
  readonly watermarkMs: Float64Array;
}

/** Rows with the fate `late`, and how many rows were dropped for each reason. */
export interface DropChart {
  /** By `DropReason`; a reason without a row is left out. */
  readonly reasons: Readonly<Record<string, number>>;
  /** By window, newest 100; a row that missed two windows counts in both. Empty for joins. */
  readonly windowStartMs: Float64Array;
  readonly windowEndMs: Float64Array;
  readonly windowCounts: Float64Array;
  /** By processing time, at most 100 intervals of `intervalMs`, empty ones left out. */
  readonly intervalMs: DurationMs;
  readonly atMs: Float64Array;
  readonly counts: Float64Array;
}

/**
 * How far behind the newest event of its source each row came. `Source` here: those upstream of the watched node.
 * Percentiles are nearest rank, rounded up to the bucket's end.
 */
export interface LatenessChart {
  readonly rows: number;
  /** Bars: [i * binMs, (i + 1) * binMs); the last one also holds all that is later. At most 100. */
  readonly binMs: DurationMs;
  readonly counts: Float64Array;
  /** Those of `counts` that the watched node dropped as late, by the same bars. */
  readonly dropped: Float64Array;
  readonly p50Ms: DurationMs;
  readonly p90Ms: DurationMs;
  readonly p95Ms: DurationMs;
  readonly p99Ms: DurationMs;
  readonly maxMs: DurationMs;
  /** Rows that came no later than the delay of their own source; those of a source without a delay are left out. */
  readonly withinDelay: number;
  /** Rows of sources with a delay. */
  readonly delayedRows: number;
  /** Watermark delays of the sources, ascending, each once. */
  readonly delaysMs: readonly DurationMs[];
  /** Allowed lateness of the watched node, null when it has none. */
  readonly latenessMs: DurationMs | null;
}

/**
 * How long results took, by processing time of their coming forth. From the end of the window: on-time panes. From the event
 * time of the result: all results. Null while there is none.
 */
export interface LatencyChart {
  readonly fromEnd: LatencyFigures | null;
  readonly fromEvent: LatencyFigures | null;
  /** Results that late rows brought about; they count for no window's latency. */
  readonly corrections: number;
}

/** Percentiles as those of lateness. */
export interface LatencyFigures {
  readonly rows: number;
  /** Results that came before that time by the clock: in no figure here. */
  readonly ahead: number;
  readonly p50Ms: DurationMs;
  readonly p90Ms: DurationMs;
  readonly p95Ms: DurationMs;
  readonly p99Ms: DurationMs;
  readonly maxMs: DurationMs;
  readonly over: SpanFigures;
}

/** Figures by intervals of processing time of equal length, at most 240; those without one are left out. */
export interface SpanFigures {
  readonly intervalMs: DurationMs;
  /** Where each begins. */
  readonly atMs: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly sum: Float64Array;
  readonly counts: Float64Array;
}

/** What a node kept, as it stood after each round: between two rounds it may have been more. */
export interface StateChart {
  readonly rows: SpanFigures;
  readonly bytes: SpanFigures;
  readonly mostRows: number;
  readonly mostBytes: number;
}

/** Rows in columns; the arrays have one element a row. */
export interface ResultTable {
  readonly nodeId: string;
  readonly length: number;
  readonly seq: Float64Array;
  /** `RowKind`. */
  readonly kinds: Uint8Array;
  /** NaN where a row stands for no window. */
  readonly windowStartMs: Float64Array;
  readonly windowEndMs: Float64Array;
  /** `PaneTiming`. */
  readonly timing: Uint8Array;
  /** NaN where a row has none. */
  readonly tsMs: Float64Array;
  readonly columns: readonly TableColumn[];
  /** Names of the columns that identify a row. */
  readonly key: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** As written in SQL. */
  readonly type: string;
  readonly values: readonly Json[];
}

export interface DropTable {
  readonly nodeId: string;
  readonly length: number;
  readonly seq: Float64Array;
  readonly tsMs: Float64Array;
  readonly atMs: Float64Array;
  /** The watermark that the row met. */
  readonly watermarkMs: Float64Array;
  /** First window that it missed; NaN for none. */
  readonly windowStartMs: Float64Array;
  readonly windowEndMs: Float64Array;
  readonly reasons: readonly string[];
  readonly columns: readonly TableColumn[];
}
