import type { DialectName } from '../../stream/node-definition.ts';

/** The engines whose rules a graph may follow, as they call themselves. */
export const DIALECT_TITLES: Readonly<Record<DialectName, string>> = {
  'flink-datastream': 'Flink DataStream',
  'flink-sql': 'Flink SQL',
  'kafka-streams': 'Kafka Streams',
  ksqldb: 'ksqlDB',
  beam: 'Apache Beam',
};

/** Short, for a badge. */
export const DIALECT_BADGES: Readonly<Record<DialectName, string>> = {
  'flink-datastream': 'Flink rules',
  'flink-sql': 'Flink SQL rules',
  'kafka-streams': 'Kafka rules',
  ksqldb: 'ksqlDB rules',
  beam: 'Beam rules',
};
