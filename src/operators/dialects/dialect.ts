import type { ExpressionRules } from '../../expression/rules.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Changes } from '../../stream/row-kind.ts';
import type { DurationMs, EventTimeMs, WatermarkMs } from '../../stream/time.ts';
import type { DataType } from '../../stream/types.ts';
import type { JoinKind } from '../shared/joins/join-config.ts';
import type { Skip } from '../shared/pattern-skip.ts';
import type { TriggerName } from '../shared/trigger.ts';
import type { Accumulation, Emission, WindowKind } from '../shared/window-kinds.ts';

/**
 * The rules in which the engines differ, as data and small functions. Kernels ask the record and never the name.
 * Watermarks are in Flink's convention whatever the dialect: no further event with time <= W is expected.
 */
export interface Dialect {
  readonly name: DialectName;
  /** As written on the screen. */
  readonly title: string;
  readonly time: TimeRules;
  readonly expressions: ExpressionRules;
  readonly windows: WindowRules;
  readonly aggregates: AggregateRules;
  readonly tables: TableRules;
  readonly rekey: RekeyRules;
  /** Null where the engine has no patterns. */
  readonly patterns: PatternRules | null;
  readonly joins: JoinRules;
}

export interface TimeRules {
  /** The watermark that a source with this delay states after an event at `maxTimeMs`. */
  readonly boundedWatermark: (maxTimeMs: EventTimeMs, delayMs: DurationMs) => WatermarkMs;
  /** Whether the end of a bounded input moves event time to its end. */
  readonly flushAtEnd: boolean;
  /** Whether a periodic watermark also follows a row at once, when it has moved by more than the interval. */
  readonly emitsAhead: boolean;
  /** What a periodic watermark must be above to be stated for the first time. */
  readonly periodicFromMs: WatermarkMs;
  /** What ends idleness: the next row, or the next watermark that moves. */
  readonly activeWith: 'row' | 'watermark';
  /** Whether an assigner in mid-stream hands on that its input is idle or active again. */
  readonly assignerPassesStatus: boolean;
  /** Whether each partition of a source has a watermark of its own; if not, partitions only tag rows. */
  readonly partitionWatermarks: boolean;
  /** Whether the graph may run on the processing clock. */
  readonly hasProcessingTime: boolean;
}

export interface WindowRules {
  /**
   * How windows run. `triggers`: Flink's WindowOperator, by watermark and trigger. `panes`: Beam's ReduceFnRunner, by
   * watermark, trigger and pane. `stores`: Kafka's, by the stream time of the rows that arrive.
   */
  readonly machine: 'triggers' | 'panes' | 'stores';
  readonly kinds: readonly WindowKind[];
  readonly emissions: readonly Emission[];
  readonly accumulations: readonly Accumulation[];
  readonly triggers: readonly TriggerName[];
  /** Whether input may take rows back. */
  readonly takesRetractions: boolean;
  /** Whether a window may be kept after it fired, for rows that come late. */
  readonly hasLateness: boolean;
  readonly hasOffset: boolean;
  /** Whether the advance of a hopping window must divide its size; whether it may be longer than the size. */
  readonly advance: { readonly mustDivide: boolean; readonly mayExceed: boolean };
  /** Whether the step of a cumulating window must divide its size. */
  readonly stepMustDivide: boolean;
  /** Whether windows may start before 1970. */
  readonly startsBeforeEpoch: boolean;
  /** Whether two sessions that are exactly one gap apart are one. */
  readonly touchingSessionsMerge: boolean;
  /** Whether a session ends with its last event, which then belongs to it, or a gap after it, which does not. */
  readonly sessionEndsWith: 'last-event' | 'gap';
  /** Whether the engine's counter of late rows counts rows, or every window of a row. */
  readonly counts: 'rows' | 'windows';
  /** When the window may fire for the first time: the least watermark that completes [.., endMs). */
  readonly fireAt: (endMs: EventTimeMs) => WatermarkMs;
  /** The least watermark at which the window's state is gone, so that a row for it is late. */
  readonly cleanupAt: (endMs: EventTimeMs, latenessMs: DurationMs) => WatermarkMs;
  /** Event time of a result; of `stores` only for windows that no row is in. */
  readonly resultTimeMs: (startMs: EventTimeMs, endMs: EventTimeMs) => EventTimeMs;
  /** Grace as it follows from the neutral figures of the document, ms. 0 where there is none. */
  readonly graceMs: (delayMs: DurationMs, latenessMs: DurationMs) => DurationMs;
  /** Whether rows with a NULL in the key form a group of their own or are dropped. */
  readonly nullKeys: 'group' | 'drop';
}

export interface AggregateRules {
  /** Type of a sum; null where there is none. */
  readonly sumType: (argument: DataType) => DataType | null;
  /** Type of an average; null where there is none. Of whole type it is cut off towards zero, a DECIMAL rounded half up. */
  readonly averageType: (argument: DataType) => DataType | null;
  /** Type of variances and standard deviations; null where there is none. Cut off and rounded as averages are. */
  readonly varianceType: (argument: DataType) => DataType | null;
  /** What a variance is computed from: the sums of the values and their squares, or deviations from the running mean. */
  readonly varianceFrom: 'sums' | 'deviations';
  /** A sum over no value. */
  readonly emptySum: null | 0;
  /** An average over no value. */
  readonly emptyAverage: null | 0;
  /** A variance over no value, and that of a sample of one. */
  readonly emptyVariance: null | 0;
  /** An array of no value. */
  readonly emptyArray: null | 'empty';
  /** Which of several equal values in a list is taken back. */
  readonly takesBack: 'first' | 'last';
  /** Whether collected lists and sets hold NULL. */
  readonly collectsNulls: boolean;
}

