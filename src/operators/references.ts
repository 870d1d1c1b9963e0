import { aggregateReference } from './aggregate/reference.ts';
import { assignTimestampsReference } from './assign-timestamps/reference.ts';
import { dedupReference } from './dedup/reference.ts';
import { patternReference } from './pattern/reference.ts';
import { flatMapReference } from './flat-map/reference.ts';
import { splitReference } from './split/reference.ts';
import { filterReference } from './filter/reference.ts';
import { intervalJoinReference } from './join-interval/reference.ts';
import { windowJoinReference } from './join-window/reference.ts';
import { lookupJoinReference } from './join-lookup/reference.ts';
import { regularJoinReference } from './join-regular/reference.ts';
import { temporalJoinReference } from './join-temporal/reference.ts';
import { mapReference } from './map/reference.ts';
import type { OperatorKind } from './operator.ts';
import type { ReferenceFactory } from './reference.ts';
import { overReference } from './over/reference.ts';
import { sinkReference } from './sink/reference.ts';
import { streamJoinReference } from './join-stream/reference.ts';
import { tableJoinReference } from './join-table/reference.ts';
import { suppressReference } from './suppress/reference.ts';
import { topNReference } from './top-n/reference.ts';
import { unionReference } from './union/reference.ts';
import { windowReference } from './window/reference.ts';

/** Every operator kind's reference; for tests alone. */
export const references: Readonly<Record<OperatorKind, ReferenceFactory<never>>> = {
  'assign-timestamps': assignTimestampsReference,
  filter: filterReference,
  map: mapReference,
  union: unionReference,
  window: windowReference,
  suppress: suppressReference,
  'join.interval': intervalJoinReference,
  'join.window': windowJoinReference,
  'join.regular': regularJoinReference,
  'join.temporal': temporalJoinReference,
  'join.lookup': lookupJoinReference,
  'join.stream': streamJoinReference,
  'join.table': tableJoinReference,
  dedup: dedupReference,
  pattern: patternReference,
  'top-n': topNReference,
  over: overReference,
  'flat-map': flatMapReference,
  split: splitReference,
  aggregate: aggregateReference,
  sink: sinkReference,
};
