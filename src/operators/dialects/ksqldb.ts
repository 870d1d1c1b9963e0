import { DOUBLE, decimal, isNumeric } from '../../stream/types.ts';
import type { Dialect } from './dialect.ts';
import { kafkaStreams } from './kafka-streams.ts';

/** ksqlDB 7.x on Kafka Streams; where a rule is not stated here it is that of Kafka Streams. */
export const ksqldb: Dialect = {
  ...kafkaStreams,
  name: 'ksqldb',
  title: 'ksqlDB',
  windows: { ...kafkaStreams.windows, kinds: ['tumbling', 'hopping', 'session'] },
  aggregates: {
    // SumKudaf keeps the type of its argument and begins at 0
    sumType: (argument) =>
      argument.kind === 'DECIMAL' ? decimal(38, argument.scale) : isNumeric(argument) ? argument : null,
    averageType: (argument) => (isNumeric(argument) ? DOUBLE : null),
    emptySum: 0,
    // CollectListUdaf keeps NULL
    collectsNulls: true,
  },
};
