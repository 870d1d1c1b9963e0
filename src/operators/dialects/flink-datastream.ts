import type { Dialect } from './dialect.ts';

/** Apache Flink, DataStream API. Rules as in release 2.0; classes in `org.apache.flink.*` are named at each rule. */
export const flinkDatastream: Dialect = {
  name: 'flink-datastream',
  title: 'Flink DataStream',
  time: {
    // BoundedOutOfOrdernessWatermarks.onPeriodicEmit: one less, because an equal timestamp may still follow.
    boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs - 1,
    flushAtEnd: true,
  },
  windows: {
    // EventTimeTrigger.onElement and its timer at TimeWindow.maxTimestamp
    fireAt: (endMs) => endMs - 1,
    // WindowOperator.cleanupTime, isWindowLate
    cleanupAt: (endMs, latenessMs) => endMs - 1 + latenessMs,
    // WindowOperator.emitWindowContents: TimestampedCollector at maxTimestamp
    resultTimeMs: (_startMs, endMs) => endMs - 1,
    nullKeys: 'group',
  },
  joins: {
    // IntervalJoinOperator.isLate: strictly behind, unlike windows
    isLate: (timeMs, watermark) => timeMs < watermark,
    // IntervalJoinOperator.processElement: cleanup timers
    leftExpiresAt: (timeMs, upperMs) => (upperMs > 0 ? timeMs + upperMs : timeMs),
    rightExpiresAt: (timeMs, lowerMs) => (lowerMs < 0 ? timeMs - lowerMs : timeMs),
    // IntervalJoinOperator.collect
    resultTimeMs: (leftMs, rightMs) => Math.max(leftMs, rightMs),
  },
};