export interface TableRules {
  /** How a result that changes is given out: keyed, or with the former one taken back. */
  readonly changes: 'upsert' | 'retract';
  /** Whether a group stays, with its aggregates over nothing, when its last row is taken back. */
  readonly keepsEmptyGroups: boolean;
  /** Whether a change inside one group gives one result, not one for what goes and one for what comes. */
  readonly changesGroupsAtOnce: boolean;
  /** Whether a change that leaves a result as it was is passed over. */
  readonly skipsUnchanged: boolean;
  /** Event time of a group's result: that of the row, or the largest of the group. */
  readonly resultTime: 'row' | 'largest';
  /** Whether state may be forgotten when nobody has written to it for some time. */
  readonly hasTimeToLive: boolean;
}

export interface RekeyRules {
  /** What becomes of a row with NULL in its new key. */
  readonly nullKeys: 'keep' | 'reject';
}

/** How much of a pattern the engine's language can say. */
export interface PatternRules {
  /** Whether rows may stand between those of a match, and may have to be absent. */
  readonly passesOver: boolean;
  readonly tellsTimeouts: boolean;
  readonly skips: readonly Skip[];
  /** Whether a last step that may repeat can be greedy. */
  readonly greedyAtEnd: boolean;
  /** Whether a match ends the job that has no row to go on with, or would begin again with its own first row. */
  readonly failsWithoutSkip: boolean;
  /** Whether every step may be optional. */
  readonly emptyMatches: boolean;
}

export interface JoinRules {
  readonly interval: IntervalJoinRules;
  /** Null where the engine has no such join; the same below. */
  readonly stream: StreamJoinRules | null;
  readonly table: TableJoinRules | null;
  readonly window: WindowJoinRules;
  readonly temporal: TemporalJoinRules;
  readonly lookup: LookupJoinRules;
}

/**
 * A row with NULL in the key of a join with a table: `unmatched`, without partner like others; `pad`, given with NULL by a left
 * join at once and dropped by an inner one; `drop`, dropped by both. Dropped rows are counted.
 */
export type NullKeyRule = 'unmatched' | 'pad' | 'drop';

export interface LookupJoinRules {
  /** Which inputs can be enriched. */
  readonly leftChanges: readonly Changes[];
  /** Whether the table may have several rows of one key. */
  readonly mayHaveMany: boolean;
  readonly nullKeys: NullKeyRule;
}

export interface TemporalJoinRules {
  /**
   * How versions of a table are kept and left rows wait for them: by key until the watermark has passed, or in a store for as
   * long as its history goes back, by stream time.
   */
  readonly versions: 'watermark' | 'store';
  /** Whether there are tables as of the time of a row, not only as of its arrival. */
  readonly hasEventTime: boolean;
  /** Which left inputs can be joined. */
  readonly leftChanges: readonly Changes[];
  readonly nullKeys: NullKeyRule;
  /** Whether a table row with NULL in its key is dropped and counted; if not, it only matches nothing. */
  readonly dropsNullTableKeys: boolean;
  /** Whether what a key keeps can be forgotten by the clock. */
  readonly hasRetention: boolean;
  /** Whether what comes out of a join as of arrival shows the left watermark alone. */
  readonly arrivalShowsLeft: boolean;
}

export interface WindowJoinRules {
  /** Which windows the join may be over: those that the rows of both sides come with, or one that it names itself. */
  readonly windows: readonly ('inherited' | 'tumbling' | 'hopping' | 'session')[];
  readonly kinds: readonly JoinKind[];
  readonly hasNullSafeKeys: boolean;
  readonly hasProcessingTime: boolean;
}

export interface IntervalJoinRules {
  /**
   * How the join runs. `buffers`: Flink's IntervalJoinOperator, which refuses late rows and gives matches alone. `caches`: its
   * TimeIntervalJoin, which joins late rows with what is left, pads rows without partner and holds the watermark back.
   */
  readonly machine: 'buffers' | 'caches';
  readonly kinds: readonly JoinKind[];
  readonly hasNullSafeKeys: boolean;
  readonly hasProcessingTime: boolean;
  /** Whether an interval may end before it begins; no rows match then. */
  readonly takesReversed: boolean;
  /** Whether a row comes too late to be taken. */
  readonly isLate: (timeMs: EventTimeMs, watermark: WatermarkMs) => boolean;
  /** How far a watermark has to be behind the time of a buffered left row to forget it. */
  readonly leftReachMs: (upperMs: DurationMs) => DurationMs;
  /** The same of a buffered right row. */
  readonly rightReachMs: (lowerMs: DurationMs) => DurationMs;
  /** Event time of a match. */
  readonly resultTimeMs: (leftMs: EventTimeMs, rightMs: EventTimeMs) => EventTimeMs;
}

/** Kafka: `KStreamKStreamJoin`. */
export interface StreamJoinRules {
  /**
   * What becomes of rows with NULL in their key: they move stream time, and those of a side that is kept without partner
   * come out at once, padded, while others are dropped and counted; or all are dropped, before anything else. Rows without
   * a value are dropped by both, and move stream time by the first rule alone.
   */
  readonly nullKeys: 'pad' | 'drop';
  /** Whether a right join changes the sides and leaves before and after as they are. */
  readonly rightJoinTurnsBounds: boolean;
}

/** Kafka: `KTableKTableInnerJoin` and its kin, `SubscriptionSendProcessorSupplier`. */
export interface TableJoinRules {
  /** How a left join by foreign key follows a left row from one right row to another, or to none. */
  readonly foreignKeyChange: 'pads-between' | 'skips-nulls';
}
