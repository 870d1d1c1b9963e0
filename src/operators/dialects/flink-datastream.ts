import { SQL_RULES } from '../../expression/rules.ts';
import { BIGINT, DOUBLE, decimal, isNumeric } from '../../stream/types.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import { SKIPS } from '../shared/pattern-skip.ts';
import type { Dialect } from './dialect.ts';

/** Apache Flink, DataStream API. Rules as in release 2.0; classes in `org.apache.flink.*` are named at each rule. */
export const flinkDatastream: Dialect = {
  name: 'flink-datastream',
  title: 'Flink DataStream',
  time: {
    // BoundedOutOfOrdernessWatermarks.onPeriodicEmit: one less, because an equal timestamp may still follow.
    boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs - 1,
    flushAtEnd: true,
    emitsAhead: false,
    periodicFromMs: NO_WATERMARK,
    // WatermarksWithIdleness: the output becomes active with the next watermark
    activeWith: 'watermark',
    // TimestampsAndWatermarksOperator.processWatermarkStatus: nothing
    assignerPassesStatus: false,
    // ProgressiveTimestampsAndWatermarks.SplitLocalOutputs
    partitionWatermarks: true,
    hasProcessingTime: true,
  },
  expressions: SQL_RULES,
  windows: {
    machine: 'triggers',
    kinds: ['tumbling', 'hopping', 'session', 'count', 'global'],
    emissions: ['on-close', 'each-event', 'panes'],
    accumulations: ['accumulating', 'discarding'],
    triggers: [
      'event-time',
      'processing-time',
      'end-of-stream',
      'never',
      'count',
      'processing-delay',
      'continuous-event-time',
      'continuous-processing-time',
      'purging',
      'end-of-window',
    ],
    takesRetractions: false,
    hasLateness: true,
    hasOffset: true,
    advance: { mustDivide: false, mayExceed: true },
    stepMustDivide: true,
    startsBeforeEpoch: true,
    // TimeWindow.intersects: both ends in
    touchingSessionsMerge: true,
    sessionEndsWith: 'gap',
    counts: 'rows',
    // EventTimeTrigger.onElement and its timer at TimeWindow.maxTimestamp
    fireAt: (endMs) => endMs - 1,
    // WindowOperator.cleanupTime, isWindowLate
    cleanupAt: (endMs, latenessMs) => endMs - 1 + latenessMs,
    // WindowOperator.emitWindowContents: TimestampedCollector at maxTimestamp
    resultTimeMs: (_startMs, endMs) => endMs - 1,
    graceMs: () => 0,
    nullKeys: 'group',
  },
  aggregates: {
    // The API leaves the types to its user: nothing is cut off.
    sumType: (argument) => {
      if (argument.kind === 'INT' || argument.kind === 'BIGINT') return BIGINT;
      if (argument.kind === 'DECIMAL') return decimal(38, argument.scale);
      return argument.kind === 'DOUBLE' ? DOUBLE : null;
    },
    averageType: (argument) => (isNumeric(argument) ? DOUBLE : null),
    varianceType: (argument) => (isNumeric(argument) ? DOUBLE : null),
    varianceFrom: 'deviations',
    emptySum: null,
    emptyAverage: null,
    emptyVariance: null,
    emptyArray: 'empty',
    takesBack: 'first',
    collectsNulls: false,
  },
  tables: {
    // GroupAggFunction.processElement
    changes: 'retract',
    keepsEmptyGroups: false,
    changesGroupsAtOnce: false,
    skipsUnchanged: true,
    resultTime: 'row',
    // StateTtlConfig
    hasTimeToLive: true,
  },
  // KeyGroupRangeAssignment.assignToKeyGroup: a key must not be null
  rekey: { nullKeys: 'reject' },
  patterns: {
    passesOver: true,
    tellsTimeouts: true,
    skips: SKIPS,
    // NFACompiler: accepted, and without effect, as nothing follows that could be held off
    greedyAtEnd: true,
    // SkipToElementStrategy, unless throwExceptionOnMiss is called
    failsWithoutSkip: false,
    emptyMatches: true,
  },
  joins: {
    interval: {
      machine: 'buffers',
      kinds: ['inner'],
      hasNullSafeKeys: false,
      // KeyedStream.IntervalJoin.between: "Time-bounded stream joins are only supported in event time"
      hasProcessingTime: false,
      // IntervalJoinOperator: "lowerBound <= upperBound must be fulfilled"
      takesReversed: false,
      // IntervalJoinOperator.isLate: strictly behind, unlike windows
      isLate: (timeMs, watermark) => timeMs < watermark,
      // IntervalJoinOperator.processElement: cleanup timers
      leftReachMs: (upperMs) => Math.max(upperMs, 0),
      rightReachMs: (lowerMs) => Math.max(-lowerMs, 0),
      // IntervalJoinOperator.collect
      resultTimeMs: (leftMs, rightMs) => Math.max(leftMs, rightMs),
    },
    stream: null,
    table: null,
    window: {
      windows: ['tumbling', 'hopping', 'session'],
      // JoinedStreams: coGroup, and every pair of what came together
      kinds: ['inner'],
      hasNullSafeKeys: false,
      hasProcessingTime: true,
    },
    // AsyncWaitOperator gives any number of results for a row
    lookup: { leftChanges: ['append'], mayHaveMany: true, nullKeys: 'unmatched' },
    // As in SQL: TemporalRowTimeJoinOperator, TemporalProcessTimeJoinOperator
    temporal: {
      versions: 'watermark',
      hasEventTime: true,
      // SatisfyUpdateKindTraitVisitor: the left side is what the consumer asks for
      leftChanges: ['append', 'upsert', 'retract'],
      // JoinConditionWithNullFilters
      nullKeys: 'unmatched',
      dropsNullTableKeys: false,
      hasRetention: true,
      // TemporalProcessTimeJoinOperator.open: "consider watermark from left stream only"
      arrivalShowsLeft: true,
    },
  },
};
