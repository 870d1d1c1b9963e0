import { SQL_RULES } from '../../expression/rules.ts';
import { decimal, isNumeric } from '../../stream/types.ts';
import type { Dialect } from './dialect.ts';
import { flinkDatastream } from './flink-datastream.ts';

/** Apache Flink SQL. Rules as in release 2.0; where a rule is not stated here it is that of the DataStream API. */
export const flinkSql: Dialect = {
  name: 'flink-sql',
  title: 'Flink SQL',
  time: {
    // wmassigners.BoundedOutOfOrderWatermarkGenerator: the expression itself, without the 1 ms of the DataStream API
    boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs,
    flushAtEnd: true,
    // WatermarkAssignerOperator.processElement: at once when more than the interval ahead
    emitsAhead: true,
    // WatermarkAssignerOperator.open: "watermark and timestamp should start from 0"
    periodicFromMs: 0,
    // WatermarkAssignerOperator.processElement: active before the row is handed on
    activeWith: 'row',
    // WatermarkAssignerOperator.processWatermarkStatus
    assignerPassesStatus: true,
    partitionWatermarks: true,
    hasProcessingTime: true,
  },
  expressions: SQL_RULES,
  windows: {
    ...flinkDatastream.windows,
    kinds: ['tumbling', 'hopping', 'session', 'cumulate', 'inherited'],
    emissions: ['on-close', 'panes'],
    accumulations: ['accumulating', 'retracting'],
    triggers: [],
    takesRetractions: true,
    hasLateness: false,
    // HopWindowSpec through SliceAssigners.HoppingSliceAssigner: "size must be an integral multiple of slide"
    advance: { mustDivide: true, mayExceed: false },
  },
  aggregates: {
    // SumAggFunction keeps the type of its argument; for DECIMAL LogicalTypeMerging.findSumAggType
    sumType: (argument) =>
      argument.kind === 'DECIMAL' ? decimal(38, argument.scale) : isNumeric(argument) ? argument : null,
    // AvgAggFunction keeps the type and cuts off; for DECIMAL LogicalTypeMerging.findAvgAggType
    averageType: (argument) =>
      argument.kind === 'DECIMAL' ? decimal(38, Math.max(6, argument.scale)) : isNumeric(argument) ? argument : null,
    // FlinkTypeSystem.deriveAvgAggType holds for variances too
    varianceType: (argument) =>
      argument.kind === 'DECIMAL' ? decimal(38, Math.max(6, argument.scale)) : isNumeric(argument) ? argument : null,
    // AggregateReduceFunctionsRule: (SUM(x * x) - SUM(x) * SUM(x) / COUNT(x)) / COUNT(x)
    varianceFrom: 'sums',
    emptySum: null,
    emptyAverage: null,
    emptyVariance: null,
    // ArrayAggFunction.getValue
    emptyArray: null,
    // ArrayAggFunction.retract: LinkedList.remove
    takesBack: 'first',
    // ARRAY_AGG respects NULL unless told otherwise
    collectsNulls: true,
  },
  tables: flinkDatastream.tables,
  rekey: { nullKeys: 'keep' },
  patterns: {
    // StreamExecMatch: next(…).consecutive() alone
    passesOver: false,
    tellsTimeouts: false,
    skips: ['to-next', 'past-last', 'to-first', 'to-last'],
    // StreamExecMatch: "Greedy quantifiers are not allowed as the last element of a Pattern yet"
    greedyAtEnd: false,
    // StreamExecMatch: skipToFirst(…).throwExceptionOnMiss()
    failsWithoutSkip: true,
    // StreamExecMatch: "Patterns that can produce empty matches are not supported"
    emptyMatches: false,
  },
  joins: {
    ...flinkDatastream.joins,
    interval: {
      ...flinkDatastream.joins.interval,
      machine: 'caches',
      kinds: ['inner', 'left', 'right', 'full'],
      hasNullSafeKeys: true,
      // ProcTimeIntervalJoin
      hasProcessingTime: true,
      // StreamExecIntervalJoin.createNegativeWindowSizeJoin: a warning in the log, and every row is without partner
      takesReversed: true,
    },
    window: {
      windows: ['inherited'],
      kinds: ['inner', 'left', 'right', 'full', 'semi', 'anti'],
      hasNullSafeKeys: true,
      // WindowJoinOperator.onProcessingTime: "Window join only support event-time now"
      hasProcessingTime: false,
    },
    // LookupJoinRunner.collect: with the row's kind
    lookup: { ...flinkDatastream.joins.lookup, leftChanges: ['append', 'upsert', 'retract'] },
  },
};
