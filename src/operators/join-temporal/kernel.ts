import type { Kernel, KernelRequest } from '../operator.ts';
import { ArrivalJoin } from './arrival-kernel.ts';
import type { TemporalJoinBound } from './definition.ts';
import { StoreJoin } from './store-kernel.ts';
import { WatermarkJoin } from './watermark-kernel.ts';

export function temporalJoinKernel(request: KernelRequest<TemporalJoinBound>): Kernel {
  if (request.bound.asOf === 'arrival') return new ArrivalJoin(request);
  return request.dialect.joins.temporal.versions === 'store' ? new StoreJoin(request) : new WatermarkJoin(request);
}
