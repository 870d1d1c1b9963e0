import { assignTimestampsReference } from './assign-timestamps/reference.ts';
import { filterReference } from './filter/reference.ts';
import { intervalJoinReference } from './join-interval/reference.ts';
import { mapReference } from './map/reference.ts';
import type { OperatorKind } from './operator.ts';
import type { ReferenceFactory } from './reference.ts';
import { sinkReference } from './sink/reference.ts';
import { unionReference } from './union/reference.ts';
import { windowReference } from './window/reference.ts';

/** Every operator kind's reference; for tests alone. */
export const references: Readonly<Record<OperatorKind, ReferenceFactory<never>>> = {
  'assign-timestamps': assignTimestampsReference,
  filter: filterReference,
  map: mapReference,
  union: unionReference,
  window: windowReference,
  'join.interval': intervalJoinReference,
  sink: sinkReference,
};
