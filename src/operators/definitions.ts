import { aggregateDefinition } from './aggregate/definition.ts';
import { assignTimestampsDefinition } from './assign-timestamps/definition.ts';
import { dedupDefinition } from './dedup/definition.ts';
import { patternDefinition } from './pattern/definition.ts';
import { flatMapDefinition } from './flat-map/definition.ts';
import { splitDefinition } from './split/definition.ts';
import { filterDefinition } from './filter/definition.ts';
import { intervalJoinDefinition } from './join-interval/definition.ts';
import { windowJoinDefinition } from './join-window/definition.ts';
import { lookupJoinDefinition } from './join-lookup/definition.ts';
import { regularJoinDefinition } from './join-regular/definition.ts';
import { temporalJoinDefinition } from './join-temporal/definition.ts';
import { mapDefinition } from './map/definition.ts';
import type { OperatorKind } from './operator.ts';
import { overDefinition } from './over/definition.ts';
import { sinkDefinition } from './sink/definition.ts';
import { streamJoinDefinition } from './join-stream/definition.ts';
import { tableJoinDefinition } from './join-table/definition.ts';
import { suppressDefinition } from './suppress/definition.ts';
import { topNDefinition } from './top-n/definition.ts';
import { unionDefinition } from './union/definition.ts';
import { windowDefinition } from './window/definition.ts';

/** Every operator kind's definition. Holds no kernel, so that the screen can import it. */
export const operatorDefinitions = {
  'assign-timestamps': assignTimestampsDefinition,
  filter: filterDefinition,
  map: mapDefinition,
  union: unionDefinition,
  window: windowDefinition,
  suppress: suppressDefinition,
  'join.interval': intervalJoinDefinition,
  'join.window': windowJoinDefinition,
  'join.regular': regularJoinDefinition,
  'join.temporal': temporalJoinDefinition,
  'join.lookup': lookupJoinDefinition,
  'join.stream': streamJoinDefinition,
  'join.table': tableJoinDefinition,
  dedup: dedupDefinition,
  pattern: patternDefinition,
  'top-n': topNDefinition,
  over: overDefinition,
  'flat-map': flatMapDefinition,
  split: splitDefinition,
  aggregate: aggregateDefinition,
  sink: sinkDefinition,
} as const satisfies Record<OperatorKind, unknown>;
