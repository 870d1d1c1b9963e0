import type { Reference, ReferenceRequest } from '../reference.ts';
import type { WindowBound } from './bound.ts';
import { paneReference } from './reference-panes.ts';
import { rowsReference } from './reference-rows.ts';
import { slidingReference } from './reference-sliding.ts';
import { storeReference } from './reference-stores.ts';
import { tableFunctionReference } from './reference-table-functions.ts';
import { triggerReference } from './reference-triggers.ts';

/** What a window node must do under the rules of its dialect; each engine's are in a file of their own. */
export function windowReference(request: ReferenceRequest<WindowBound>): Reference {
  const { bound, dialect } = request;
  if (bound.result === 'rows') return rowsReference(request);
  switch (dialect) {
    case 'flink-datastream':
      return triggerReference(request);
    case 'flink-sql':
      return bound.engine.api === 'group-window' ? triggerReference(request) : tableFunctionReference(request);
    case 'kafka-streams':
    case 'ksqldb':
      return bound.kind === 'sliding' ? slidingReference(request) : storeReference(request);
    case 'beam':
      return paneReference(request);
  }
}
