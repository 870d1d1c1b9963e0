import { SQL_RULES } from '../../expression/rules.ts';
import { NO_WATERMARK } from '../../stream/time.ts';
import type { Dialect } from './dialect.ts';
import { flinkDatastream } from './flink-datastream.ts';

/**
 * Kafka Streams, DSL of release 4.0; classes in `org.apache.kafka.streams.*` are named at each rule. Runs as one task
 * per operator, with record caches off, as TopologyTestDriver does.
 */
export const kafkaStreams: Dialect = {
  name: 'kafka-streams',
  title: 'Kafka Streams',
  time: {
    // There are no watermarks: what travels on an edge is the stream time, the largest time so far.
    boundedWatermark: (maxTimeMs: number) => maxTimeMs,
    // Time moves with records alone.
    flushAtEnd: false,
    emitsAhead: false,
    periodicFromMs: NO_WATERMARK,
    activeWith: 'row',
    assignerPassesStatus: false,
    // One task reads all partitions, as TopologyTestDriver does: its stream time is that of all of them.
    partitionWatermarks: false,
    hasProcessingTime: false,
  },
  expressions: SQL_RULES,
  windows: {
    machine: 'stores',
    kinds: ['tumbling', 'hopping', 'session', 'sliding'],
    emissions: ['on-close', 'each-event'],
    accumulations: ['accumulating'],
    triggers: [],
    takesRetractions: false,
    hasLateness: true,
    hasOffset: false,
    // TimeWindows.advanceBy: 0 < advance <= size
    advance: { mustDivide: false, mayExceed: false },
    stepMustDivide: true,
    // TimeWindows.windowsFor: the first start is never below 0
    startsBeforeEpoch: false,
    // KStreamSessionWindowAggregate: findSessions(ts - gap, ts + gap), both ends in
    touchingSessionsMerge: true,
    // SessionWindow: start and end are those of the first and last record
    sessionEndsWith: 'last-event',
    counts: 'windows',
    // In terms of stream time less grace: KStreamWindowAggregate, windowEnd > closeTime
    fireAt: (endMs: number) => endMs,
    cleanupAt: (endMs, latenessMs) => endMs + latenessMs,
    resultTimeMs: (startMs) => startMs,
    graceMs: (delayMs, latenessMs) => delayMs + latenessMs,
    // KStreamWindowAggregate.process: skipped and counted
    nullKeys: 'drop',
  },
  aggregates: flinkDatastream.aggregates,
  tables: {
    // KTableAggregate: the subtractor's result is kept, a tombstone only where it is null
    changes: 'upsert',
    keepsEmptyGroups: true,
    // KTableRepartitionMap: one change where old and new key are the same (KIP-904)
    changesGroupsAtOnce: true,
    skipsUnchanged: false,
    // KTableAggregate, KStreamAggregate: the larger of the record's and the aggregate's
    resultTime: 'largest',
    hasTimeToLive: false,
  },
  // KStreamMap: any key; only what groups or joins by it asks for one
  rekey: { nullKeys: 'keep' },
  patterns: null,
  joins: {
    ...flinkDatastream.joins,
    // KStreamKStreamJoin.process, since release 3.7 (KIP-962); a right join is a left join with its sides and times exchanged
    stream: { nullKeys: 'pad', rightJoinTurnsBounds: false },
    // SubscriptionSendProcessorSupplier.leftJoinInstructions, since release 3.7 (KIP-962)
    table: { foreignKeyChange: 'pads-between' },
    // KStreamGlobalKTableJoin: KStreamKTableJoinProcessor over a table of one value a key
    lookup: { leftChanges: ['append'], mayHaveMany: false, nullKeys: 'pad' },
    temporal: {
      // RocksDBVersionedStore
      versions: 'store',
      hasEventTime: true,
      leftChanges: ['append'],
      // KStreamKTableJoinProcessor.maybeDropRecord, since release 3.7 (KIP-962)
      nullKeys: 'pad',
      // KTableSource.process: skipped and counted
      dropsNullTableKeys: true,
      hasRetention: false,
      arrivalShowsLeft: false,
    },
  },
};
