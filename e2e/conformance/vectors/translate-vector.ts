import type { Translated } from '../adapter.ts';
import type { VectorCase } from '../case.ts';
import { Inexpressible } from '../case.ts';
import { flinkAssigner } from './assign-timestamps.ts';
import { beamWindows } from './beam-windows.ts';
import { textOf } from '../fields.ts';
import { flinkWindowRows, flinkWindows } from './flink-windows.ts';
import { lateFilter, sessionMerge, windowAssignment } from './functions.ts';
import { flinkDedup, flinkTopN } from './flink-rankings.ts';
import { flinkLookupJoin, flinkRegularJoin, flinkTemporalJoin } from './flink-table-joins.ts';
import { flinkIntervalJoin } from './interval-join.ts';
import { kafkaStreamStreamJoin, kafkaStreamTableJoin, kafkaTableTableJoin } from './kafka-joins.ts';
import { kafkaWindows } from './kafka-windows.ts';
import { kafkaSuppress } from './suppress.ts';
import { flinkWindowJoin } from './window-join.ts';
import { idlenessTimer, watermarkGeneration, watermarkMerge, watermarkMultiplexing } from './watermark-functions.ts';

type Translate = (given: VectorCase) => Translated;

const BY_TYPE: Readonly<Record<string, Readonly<Record<string, Translate>>>> = {
  windowAggregate: { flink: flinkWindows, 'kafka-streams': kafkaWindows, beam: beamWindows },
  windowTableFunction: { flink: flinkWindowRows },
  suppress: { 'kafka-streams': kafkaSuppress },
  intervalJoin: { flink: flinkIntervalJoin },
  windowJoin: { flink: flinkWindowJoin },
  regularJoin: { flink: flinkRegularJoin },
  temporalJoin: { flink: flinkTemporalJoin },
  lookupJoin: { flink: flinkLookupJoin },
  streamTableJoin: { 'kafka-streams': kafkaStreamTableJoin },
  streamStreamJoin: { 'kafka-streams': kafkaStreamStreamJoin },
  tableTableJoin: { 'kafka-streams': kafkaTableTableJoin },
  deduplicate: { flink: flinkDedup },
  topN: { flink: flinkTopN },
  assignTimestampsAndWatermarks: { flink: flinkAssigner },
};

const FUNCTIONS: Readonly<Record<string, Translate>> = {
  assignWindows: windowAssignment,
  mergeSessionWindows: sessionMerge,
  lateFilter,
  watermarkGenerator: watermarkGeneration,
  watermarkMerge,
  watermarkMultiplexer: watermarkMultiplexing,
  idlenessTimer,
};

/** A case of one operator as a graph or a call. */
export function translateVector(given: VectorCase): Translated {
  const type = textOf(given.operator, 'type');
  const translate = FUNCTIONS[type] ?? BY_TYPE[type]?.[given.engine];
  if (translate === undefined) throw new Inexpressible(`not available yet: ${type}`);
  return translate(given);
}
