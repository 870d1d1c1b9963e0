import type { Kernel, KernelRequest } from '../operator.ts';
import { BufferedJoin } from './buffered-kernel.ts';
import { CachedJoin } from './cached-kernel.ts';
import type { IntervalJoinBound } from './definition.ts';

export function intervalJoinKernel(request: KernelRequest<IntervalJoinBound>): Kernel {
  return request.dialect.joins.interval.machine === 'caches' ? new CachedJoin(request) : new BufferedJoin(request);
}
