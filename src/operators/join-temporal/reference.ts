import type { Reference, ReferenceRequest } from '../reference.ts';
import type { TemporalJoinBound } from './definition.ts';
import { ArrivalJoin } from './reference-arrival.ts';
import { StoreJoin } from './reference-store.ts';
import { WatermarkJoin } from './reference-watermark.ts';

export function temporalJoinReference(request: ReferenceRequest<TemporalJoinBound>): Reference {
  if (request.bound.asOf === 'arrival') return new ArrivalJoin(request);
  return request.dialect === 'flink-sql' ? new WatermarkJoin(request) : new StoreJoin(request);
}
