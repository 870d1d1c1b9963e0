import { SQL_RULES } from '../../expression/rules.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Dialect } from './dialect.ts';
import { flinkDatastream } from './flink-datastream.ts';

/**
 * Apache Beam, Java SDK of release 2.57; classes in `org.apache.beam.*` are named at each rule. Beam's input watermark
 * says that nothing below it will come, Flink's that nothing at or below it will: every rule here is 1 ms away from
 * Beam's own figure.
 */
export const beam: Dialect = {
  name: 'beam',
  title: 'Beam',
  time: {
    boundedWatermark: (maxTimeMs, delayMs) => maxTimeMs - delayMs - 1,
    flushAtEnd: true,
    emitsAhead: false,
    periodicFromMs: NO_WATERMARK,
    activeWith: 'row',
    assignerPassesStatus: false,
    partitionWatermarks: true,
    hasProcessingTime: false,
  },
  expressions: SQL_RULES,
  windows: {
    ...flinkDatastream.windows,
    machine: 'panes',
    kinds: ['tumbling', 'hopping', 'session', 'global'],
    triggers: [
      'default',
      'never',
      'count',
      'processing-delay',
      'repeatedly',
      'after-first',
      'after-all',
      'after-each',
      'or-finally',
      'end-of-window',
    ],
    // IntervalWindow.intersects through MergeOverlappingIntervalWindows: not when only the ends touch
    touchingSessionsMerge: false,
    // LateDataDroppingDoFnRunner: windows are exploded before they are counted
    counts: 'windows',
  },
  aggregates: {
    ...flinkDatastream.aggregates,
    // Sum.ofLongs, ofDoubles: the identity of an empty pane
    emptySum: 0,
  },
  tables: { ...flinkDatastream.tables, hasTimeToLive: false },
  rekey: { nullKeys: 'keep' },
  patterns: null,
  joins: flinkDatastream.joins,
};
