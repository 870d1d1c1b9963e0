import { DOUBLE, isNumeric } from '../../stream/types.ts';
import type { Dialect } from './dialect.ts';
import { kafkaStreams } from './kafka-streams.ts';

/** ksqlDB 7.x on Kafka Streams; where a rule is not stated here it is that of Kafka Streams. */
export const ksqldb: Dialect = {
  ...kafkaStreams,
  name: 'ksqldb',
  title: 'ksqlDB',
  expressions: {
    // SqlToJavaVisitor.nullCheckPrefix: a comparison with NULL is FALSE
    comparedWithNull: 'false',
    // Greatest, Least: NULL arguments are left out
    extremesSkipNulls: true,
    // CodeGenUtil, SelectValueMapper: what fails is logged and NULL
    failing: 'null',
  },
  windows: { ...kafkaStreams.windows, kinds: ['tumbling', 'hopping', 'session'] },
  aggregates: {
    // IntegerSumKudaf, DecimalSumKudaf and others keep the type of their argument and begin at 0
    sumType: (argument) => (isNumeric(argument) ? argument : null),
    averageType: (argument) => (isNumeric(argument) ? DOUBLE : null),
    varianceType: (argument) => (isNumeric(argument) ? DOUBLE : null),
    // StandardDeviationSampleUdaf: the algorithm of Youngs and Cramer
    varianceFrom: 'deviations',
    emptySum: 0,
    // AverageUdaf.map
    emptyAverage: 0,
    // StandardDeviationSampleUdaf.map: 0 below two values
    emptyVariance: 0,
    emptyArray: 'empty',
    // CollectListUdaf.undo: lastIndexOf
    takesBack: 'last',
    // CollectListUdaf keeps NULL
    collectsNulls: true,
  },
  joins: {
    ...kafkaStreams.joins,
    // On a Kafka Streams before 3.7; StreamStreamJoinBuilder: right.leftJoin(left, joinWindows)
    stream: { nullKeys: 'drop', rightJoinTurnsBounds: true },
    table: { foreignKeyChange: 'skips-nulls' },
    lookup: { ...kafkaStreams.joins.lookup, nullKeys: 'drop' },
    // Tables are not versioned
    temporal: { ...kafkaStreams.joins.temporal, hasEventTime: false, nullKeys: 'drop' },
  },
};
