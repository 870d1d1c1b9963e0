import type { DialectName } from '../../stream/node-definition.ts';
import { beam } from './beam.ts';
import type { Dialect } from './dialect.ts';
import { flinkDatastream } from './flink-datastream.ts';
import { flinkSql } from './flink-sql.ts';
import { kafkaStreams } from './kafka-streams.ts';
import { ksqldb } from './ksqldb.ts';

const records: Readonly<Record<DialectName, Dialect>> = {
  'flink-datastream': flinkDatastream,
  'flink-sql': flinkSql,
  'kafka-streams': kafkaStreams,
  ksqldb,
  beam,
};

/** The rules of a dialect. */
export function dialectNamed(name: DialectName): Dialect {
  return records[name];
}
