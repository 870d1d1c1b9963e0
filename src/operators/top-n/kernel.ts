import type { Kernel, KernelRequest } from '../operator.ts';
import { RankedWindowsKernel } from '../shared/ranking/ranked-windows-kernel.ts';
import { comparing, sortKeyAt } from '../shared/ranking/sort-key.ts';
import type { TopNBound } from './bind-top-n.ts';
import { FirstN } from './first-n-kernel.ts';
import { RunningTopN } from './running-kernel.ts';

/** The kernel for the way in which rows are ranked. */
export function topNKernel(request: KernelRequest<TopNBound>): Kernel {
  const { process, windows, key, order, from, to, hasRank } = request.bound;
  if (process === 'first') return new FirstN(request);
  if (windows === null) return new RunningTopN(request);
  const ranking = { compare: comparing(order), sortColumns: order.length, ofEqual: 'earlier' as const, most: to };
  return new RankedWindowsKernel(
    { windows, key, ranking, from, hasRank, sortKeyOf: (batch, row) => sortKeyAt(order, batch, row) },
    request,
  );
}
